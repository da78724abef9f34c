import type { HashedData, PersonalData } from '../../../contract/personal-data.ts'

export const portalPersonalData: readonly PersonalData[] = [
  {
    table: 'portal_session_persons',
    purposes: ['rights'],
    what: { ru: 'кто сейчас открыл свою страницу', en: 'who has their own page open' },
    atTheEnd: 'deleted',
  },
  {
    table: 'portal_links',
    purposes: ['rights'],
    what: { ru: 'отпечатки одноразовых ссылок на свою страницу', en: 'hashes of single-use links to one’s own page' },
    atTheEnd: 'deleted',
  },
]

export const portalByHash: readonly HashedData[] = [
  {
    table: 'portal_challenges',
    purposes: ['rights'],
    what: {
      ru: 'кто просит код: отпечаток адреса, сам адрес зашифрован, хэш кода',
      en: 'who asks for a code: fingerprint of the address, the address itself sealed, hash of the code',
    },
    until: { ru: 'до ночи, не дольше суток с часом', en: 'until the night, a day and an hour at most' },
  },
  {
    table: 'portal_sessions',
    purposes: ['rights'],
    what: {
      ru: 'чья страница открыта: хэш ключа в браузере и номера актов, если данные тем временем уничтожены; о самом человеке ничего',
      en: 'whose page is open: hash of the key in the browser and ids of acts, if the data were destroyed meanwhile; nothing of the person',
    },
    until: { ru: 'два часа, строка до следующей ночи через сутки', en: 'two hours, the row until the night after a day' },
  },
]
