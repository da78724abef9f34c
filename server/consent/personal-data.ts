import { inBoth, type HashedData, type PersonalData } from '../../contract/personal-data.ts'
import { consent as en } from '../../i18n/en/consent.ts'
import { consent as ru } from '../../i18n/ru/consent.ts'

export const consentPersonalData: readonly PersonalData[] = [
  {
    table: 'consent_events',
    purposes: ['rights', 'marketing'],
    what: { ru: 'согласия, отказы и отзывы: что, когда, каким способом, под каким текстом', en: 'consents, refusals and withdrawals: what, when, how, under which text' },
    atTheEnd: 'deleted',
    read: {
      sql: `select e.id, e.at, e.kind, e.state, e.how, t.version, encode(t.body_sha256, 'hex') hash, e.valid_until until from consent_events e
        left join consent_texts t on t.tenant_id = $1 and t.id = e.text_id where e.tenant_id = $1 and e.person_id = $2 order by e.at desc, e.id desc limit 1000`,
      columns: {
        at: { ru: 'Когда', en: 'When' },
        kind: { ru: 'О чём', en: 'About' },
        state: { ru: 'Что сказано', en: 'What was said' },
        how: { ru: 'Каким способом', en: 'How' },
        version: { ru: 'Редакция текста', en: 'Version of the text' },
        hash: { ru: 'SHA-256 текста', en: 'SHA-256 of the text' },
        until: { ru: 'Действует до', en: 'Valid until' },
        text: { ru: 'Обстоятельства', en: 'Circumstances' },
      },
      words: { kind: inBoth(ru.kinds, en.kinds), state: inBoth(ru.states, en.states), how: inBoth(ru.hows, en.hows) },
      texts: 'person',
    },
  },
]

export const consentByHash: readonly HashedData[] = [
  {
    table: 'objections',
    purposes: ['marketing', 'rights'],
    what: {
      ru: 'ключевые хэши телефонов и адресов, по которым просили не обращаться с рекламой',
      en: 'keyed hashes of phones and addresses that asked not to be reached with advertising',
    },
    until: {
      ru: 'пока тот же адрес не согласится снова; переживает уничтожение, иначе его нечем исполнить',
      en: 'until the same address consents again; it outlives destruction, for nothing else could keep the word',
    },
  },
]
