import type { PersonalData } from '../../contract/personal-data.ts'

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
  },
  {
    table: 'network_shares',
    purposes: ['request_handling'],
    what: {
      ru: 'в какой сети и на каком основании лежат хэши, чтобы сказать об этом и забрать их',
      en: 'in which network hashes lie and on which basis, so that it can be told and they can be taken away',
    },
    atTheEnd: 'kept',
  },
]
