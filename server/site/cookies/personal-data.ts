import type { HashedData } from '../../../contract/personal-data.ts'

export const cookiesByHash: readonly HashedData[] = [
  {
    table: 'cookie_choices',
    purposes: ['rights'],
    what: {
      ru: 'выбор посетителя о cookies под случайным номером его браузера; адрес и браузер зашифрованы',
      en: 'a visitor’s choice about cookies under a random number of their browser; address and browser are sealed',
    },
    until: { ru: '12 месяцев', en: 'twelve months' },
  },
]
