import type { PersonalData } from '../../../contract/personal-data.ts'

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
