import { inBoth, type PersonalData } from '../../contract/personal-data.ts'
import { people as en } from '../../i18n/en/people.ts'
import { people as ru } from '../../i18n/ru/people.ts'

const [at, basis] = [
  { ru: 'Когда', en: 'When' },
  { ru: 'Основание', en: 'Basis' },
]
const words = { basis: inBoth(ru.bases, en.bases) }

export const dnmPersonalData: readonly PersonalData[] = [
  {
    table: 'network_tokens',
    purposes: ['request_handling'],
    what: { ru: 'ключевые хэши телефона и почты, до 90 дней', en: 'keyed hashes of phone and e-mail, ninety days at most' },
    atTheEnd: 'deleted',
  },
  {
    table: 'network_transfers',
    purposes: ['request_handling', 'rights'],
    what: { ru: 'кому, когда и на каком основании передан человек', en: 'to whom, when and on which basis a person was handed over' },
    atTheEnd: 'kept',
    read: {
      sql: `select n.id, n.at, d.name "to", n.basis, n.done_at done from network_transfers n join network_dealers d on d.tenant_id = $1 and d.id = n.dealer_id
        where n.tenant_id = $1 and n.person_id = $2 order by n.at desc, n.id desc limit 1000`,
      columns: { at, to: { ru: 'Кому', en: 'To' }, basis, done: { ru: 'Принято', en: 'Taken over' } },
      words,
    },
  },
  {
    table: 'network_shares',
    purposes: ['request_handling'],
    what: {
      ru: 'в какой сети и на каком основании лежат хэши, чтобы сказать об этом и забрать их',
      en: 'in which network hashes lie and on which basis, so that it can be told and they can be taken away',
    },
    atTheEnd: 'kept',
    read: {
      sql: `select n.lead_id id, n.at, l.number request, n.basis from network_shares n left join leads l on l.tenant_id = $1 and l.id = n.lead_id
        where n.tenant_id = $1 and n.person_id = $2 order by n.at desc, n.lead_id limit 1000`,
      columns: { at, request: { ru: 'По обращению №', en: 'Of request No.' }, basis },
      words,
    },
  },
]
