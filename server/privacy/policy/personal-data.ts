import type { PersonalData } from '../../../contract/personal-data.ts'

export const policyPersonalData: readonly PersonalData[] = [
  {
    table: 'policy_marks',
    purposes: ['rights'],
    what: { ru: 'с какой редакцией политики человек ознакомлен и когда', en: 'which version of the policy the person has seen, and when' },
    atTheEnd: 'deleted',
    read: {
      sql: `select m.id, m.at, v.version, v.published_at published from policy_marks m join policy_versions v on v.tenant_id = $1 and v.id = m.policy_id
        where m.tenant_id = $1 and m.person_id = $2 order by m.at desc, m.id desc limit 1000`,
      columns: { at: { ru: 'Когда', en: 'When' }, version: { ru: 'Редакция', en: 'Version' }, published: { ru: 'Опубликована', en: 'Published' } },
    },
  },
]
