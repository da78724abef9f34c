import type { PersonalData } from '../../../contract/personal-data.ts'

export const policyPersonalData: readonly PersonalData[] = [
  {
    table: 'policy_marks',
    purposes: ['rights'],
    what: { ru: 'с какой редакцией политики человек ознакомлен и когда', en: 'which version of the policy the person has seen, and when' },
    atTheEnd: 'deleted',
  },
]
