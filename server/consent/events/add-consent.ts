import { channels, consentOfChannel, type Channel, type ConsentHow, type ConsentKind } from '../../../contract/consent/consent.ts'
import type { Ctx } from '../../kernel/index.ts'
import { addFacts } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { liftObjections, objectOn, type TypedAddresses } from '../contacting/objections.ts'
import { endGroundsOn, holdForAdvertising } from './grounds-on-consent.ts'
import { textOf } from './text-of.ts'

/** What a browser tells of whoever used it: personal data, so it is sealed as a fact of the event and lies nowhere else. */
export type Evidence = { address: string; agent: string }
export type Word = {
  personId: string
  kind: ConsentKind
  state: 'given' | 'refused' | 'withdrawn'
  how: ConsentHow
  /** The text that was shown; see `textOf` for what counts when it is left out. */
  textId?: string | undefined
  /** Field of the form that names the text. */
  textAt?: string
  /** Page or door of ours: `[a-z0-9:/_.-]`, at most 200 signs. */
  place?: string
  evidence?: Evidence
  /** Addresses that were given at this door; the person's own when left out. */
  typed?: TypedAddresses | undefined
  /** When it was said, where that was before it is written down: the person's own word, whoever writes. Only for a "yes"; a "no" counts from now. */
  saidAt?: Date | undefined
}
/** `eventId`: chosen beforehand. `isHeld`: the act's own ground names the event already. */
type Made = { eventId?: string; isHeld?: boolean }
const DAY_MS = 86_400_000

const add = statement(
  'consent_event_add',
  `
  insert into consent_events (tenant_id, id, person_id, text_id, kind, state, how, by_id, at, valid_until, place) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
)

// A "no" waits for every "yes" of this person that is being written down, so that it finds the ground to end; one that comes later finds the "no".
const turn = statement('consent_turn', `select id from persons where tenant_id = $1 and id = $2 for update`)

const channelOf = (kind: ConsentKind): Channel | undefined => channels.find((channel) => consentOfChannel[channel] === kind)
const said = { given: 'consent.given', refused: 'consent.refused', withdrawn: 'consent.withdrawn' } as const

/**
 * Adds what a person said, under the text they were shown. A "no" ends the grounds that rest on the "yes" before it; to advertising it is also kept
 * as an objection by keyed hash, so that it outlives the person, and only their own later consent lifts it (152-ФЗ art. 9 ч.2, 15 ч.2; 38-ФЗ art. 18 ч.1).
 * A box that was not ticked is no word: callers never bring one. Returns the event's id.
 */
export async function addConsent(ctx: Ctx, word: Word, made: Made = {}): Promise<string> {
  const { personId, kind, state, how } = word
  if (state !== 'given') await ctx.run(turn, [personId])
  const text = await textOf(ctx, { personId, kind, state, textId: word.textId, at: word.textAt })
  const eventId = made.eventId ?? ctx.newId()
  const at = (state === 'given' ? word.saidAt : undefined) ?? ctx.now()
  const validUntil = state === 'given' && text ? new Date(at.getTime() + text.validDays * DAY_MS) : null
  const byId = ctx.actor.kind === 'staff' && !word.saidAt ? ctx.me : null
  await ctx.run(add, [eventId, personId, text?.id ?? null, kind, state, how, byId, at, validUntil, word.place ?? null])
  if (word.evidence) await sealEvidence(ctx, personId, [eventId], word.evidence, at)
  ctx.audit(said[state], {
    persons: [personId],
    object: { kind: 'consent_event', id: eventId },
    details: { kind, textVersion: text?.version ?? null, how, ...(word.place ? { place: word.place } : {}), ...(word.saidAt ? { saidAt: at.toISOString() } : {}) },
  })
  if (state === 'given') await takeYes(ctx, { personId, kind, how, eventId, at, validUntil, isHeld: made.isHeld ?? false, typed: word.typed })
  else await takeNo(ctx, { personId, kind, how })
  return eventId
}

/** JSON, so that the answer to the person can say what was kept of the moment. Of several words said at once it is sealed in one go, a fact for each event. */
export async function sealEvidence(ctx: Ctx, personId: string, eventIds: readonly string[], evidence: Evidence, at: Date): Promise<void> {
  const text = JSON.stringify({ kind: 'consent_evidence', address: evidence.address, agent: evidence.agent, at: at.toISOString() })
  const items = eventIds.map((recordId) => ({ personId, class: 'communication' as const, recordId, version: 1, facts: { text } }))
  await addFacts(ctx, personId, await ctx.vault.seal(ctx.asker, ctx.tenantId, items))
}

/** A "no" is lifted only by whoever has proved to be the person: on a site anybody may write down anybody's phone (38-ФЗ art. 18 ч.1, ФАС on forms that do not tell who filled them in). */
const proves: ReadonlySet<ConsentHow> = new Set<ConsentHow>(['portal', 'staff_call', 'staff_paper'])

type Yes = { personId: string; kind: ConsentKind; how: ConsentHow; eventId: string; at: Date; validUntil: Date | null; isHeld: boolean; typed: TypedAddresses | undefined }
async function takeYes(ctx: Ctx, { personId, kind, how, eventId, at, validUntil, isHeld, typed }: Yes): Promise<void> {
  const channel = channelOf(kind)
  if (channel && proves.has(how)) await liftObjections(ctx, { personId, channels: [channel], typed })
  if (kind === 'advertising_data' && validUntil && validUntil > ctx.now() && !isHeld)
    await holdForAdvertising(ctx, { personId, consentEventId: eventId, saidAt: at, until: validUntil })
}

/** Whoever does not want to be held for advertising wants none on any channel. */
async function takeNo(ctx: Ctx, { personId, kind, how }: { personId: string; kind: ConsentKind; how: ConsentHow }): Promise<void> {
  await endGroundsOn(ctx, { personIds: [personId], kind, why: 'consent_withdrawn' })
  const channel = channelOf(kind)
  await objectOn(ctx, { personId, channels: kind === 'advertising_data' ? channels : channel ? [channel] : [], how })
}
