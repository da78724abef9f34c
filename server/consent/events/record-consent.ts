import { consents, type Channel, type ConsentKind } from '../../../contract/consent/consent.ts'
import { handle, Refusal, type Ctx } from '../../kernel/index.ts'
import { visiblePerson } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { liftObjections, objectOn } from '../contacting/objections.ts'

type Word = { personId: string; kind: ConsentKind; state: 'given' | 'refused' | 'withdrawn'; how: 'site' | 'portal' | 'staff_call' | 'staff_paper' | 'unsubscribe_link' | 'import' }
const DAY_MS = 86_400_000

const newest = statement<{ id: string; version: number; validDays: number }>(
  'consent_text_newest',
  `
  select id, version, valid_days "validDays" from consent_texts where tenant_id = $1 and kind = $2 order by version desc limit 1`,
)
const add = statement(
  'consent_event_add',
  `
  insert into consent_events (tenant_id, id, person_id, text_id, kind, state, how, by_id, at, valid_until) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
)

const channelOf: Partial<Record<ConsentKind, Channel>> = { advertising_email: 'email', advertising_sms: 'sms', advertising_call: 'call' }
const said = { given: 'consent.given', refused: 'consent.refused', withdrawn: 'consent.withdrawn' } as const

/**
 * Adds what a person said, under the newest text of its kind. A "no" to advertising on a channel is also kept as an objection by keyed hash, so
 * that it outlives the person; only their own new consent lifts it (152-ФЗ art. 9 ч.2, 15 ч.2; 38-ФЗ art. 18 ч.1).
 */
export async function addConsent(ctx: Ctx, word: Word): Promise<string> {
  const [text] = await ctx.run(newest, [word.kind])
  if (!text) throw new Refusal('no_text', { details: { kind: word.kind } })
  const eventId = ctx.newId()
  const validUntil = word.state === 'given' ? new Date(ctx.now().getTime() + text.validDays * DAY_MS) : null
  await ctx.run(add, [eventId, word.personId, text.id, word.kind, word.state, word.how, ctx.actor.kind === 'staff' ? ctx.me : null, ctx.now(), validUntil])
  ctx.audit(said[word.state], { persons: [word.personId], object: { kind: 'consent_event', id: eventId }, details: { kind: word.kind, textVersion: text.version, how: word.how } })
  const channels = word.kind === 'advertising_data' ? (['email', 'sms', 'call'] as const) : channelOf[word.kind] ? [channelOf[word.kind] as Channel] : []
  if (word.state !== 'given') await objectOn(ctx, { personId: word.personId, channels, how: word.how })
  else if (word.kind !== 'advertising_data') await liftObjections(ctx, { personId: word.personId, channels })
  return eventId
}

export const recordConsent = handle(consents.record, async (ctx, { personId, kind, state, how }) => {
  const person = await visiblePerson(ctx, personId)
  const eventId = await addConsent(ctx, { personId, kind, state, how })
  ctx.live({ kind: 'person', id: personId, outletId: person.outletId, responsibleId: person.responsibleId })
  return { eventId }
})
