import type { ConsentHow, ConsentKind } from '../../../contract/consent/consent.ts'
import type { Ctx } from '../../kernel/index.ts'
import type { TypedAddresses } from '../contacting/objections.ts'
import { addConsent, sealEvidence, type Evidence } from './add-consent.ts'

/** One box that was ticked, or one "no" that was said. What was left unticked is not among them. `eventId`: chosen by an act whose ground names the event already. */
export type DoorWord = { kind: ConsentKind; state: 'given' | 'refused' | 'withdrawn'; textId?: string | undefined; eventId?: string }
export type AtDoor = {
  personId: string
  words: readonly DoorWord[]
  how: Extract<ConsentHow, 'site' | 'portal' | 'unsubscribe_link'>
  /** The page: `site:zvezda/models/aurora`. */
  place: string
  evidence: Evidence
  /** Addresses typed at this door; see `liftObjections`. */
  typed?: TypedAddresses
  /** When they said it, where a human had to look first: a "yes" of theirs from then on, and every "no" since then stands above it. */
  saidAt?: Date
}

/**
 * What a person themself said at a door of ours (a form of the site, their own page, a link in a letter), with the evidence sealed. The processing
 * comes before its channels, so that a ground is there when they are. Returns the event of each kind.
 */
export async function recordAtDoor(ctx: Ctx, { personId, words, how, place, evidence, typed, saidAt }: AtDoor): Promise<Partial<Record<ConsentKind, string>>> {
  const events: Partial<Record<ConsentKind, string>> = {}
  const eventIds: string[] = []
  for (const [at, { kind, state, textId, eventId: chosen }] of words.entries()) {
    const word = { personId, kind, state, how, textId, textAt: `words.${at}.textId`, place: placeOf(place), typed, saidAt }
    const eventId = await addConsent(ctx, word, chosen ? { eventId: chosen, isHeld: true } : {})
    events[kind] = eventId
    eventIds.push(eventId)
  }
  if (eventIds.length > 0) await sealEvidence(ctx, personId, eventIds, evidence, saidAt ?? ctx.now())
  return events
}

/** The evidence that the caller's own request carries. */
export const evidenceOf = ({ caller }: Pick<Ctx, 'caller'>): Evidence => ({ address: caller.addressKey, agent: caller.agent ?? '' })

/** A path of ours in the signs that the table allows; nothing that was typed. */
const placeOf = (place: string): string =>
  place
    .toLowerCase()
    .replace(/[^a-z0-9:/_.-]/g, '-')
    .slice(0, 200) || 'door'
