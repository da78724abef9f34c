import { inBoth, type PersonalData } from '../../contract/personal-data.ts'
import { consent as consentEn } from '../../i18n/en/consent.ts'
import { mailing as en } from '../../i18n/en/mailing.ts'
import { consent as consentRu } from '../../i18n/ru/consent.ts'
import { mailing as ru } from '../../i18n/ru/mailing.ts'

export const mailingPersonalData: readonly PersonalData[] = [
  {
    table: 'outbound_messages',
    purposes: ['marketing', 'request_handling', 'rights'],
    what: {
      ru: 'что человеку писали: когда, каким способом, на каком согласии и чем кончилось; без адреса и текста',
      en: 'what a person was written: when, how, on which consent and with what result; neither address nor text',
    },
    atTheEnd: 'unlinked',
    emptied: `update outbound_messages set state = 'cancelled', because = 'destroyed', address_token = null, settled_at = $3
      where tenant_id = $1 and person_id = any ($2::uuid[]) and state in ('queued', 'sending')`,
    read: {
      sql: `select m.id, m.queued_at at, m.channel, m.kind, m.state, m.settled_at settled, c.at consent from outbound_messages m
        left join consent_events c on c.tenant_id = $1 and c.id = m.consent_event_id where m.tenant_id = $1 and m.person_id = $2 order by m.queued_at desc, m.id desc limit 1000`,
      columns: {
        at: { ru: 'Когда', en: 'When' },
        channel: { ru: 'Каким способом', en: 'How' },
        kind: { ru: 'О чём', en: 'About' },
        state: { ru: 'Что стало', en: 'What came of it' },
        settled: { ru: 'Когда решилось', en: 'Settled' },
        consent: { ru: 'На согласии от', en: 'On the consent of' },
      },
      words: { channel: inBoth(ru.channels, en.channels), kind: inBoth(consentRu.messageKinds, consentEn.messageKinds), state: inBoth(ru.messageStates, en.messageStates) },
    },
  },
]
