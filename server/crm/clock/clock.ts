/**
 * The two clocks of a lead, as a pure function of what happened and the outlet's hours. Nothing is stored, so nothing can drift:
 * a lead received on a day off, at night or in another zone is counted from the next opening.
 */
import type { z } from 'zod'
import type { Clock as ToldClock, LeadClockState } from '../../../contract/crm/lead.ts'
import type { OutletHours } from './working-hours.ts'
import { addWorkingMinutes, openingFrom, openSpans, workingMinutesBetween } from './working-hours.ts'

/** Days shown in an explanation. */
const SPANS_SHOWN = 31
/** A clock that is over within so many working minutes burns. */
export const SOON_MINUTES = 15

/**
 * `takenAt`: a person took the lead. `firstContactAt`: the first genuine contact by a person; automatic answers are never given here.
 * Minutes of the policy are working minutes.
 */
export type LeadClockInput = {
  receivedAt: Date
  takenAt: Date | null
  firstContactAt: Date | null
  closedAt: Date | null
  policy: { takeMinutes: number; firstContactMinutes: number }
  hours: OutletHours
  now: Date
}

export type ClockState = 'running' | 'done' | 'done_late' | 'overdue'
/** `spentMinutes` and `leftMinutes` are working minutes; `leftMinutes` is negative after the due time. `stoppedBy` is null while it goes. */
export type Clock = {
  dueAt: Date
  state: ClockState
  limitMinutes: number
  spentMinutes: number
  leftMinutes: number
  stoppedAt: Date | null
  stoppedBy: 'taken' | 'contact' | 'closed' | null
}

/** One line of the explanation, in order of time; the screen has the words. `counted` is a stretch of one day during which the clocks went. */
export type ClockPart =
  | { code: 'received' | 'opened' | 'taken' | 'contact' | 'closed' | 'take_due' | 'contact_due' | 'now'; at: Date }
  | { code: 'counted'; at: Date; until: Date; date: string; minutes: number }

export type LeadClock = { take: Clock; firstContact: Clock }

type Stop = { at: Date; by: 'taken' | 'contact' | 'closed' }

/**
 * Both clocks of a lead. Contact also counts as taking; closing stops what still goes. A clock is late when it stopped after its due time.
 * Throws InvalidHours, NeverOpen, UnknownTimeZone; RangeError for a negative policy.
 */
export function leadClock(input: LeadClockInput): LeadClock {
  const contact: Stop | null = input.firstContactAt && { at: input.firstContactAt, by: 'contact' }
  const closed: Stop | null = input.closedAt && { at: input.closedAt, by: 'closed' }
  const taken: Stop | null = input.takenAt && { at: input.takenAt, by: 'taken' }
  const take = clockOf(input, input.policy.takeMinutes, earliest([taken, contact, closed]))
  const firstContact = clockOf(input, input.policy.firstContactMinutes, earliest([contact, closed]))
  return { take, firstContact }
}

function earliest(stops: (Stop | null)[]): Stop | null {
  return stops.reduce((first, stop) => (stop && (!first || stop.at < first.at) ? stop : first), null)
}

function clockOf({ receivedAt, hours, now }: LeadClockInput, limitMinutes: number, stop: Stop | null): Clock {
  const dueAt = addWorkingMinutes(hours, receivedAt, limitMinutes)
  const spentMinutes = workingMinutesBetween(hours, receivedAt, stop?.at ?? now)
  const isLate = (stop?.at ?? now) > dueAt
  const state = stop ? (isLate ? 'done_late' : 'done') : isLate ? 'overdue' : 'running'
  return { dueAt, state, limitMinutes, spentMinutes, leftMinutes: limitMinutes - spentMinutes, stoppedAt: stop?.at ?? null, stoppedBy: stop?.by ?? null }
}

/** How both clocks were counted: for the one lead that somebody looks at. Throws as leadClock. */
export function explainClock(input: LeadClockInput): ClockPart[] {
  const { take, firstContact } = leadClock(input)
  const { receivedAt, takenAt, firstContactAt, closedAt, hours, now } = input
  const until = firstContact.stoppedAt ?? now
  const openAt = openingFrom(hours, receivedAt)
  const parts: ClockPart[] = [{ code: 'received', at: receivedAt }]
  if (openAt > receivedAt) parts.push({ code: 'opened', at: openAt })
  for (const span of openSpans(hours, receivedAt, until, SPANS_SHOWN)) {
    parts.push({ code: 'counted', at: span.openAt, until: span.closeAt, date: span.date, minutes: (span.closeAt.getTime() - span.openAt.getTime()) / 60_000 })
  }
  if (takenAt) parts.push({ code: 'taken', at: takenAt })
  if (firstContactAt) parts.push({ code: 'contact', at: firstContactAt })
  if (closedAt) parts.push({ code: 'closed', at: closedAt })
  parts.push({ code: 'take_due', at: take.dueAt }, { code: 'contact_due', at: firstContact.dueAt })
  if (!firstContact.stoppedAt) parts.push({ code: 'now', at: now })
  return parts.sort((a, b) => a.at.getTime() - b.at.getTime())
}

export type DecidedClock = Exclude<LeadClockState, 'overdue' | 'soon'>
/** Whether a person stopped it: a lead that was closed unanswered was not answered fast. */
export const isTimed = ({ stoppedBy }: Clock): boolean => stoppedBy === 'taken' || stoppedBy === 'contact'

/** Does one decided clock stand so? Late is late, whether it is done meanwhile or not. */
export function clockFits({ take, firstContact }: LeadClock, wanted: DecidedClock): boolean {
  const clock = wanted.startsWith('take') ? take : firstContact
  if (wanted.endsWith('timed')) return isTimed(clock)
  return wanted.endsWith('in_time') ? clock.state === 'done' : clock.state === 'done_late' || clock.state === 'overdue'
}

/** A clock as it is told. */
export const toClock = ({ dueAt, state, limitMinutes, spentMinutes, leftMinutes }: Clock): z.input<typeof ToldClock> => ({
  dueAt: dueAt.toISOString(),
  state,
  limitMinutes,
  spentMinutes: Math.round(spentMinutes),
  leftMinutes: Math.round(leftMinutes),
})
