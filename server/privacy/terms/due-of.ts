import { terms, type TermCode } from '../../../contract/privacy/term.ts'
import type { RequestKind } from '../../../contract/privacy/request.ts'
import { addCalendarDays, addWorkingDays, internalDueDate, isWorkingDay } from '../../platform/calendar/working-days.ts'

/** `dueOn`: the day by which we do it ourselves, never after `endsOn`, the last day of the law. Dates without zones. */
export type Due = { dueOn: string; endsOn: string }

const ofKind = {
  access: 'D_ACCESS',
  rectify: 'D_RECTIFY',
  block: 'D_BLOCK',
  destroy: 'D_ERASE_PROOF',
  stop: 'D_STOP',
  withdraw: 'D_WITHDRAW',
  stop_marketing: 'D_MARKETING',
  auto_objection: 'D_AUTO_OBJ',
  regulator: 'D_RKN',
} as const satisfies Record<RequestKind, TermCode>
export type RequestTerm = (typeof ofKind)[RequestKind]
export const termOf = (kind: RequestKind): RequestTerm => ofKind[kind]

/**
 * When a term that began on `start` is over; the day of the beginning is not counted (ГК РФ art. 191). What the law wants "not later than 30 days" is due
 * on the last working day inside them. @throws UnknownCalendarYear, InvalidDate.
 */
export function dueOf(code: TermCode, start: string): Due {
  const { unit, count } = terms[code]
  switch (unit) {
    case 'at_once':
      return same(addCalendarDays(start, 0))
    case 'working_days':
      return same(addWorkingDays(start, count))
    case 'days':
      return { dueOn: internalDueDate(start, count), endsOn: addCalendarDays(start, count) }
    case 'months':
      return inMonths(start, count)
    case 'not_before_days':
      // A repeated request may come from this day on: the day is the person's, so nothing moves it to another.
      return same(addCalendarDays(start, count))
  }
}

/** A term extended by so many working days: they are added to its own end, 10 + 5 being day 15. @throws RangeError where the law gives no extension, or not so much. */
export function extendedDue(code: TermCode, start: string, days: number): string {
  const { unit, count, extension } = terms[code]
  if (unit !== 'working_days' || !Number.isInteger(days) || days < 1 || days > extension) throw new RangeError(`${code} cannot be extended by ${days} days`)
  return addWorkingDays(start, count + days)
}

export type Extending = { term: TermCode; endsOn: string; extendedTo: string | null; isClosed: boolean }
export type NoExtension = 'term_has_none' | 'over' | 'extended_already' | 'closed'

/** Why this term cannot be extended on `today`; null: it can, if the notice is sent today (art. 14 ч.3, 20 ч.1, 2, 4, 21 ч.5.1). */
export function whyNotExtended({ term, endsOn, extendedTo, isClosed }: Extending, today: string): NoExtension | null {
  if (isClosed) return 'closed'
  if (terms[term].extension === 0) return 'term_has_none'
  if (extendedTo !== null) return 'extended_already'
  return today > endsOn ? 'over' : null
}

/** Is an access request of `on` a repeated one: less than 30 days after the first (art. 14 ч.4)? */
export const isRepeat = (firstOn: string, on: string): boolean => on < dueOf('D_REPEAT', firstOn).endsOn

const same = (date: string): Due => ({ dueOn: date, endsOn: date })

/** The same day of a later month, or its last when it has none (ГК РФ art. 192 ч.3). */
export function monthsAfter(start: string, months: number): string {
  const [year = 0, month = 1, day = 1] = addCalendarDays(start, 0).split('-').map(Number)
  const lastDay = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10)
}

/** Ours is the last working day on or before. */
function inMonths(start: string, months: number): Due {
  const endsOn = monthsAfter(start, months)
  let dueOn = endsOn
  while (!isWorkingDay(dueOn)) dueOn = new Date(Date.parse(`${dueOn}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  return { dueOn, endsOn }
}
