/**
 * Time as an outlet lives it. Russian zones have had fixed offsets since 26 October 2014 (107-ФЗ as changed by 248-ФЗ), and the history here
 * is two years long, so an offset in minutes is enough and quick; a test compares it with the zone database.
 */
const MINUTE = 60_000
export const DAY = 86_400_000

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
type Weekday = (typeof weekdays)[number]
export type WeekHours = Record<Weekday, [string, string] | null>
/** What is needed of an outlet to count its minutes. */
export type Opening = { offsetMinutes: number; hours: WeekHours }

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** Local midnight before `at`, in UTC milliseconds. */
export const localMidnight = (opening: Opening, at: number): number => Math.floor((at + opening.offsetMinutes * MINUTE) / DAY) * DAY - opening.offsetMinutes * MINUTE

/** 0 is Monday. 1 January 1970 was a Thursday. */
export const weekdayOf = (opening: Opening, at: number): number => (Math.floor((at + opening.offsetMinutes * MINUTE) / DAY) + 3) % 7

/** When the outlet is open on the local day of `at`, in UTC milliseconds; null: closed all day. */
export function openSpan(opening: Opening, at: number): { from: number; to: number } | null {
  const span = opening.hours[weekdays[weekdayOf(opening, at)] ?? 'mon']
  if (!span) return null
  const midnight = localMidnight(opening, at)
  return { from: midnight + minutesOf(span[0]) * MINUTE, to: midnight + minutesOf(span[1]) * MINUTE }
}

export function isOpen(opening: Opening, at: number): boolean {
  const span = openSpan(opening, at)
  return span !== null && at >= span.from && at < span.to
}

/** The moment itself when the outlet is open, else the next opening. An outlet that never opens is refused. */
export function nextOpen(opening: Opening, at: number): number {
  for (let moment = at, days = 0; days < 9; moment = localMidnight(opening, moment) + DAY, days++) {
    const span = openSpan(opening, moment)
    if (span && moment < span.to) return Math.max(moment, span.from)
  }
  throw new RangeError('the outlet has no working hours')
}

/** `minutes` of working time after `at`: the clock stands while the outlet is closed. */
export function afterWorking(opening: Opening, at: number, minutes: number): number {
  let left = minutes * MINUTE
  let moment = nextOpen(opening, at)
  for (;;) {
    const span = openSpan(opening, moment)
    const room = (span?.to ?? moment) - moment
    if (left < room) return moment + left
    left -= room
    moment = nextOpen(opening, localMidnight(opening, moment) + DAY)
  }
}

/** `minutes` of working time before `at`. */
export function beforeWorking(opening: Opening, at: number, minutes: number): number {
  let left = minutes * MINUTE
  let moment = at
  for (;;) {
    const span = openSpan(opening, moment)
    const end = span ? Math.min(moment, span.to) : moment
    const room = span ? Math.max(0, end - span.from) : 0
    if (room > 0 && left <= room) return end - left
    left -= room
    moment = localMidnight(opening, moment) - 1
  }
}

/** Working minutes between two moments. */
export function workingBetween(opening: Opening, from: number, to: number): number {
  let total = 0
  for (let day = localMidnight(opening, from); day < to; day += DAY) {
    const span = openSpan(opening, day)
    if (span) total += Math.max(0, Math.min(to, span.to) - Math.max(from, span.from))
  }
  return total / MINUTE
}

/** The local calendar date, YYYY-MM-DD. */
export const localDate = (opening: Opening, at: number): string => new Date(at + opening.offsetMinutes * MINUTE).toISOString().slice(0, 10)
