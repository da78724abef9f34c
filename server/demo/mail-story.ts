/** What a dealer writes to its clients: templates, and one mailing that is over, with everyone to whom it could not go and why. */
import { createHash } from 'node:crypto'
import type { Random } from './random.ts'
import type { Row } from './rows.ts'

type TemplateSketch = { code: string; kind: 'service' | 'advertising'; channel: 'email' | 'sms'; name: string; subject: string; body: string }

export const templateSketches: readonly TemplateSketch[] = [
  {
    code: 'visit_reminder',
    kind: 'service',
    channel: 'email',
    name: 'Напоминание о визите',
    subject: 'Ждём вас в {company}',
    body: 'Здравствуйте, {name}!\n\nНапоминаем о вашем визите. Адрес: {address}.\nЕсли планы изменились, ответьте на звонок нашего оператора или перезвоните сами.\n\n{company}',
  },
  { code: 'car_ready', kind: 'service', channel: 'sms', name: 'Автомобиль готов', subject: '', body: '{name}, ваш автомобиль готов, можно забирать. {company}, {address}' },
  {
    code: 'winter_service',
    kind: 'advertising',
    channel: 'email',
    name: 'Зимний сервис',
    subject: 'Проверим машину к зиме со скидкой',
    body: 'Здравствуйте, {name}!\n\nДо конца месяца проверяем аккумулятор, тормоза и подвеску со скидкой 15 %. Записаться можно по телефону или на сайте.\n\n{company}, {address}',
  },
  { code: 'test_weekend', kind: 'advertising', channel: 'sms', name: 'Выходные тест-драйвов', subject: '', body: '{name}, в эти выходные прокатим на любой модели. {company}' },
]

const DAY_MS = 86_400_000
const MAILED_DAYS_AGO = 11
const SENT_EVERY_MS = 700

type Mailer = {
  random: Random
  tenantId: string
  /** Who publishes and starts: the marketer, or whoever heads sales. */
  byId: string
  publishedAt: Date
  /** People with what they have said of advertising. */
  people: readonly Row<'persons'>[]
  words: readonly Row<'consentEvents'>[]
  now: Date
}
export type MailRows = { templates: Record<string, unknown>[]; mailings: Record<string, unknown>[]; messages: Record<string, unknown>[] }

/** Rows of `mail_templates`, `mailings` and `outbound_messages`. What became of each message is what each had said by then. */
export function mailStory({ random, tenantId, byId, publishedAt, people, words, now }: Mailer): MailRows {
  const templates = templateSketches.map((sketch) => ({
    tenant_id: tenantId,
    id: random.uuid(publishedAt),
    version: 1,
    ...sketch,
    body_sha256: `\\x${createHash('sha256').update(sketch.body, 'utf8').digest('hex')}`,
    published_by: byId,
    published_at: publishedAt,
  }))
  const template = templates.find(({ code }) => code === 'winter_service')
  const startedAt = new Date(now.getTime() - MAILED_DAYS_AGO * DAY_MS)
  const mailingId = random.uuid(startedAt)
  const messages = people
    .filter(({ createdAt }) => createdAt < startedAt)
    .map(({ id: personId }, place) => {
      const at = new Date(startedAt.getTime() + place * SENT_EVERY_MS)
      return {
        tenant_id: tenantId,
        id: random.uuid(at),
        mailing_id: mailingId,
        template_id: template?.id,
        person_id: personId,
        channel: 'email',
        kind: 'advertising',
        purpose: 'marketing',
        payload: {},
        attempts: 0,
        queued_at: startedAt,
        settled_at: at,
        ...fateOf(words.filter((word) => word.personId === personId && word.at < at)),
      }
    })
  const mailing = {
    tenant_id: tenantId,
    id: mailingId,
    name: 'Зимний сервис',
    template_id: template?.id,
    channel: 'email',
    state: 'done',
    is_gathered: true,
    created_by: byId,
    created_at: new Date(startedAt.getTime() - 3_600_000),
    started_by: byId,
    started_at: startedAt,
    finished_at: messages.at(-1)?.settled_at ?? startedAt,
    version: 3,
  }
  return { templates, mailings: [mailing], messages }
}

/** The last word of each kind counts, as at the door of every message (server/consent). */
function fateOf(words: readonly Row<'consentEvents'>[]): { state: string; because: string; consent_event_id: string | null } {
  const last = (kind: string) => words.filter((word) => word.kind === kind).toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]
  const [data, channel] = [last('advertising_data'), last('advertising_email')]
  if (channel?.state === 'withdrawn' || channel?.state === 'refused') return { state: 'refused', because: 'objection', consent_event_id: channel.id }
  if (data?.state !== 'given') return { state: 'refused', because: `data_consent_${data?.state ?? 'absent'}`, consent_event_id: data?.id ?? null }
  if (channel?.state !== 'given') return { state: 'refused', because: `channel_consent_${channel?.state ?? 'absent'}`, consent_event_id: channel?.id ?? null }
  return { state: 'sent', because: 'consents', consent_event_id: channel.id }
}
