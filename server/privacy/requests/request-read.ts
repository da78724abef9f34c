import { inBoth, type PersonRead } from '../../../contract/personal-data.ts'
import { requests as en } from '../../../i18n/en/requests.ts'
import { requests as ru } from '../../../i18n/ru/requests.ts'

/** How the answer to the person reads their requests; the corrections they proposed are a line of their own. */
export const requestRead: PersonRead = {
  sql: `select r.id, r.number, r.received_at at, r.kind, r.channel, r.state from subject_requests r where r.tenant_id = $1 and r.person_id = $2
    union all select r.draft_id, r.number, r.received_at, r.kind, r.channel, r.state from subject_requests r where r.tenant_id = $1 and r.person_id = $2 and r.draft_id is not null
    order by 2 desc limit 1000`,
  columns: {
    number: { ru: '№', en: 'No.' },
    at: { ru: 'Когда', en: 'When' },
    kind: { ru: 'О чём', en: 'About' },
    channel: { ru: 'Как получен', en: 'How it came' },
    state: { ru: 'Состояние', en: 'State' },
    text: { ru: 'Слова', en: 'Words' },
  },
  words: { kind: inBoth(ru.kinds, en.kinds), channel: inBoth(ru.channels, en.channels), state: inBoth(ru.states, en.states) },
  texts: 'person',
}
