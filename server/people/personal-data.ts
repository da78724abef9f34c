import type { PersonalData } from '../../contract/personal-data.ts'

export const peoplePersonalData: readonly PersonalData[] = [
  {
    table: 'facts',
    purposes: ['request_handling', 'sale', 'service', 'marketing', 'employment'],
    what: {
      ru: 'имя, телефоны, почта, дата рождения, адрес, автомобиль (и как их написали), содержание обращений: зашифрованы',
      en: 'name, phones, e-mail, birth date, address, car (and as they were written), what was said: sealed',
    },
    atTheEnd: 'deleted',
  },
  { table: 'search_tokens', purposes: ['request_handling', 'sale', 'service'], what: { ru: 'ключевые отпечатки для поиска', en: 'keyed hashes for search' }, atTheEnd: 'deleted' },
  {
    table: 'grounds',
    purposes: ['rights'],
    what: { ru: 'на каком основании и до какого дня хранятся данные', en: 'on which ground and until when the data is held' },
    atTheEnd: 'deleted',
  },
  {
    table: 'disclosures',
    purposes: ['rights'],
    what: { ru: 'кому, когда и на каком основании переданы данные', en: 'who received the data, when and on which basis' },
    atTheEnd: 'deleted',
  },
]
