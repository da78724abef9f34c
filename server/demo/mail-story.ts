/** What a company writes to its clients: templates, and one mailing that is over, with everyone to whom it could not go and why. */
import { createHash } from 'node:crypto'
import type { MailPlan } from './mail-plans.ts'
import type { Random } from './random.ts'
import type { Row } from './rows.ts'

const DAY_MS = 86_400_000
const SENT_EVERY_MS = 700
const MORNING_MS = 11 * 3_600_000

/** People with what they have said of advertising, and who of them has an e-mail address at all. */
export type Listeners = {
  people: readonly Pick<Row<'persons'>, 'id' | 'createdAt'>[]
  words: readonly Row<'consentEvents'>[]
  reachable: ReadonlySet<string>
}
type Mailer = Listeners & {
  random: Random
  tenantId: string
  /** Who publishes and starts: the marketer, or whoever heads sales. */
  byId: string
  publishedAt: Date
  plan: MailPlan
  /** Of the company's office from UTC: a mailing begins in the morning there. */
  offsetMinutes: number
  now: Date
}
export type MailRows = { templates: Record<string, unknown>[]; mailings: Record<string, unknown>[]; messages: Record<string, unknown>[] }

/** Rows of `mail_templates`, `mailings` and `outbound_messages`. What became of each message is what each had said by then. */
export function mailStory({ random, tenantId, byId, publishedAt, people, words, reachable, plan, offsetMinutes, now }: Mailer): MailRows {
  const templates = plan.templates.map((sketch) => ({
    tenant_id: tenantId,
    id: random.uuid(publishedAt),
    version: 1,
    ...sketch,
    body_sha256: `\\x${createHash('sha256').update(sketch.body, 'utf8').digest('hex')}`,
    published_by: byId,
    published_at: publishedAt,
  }))
  const template = templates.find(({ code }) => code === plan.mailed.code)
  const startedAt = morningOf(now.getTime() - plan.mailed.daysAgo * DAY_MS, offsetMinutes)
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
        ...(reachable.has(personId) ? fateOf(words.filter((word) => word.personId === personId && word.at < at)) : unreachable),
      }
    })
  const mailing = {
    tenant_id: tenantId,
    id: mailingId,
    name: plan.mailed.name,
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

/** Eleven o'clock of that day on the office's wall. */
function morningOf(at: number, offsetMinutes: number): Date {
  const wall = at + offsetMinutes * 60_000
  return new Date(wall - (wall % DAY_MS) + MORNING_MS - offsetMinutes * 60_000)
}

const unreachable = { state: 'refused', because: 'no_address', consent_event_id: null }

/** The last word of each kind counts, as at the door of every message (server/consent). */
function fateOf(words: readonly Row<'consentEvents'>[]): { state: string; because: string; consent_event_id: string | null } {
  const last = (kind: string) => words.filter((word) => word.kind === kind).toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]
  const [data, channel] = [last('advertising_data'), last('advertising_email')]
  if (channel?.state === 'withdrawn' || channel?.state === 'refused') return { state: 'refused', because: 'objection', consent_event_id: channel.id }
  if (data?.state !== 'given') return { state: 'refused', because: `data_consent_${data?.state ?? 'absent'}`, consent_event_id: data?.id ?? null }
  if (channel?.state !== 'given') return { state: 'refused', because: `channel_consent_${channel?.state ?? 'absent'}`, consent_event_id: channel?.id ?? null }
  return { state: 'sent', because: 'consents', consent_event_id: channel.id }
}
