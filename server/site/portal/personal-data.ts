import type { HashedData, PersonalData } from '../../../contract/personal-data.ts'

export const portalPersonalData: readonly PersonalData[] = [
  {
    table: 'portal_session_persons',
    purposes: ['rights'],
    what: { ru: 'кто сейчас открыл свою страницу', en: 'who has their own page open' },
    atTheEnd: 'deleted',
  },
  {
    table: 'portal_sessions',
    purposes: ['rights'],
    what: { ru: 'номера людей, чья страница открыта: не дольше суток', en: 'ids of people whose page is open: a day at most' },
    atTheEnd: 'kept',
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
]
