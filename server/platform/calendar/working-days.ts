/**
 * Statutory terms. 152-ФЗ has no counting rules of its own, so ГК РФ art. 190–194 apply; a working day is one of the five-day week by the production
 * calendar (ТК РФ art. 95, 111, 112). Dates are 'YYYY-MM-DD' without a zone. A year whose decree is not here is an error, never a guess.
 */
import type { CalendarYear } from './calendar-year.ts'
import { year2024 } from './years/2024.ts'
import { year2025 } from './years/2025.ts'
import { year2026 } from './years/2026.ts'
import { year2027 } from './years/2027.ts'

const DAY_MS = 86_400_000

/** The years that can be counted in. */
export const calendarYears: readonly CalendarYear[] = [year2024, year2025, year2026, year2027]
const byYear = new Map(calendarYears.map((data) => [data.year, { off: new Set(data.off), working: new Set(data.workingWeekends), short: new Set(data.short) }]))

/** The production calendar of this year has not been entered, so nothing may be counted in it. */
export class UnknownCalendarYear extends Error {
  override readonly name = 'UnknownCalendarYear'
  readonly year: number
  constructor(year: number) {
    super(`No production calendar for ${year}`)
    this.year = year
  }
}

/** Not a day of the calendar written as YYYY-MM-DD. */
export class InvalidDate extends Error {
  override readonly name = 'InvalidDate'
  constructor() {
    super('Not a date YYYY-MM-DD')
  }
}

function toMs(date: string): number {
  const ms = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN
  // Date.parse takes 30 February for 2 March in some engines; a date must come back as it was written.
  if (Number.isNaN(ms) || toDate(ms) !== date) throw new InvalidDate()
  return ms
}

function toDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

function yearOf(date: string) {
  const year = Number(date.slice(0, 4))
  const data = byYear.get(year)
  if (!data) throw new UnknownCalendarYear(year)
  return data
}

function isWorkingMs(ms: number): boolean {
  const date = toDate(ms)
  const data = yearOf(date)
  const weekday = new Date(ms).getUTCDay()
  const isWeekend = weekday === 0 || weekday === 6
  return isWeekend ? data.working.has(date.slice(5)) : !data.off.has(date.slice(5))
}

/** Is the date worked in a five-day week. Throws UnknownCalendarYear, InvalidDate. */
export function isWorkingDay(date: string): boolean {
  return isWorkingMs(toMs(date))
}

/** Is the date a working day one hour shorter (ТК РФ art. 95). Throws UnknownCalendarYear, InvalidDate. */
export function isShortDay(date: string): boolean {
  toMs(date)
  return yearOf(date).short.has(date.slice(5))
}

/** The date `days` calendar days later (ГК РФ art. 191: the day of the event is not counted). Throws InvalidDate; RangeError unless days is an integer 0 … 36 600. */
export function addCalendarDays(date: string, days: number): string {
  refuseUnlessCount(days)
  return toDate(toMs(date) + days * DAY_MS)
}

/**
 * The last day of a term of `days` working days that an event on `date` started: counting begins on the day after (ГК РФ art. 191).
 * An extension adds to the same start: 10 + 5 is day 15. Throws UnknownCalendarYear, InvalidDate; RangeError unless days is an integer 0 … 36 600 (0 is the date itself).
 */
export function addWorkingDays(date: string, days: number): string {
  refuseUnlessCount(days)
  let ms = toMs(date)
  for (let left = days; left > 0;) {
    ms += DAY_MS
    if (isWorkingMs(ms)) left -= 1
  }
  return toDate(ms)
}

/**
 * When our own work must be finished in a statutory term "not exceeding" so many calendar days (152-ФЗ art. 21 ч.4–5): the last working day on or before
 * its end, for such a term must not be stretched by art. 193. When no day of the term is worked, its last day.
 * Throws UnknownCalendarYear, InvalidDate, RangeError.
 */
export function internalDueDate(start: string, calendarDays: number): string {
  refuseUnlessCount(calendarDays)
  const startMs = toMs(start)
  const endMs = startMs + calendarDays * DAY_MS
  for (let ms = endMs; ms > startMs; ms -= DAY_MS) if (isWorkingMs(ms)) return toDate(ms)
  return toDate(endMs)
}

/** The end of a term whose last day is not worked: the nearest following working day (ГК РФ art. 193). Throws UnknownCalendarYear, InvalidDate. */
export function art193(date: string): string {
  let ms = toMs(date)
  while (!isWorkingMs(ms)) ms += DAY_MS
  return toDate(ms)
}

/** Working days after `from` up to and including `to`: how many of a term are left. 0 when `to` is not later. Throws UnknownCalendarYear, InvalidDate. */
export function workingDaysBetween(from: string, to: string): number {
  let count = 0
  const endMs = toMs(to)
  for (let ms = toMs(from) + DAY_MS; ms <= endMs; ms += DAY_MS) if (isWorkingMs(ms)) count += 1
  return count
}

function refuseUnlessCount(days: number): void {
  if (!Number.isInteger(days) || days < 0 || days > 36_600) throw new RangeError('Days must be an integer from 0 to 36600')
}
