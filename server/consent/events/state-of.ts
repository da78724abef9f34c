import type { ConsentKind } from '../../../contract/consent/consent.ts'

export type Said = { id: string; kind: ConsentKind; state: 'given' | 'refused' | 'withdrawn' | 'expired'; at: Date; validUntil: Date | null; textVersion: number | null }
export type Now = {
  kind: ConsentKind
  state: 'absent' | 'given' | 'refused' | 'withdrawn' | 'expired'
  eventId: string | null
  at: Date | null
  validUntil: Date | null
  textVersion: number | null
}

/**
 * What a person's events of one kind amount to now: a pure fold. The last word counts; of two words in one instant the "no" does; a consent
 * past its term is expired whether or not the clock has written that down. No event: absent, which is neither yes nor no.
 */
export function stateOf(kind: ConsentKind, events: readonly Said[], now: Date): Now {
  const last = events.filter((event) => event.kind === kind && event.at <= now).reduce<Said | null>((held, event) => (held === null || isLater(event, held) ? event : held), null)
  if (!last) return { kind, state: 'absent', eventId: null, at: null, validUntil: null, textVersion: null }
  const isOver = last.state === 'given' && last.validUntil !== null && last.validUntil <= now
  return { kind, state: isOver ? 'expired' : last.state, eventId: last.id, at: last.at, validUntil: last.validUntil, textVersion: last.textVersion }
}

function isLater(event: Said, held: Said): boolean {
  if (event.at.getTime() !== held.at.getTime()) return event.at > held.at
  if ((event.state === 'given') !== (held.state === 'given')) return event.state !== 'given'
  return event.id > held.id
}
