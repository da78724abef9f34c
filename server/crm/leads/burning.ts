import { clockFits, SOON_MINUTES, type DecidedClock } from '../clock/clock.ts'
import { addWorkingMinutes, workingMinutesBetween } from '../clock/working-hours.ts'
import { clockOf, hoursOf, policyOf, type Clocked, type ClockRules } from './lead-row.ts'

/** Open leads that nobody has answered yet: they alone can burn. One that was handed on to a dealer of the network burns there. */
export const unanswered = `l.status in ('new', 'in_work') and l.first_contact_at is null and not l.handed_on`

/** When the running clock of an unanswered lead is over: first the take, then the contact. The due times are those of `leadClock`. */
export function dueAtOf(row: Clocked, rules: ClockRules): Date {
  const { takeMinutes, firstContactMinutes } = policyOf(rules, row)
  return addWorkingMinutes(hoursOf(rules, row.outletId), row.receivedAt, row.takenAt ? firstContactMinutes : Math.min(takeMinutes, firstContactMinutes))
}

/** How an unanswered lead stands; null: there is time. At night nothing comes nearer. */
export function heatOf(row: Clocked, rules: ClockRules, now: Date): { heat: 'overdue' | 'soon' | null; dueAt: Date } {
  const dueAt = dueAtOf(row, rules)
  if (dueAt < now) return { heat: 'overdue', dueAt }
  return { heat: workingMinutesBetween(hoursOf(rules, row.outletId), now, dueAt) <= SOON_MINUTES ? 'soon' : null, dueAt }
}

export const isContactOverdue = (row: Clocked, rules: ClockRules, now: Date): boolean =>
  addWorkingMinutes(hoursOf(rules, row.outletId), row.receivedAt, policyOf(rules, row).firstContactMinutes) < now

/** Does one decided clock of a lead stand so? */
export const fitsClock = (row: Clocked, rules: ClockRules, now: Date, wanted: DecidedClock): boolean => clockFits(clockOf(row, rules, now), wanted)
