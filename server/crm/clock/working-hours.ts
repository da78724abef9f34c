/**
 * Working time of an outlet: what its clocks count. Pure; safe across changes of the clocks.
 * In an hour that comes twice only minutes surely open are counted: the later of two openings, the earlier of two closings.
 */
import { wallToInstant, zoneOffsetMs } from '../../platform/calendar/zone.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** A hundred years: a term beyond it is a mistake, not a term. */
const DAYS_LIMIT = 36_600

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** `week`: opening and closing on the wall of the outlet, 'HH:MM' ('24:00' is the end of the day), null when closed. `closedDates`: 'YYYY-MM-DD'. */
export type OutletHours = {
  timeZone: string
  week: Record<Weekday, readonly [open: string, close: string] | null>
  closedDates?: readonly string[]
}

/** A stretch of one day when the outlet is open; `date` is its date on the outlet's wall. */
export type OpenSpan = { date: string; openAt: Date; closeAt: Date }

/** Hours that cannot be kept: an unreadable time, or a closing not after its opening (hours do not cross midnight). */
export class InvalidHours extends Error {
  override readonly name = 'InvalidHours'
  readonly weekday: Weekday
  constructor(weekday: Weekday) {
    super(`Unreadable hours on ${weekday}`)
    this.weekday = weekday
  }
}

/** The outlet is not open on any day, so no term can end. */
export class NeverOpen extends Error {
  override readonly name = 'NeverOpen'
  constructor() {
    super('The outlet is never open')
  }
}

type Plan = { timeZone: string; byWeekday: ({ openMs: number; closeMs: number } | null)[]; closed: ReadonlySet<string> }

function planOf(hours: OutletHours): Plan {
  const byWeekday = weekdays.map((weekday) => {
    const pair = hours.week[weekday]
    if (!pair) return null
    const openMs = wallOf(pair[0])
    const closeMs = wallOf(pair[1])
    if (openMs === null || closeMs === null || openMs >= closeMs) throw new InvalidHours(weekday)
    return { openMs, closeMs }
  })
  return { timeZone: hours.timeZone, byWeekday, closed: new Set(hours.closedDates) }
}

/** What clocks on walls show, as outlets write it: a few dozen words that come again with every row. */
const walls = new Map<string, number | null>()
const MAX_WALLS = 2_000

function wallOf(time: string): number | null {
  const known = walls.get(time)
  if (known !== undefined) return known
  const match = /^([01]\d|2[0-3]):([0-5]\d)$|^24:00$/.exec(time)
  const wall = !match ? null : match[1] === undefined ? DAY_MS : (Number(match[1]) * 60 + Number(match[2])) * MINUTE_MS
  if (walls.size >= MAX_WALLS) walls.clear()
  walls.set(time, wall)
  return wall
}

/** Days since 1970-01-01 on the wall. The day before is included: where clocks go back at midnight, its evening comes twice. */
function firstDayOf(plan: Plan, fromMs: number): number {
  return Math.floor((fromMs + zoneOffsetMs(plan.timeZone, fromMs)) / DAY_MS) - 1
}

function spanOf(plan: Plan, day: number): { startMs: number; endMs: number } | null {
  // 1970-01-01 was a Thursday.
  const times = plan.byWeekday[(((day + 3) % 7) + 7) % 7]
  if (!times) return null
  const wallMs = day * DAY_MS
  if (plan.closed.size > 0 && plan.closed.has(dateOf(day))) return null
  const startMs = wallToInstant(plan.timeZone, wallMs + times.openMs, 'later')
  const endMs = wallToInstant(plan.timeZone, wallMs + times.closeMs, 'earlier')
  return startMs < endMs ? { startMs, endMs } : null
}

function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

function msOf(instant: Date): number {
  const ms = instant.getTime()
  if (Number.isNaN(ms)) throw new RangeError('Not an instant')
  return ms
}

/**
 * Minutes (with a fraction) between two instants during which the outlet is open; 0 when `to` is not after `from`.
 * Throws InvalidHours, UnknownTimeZone; RangeError for an invalid date or more than a hundred years.
 */
export function workingMinutesBetween(hours: OutletHours, from: Date, to: Date): number {
  return workingMs(planOf(hours), msOf(from), msOf(to)) / MINUTE_MS
}

function workingMs(plan: Plan, fromMs: number, toMs: number): number {
  if (toMs - fromMs > DAYS_LIMIT * DAY_MS) throw new RangeError('More than a hundred years')
  let sum = 0
  if (toMs <= fromMs) return sum
  const lastDay = Math.floor((toMs + zoneOffsetMs(plan.timeZone, toMs)) / DAY_MS) + 1
  for (let day = firstDayOf(plan, fromMs); day <= lastDay; day += 1) {
    const span = spanOf(plan, day)
    if (span) sum += Math.max(0, Math.min(span.endMs, toMs) - Math.max(span.startMs, fromMs))
  }
  return sum
}

/**
 * The earliest instant by which `minutes` of working time have passed since `from`; `from` itself for 0.
 * Throws NeverOpen, InvalidHours, UnknownTimeZone; RangeError for a negative or endless term.
 */
export function addWorkingMinutes(hours: OutletHours, from: Date, minutes: number): Date {
  if (!(minutes >= 0) || !Number.isFinite(minutes)) throw new RangeError('Minutes must not be negative')
  const fromMs = msOf(from)
  let leftMs = Math.round(minutes * MINUTE_MS)
  if (leftMs === 0) return new Date(fromMs)
  for (const span of spansFrom(planOf(hours), fromMs)) {
    if (span.endMs - span.startMs >= leftMs) return new Date(span.startMs + leftMs)
    leftMs -= span.endMs - span.startMs
  }
  throw new RangeError('More than a hundred years')
}

function* spansFrom(plan: Plan, fromMs: number): Generator<{ day: number; startMs: number; endMs: number }> {
  if (plan.byWeekday.every((times) => times === null)) throw new NeverOpen()
  const first = firstDayOf(plan, fromMs)
  let wasOpen = false
  for (let day = first; day < first + DAYS_LIMIT; day += 1) {
    const span = spanOf(plan, day)
    if (!span || span.endMs <= fromMs) continue
    wasOpen = true
    yield { day, startMs: Math.max(span.startMs, fromMs), endMs: span.endMs }
  }
  if (!wasOpen) throw new NeverOpen()
}

/** The instant itself when the outlet is open then, else its next opening. Throws as addWorkingMinutes. */
export function openingFrom(hours: OutletHours, from: Date): Date {
  for (const span of spansFrom(planOf(hours), msOf(from))) return new Date(span.startMs)
  throw new NeverOpen()
}

/** What was counted between two instants, day by day, cut to them; at most `limit` days. Throws as addWorkingMinutes. */
export function openSpans(hours: OutletHours, from: Date, to: Date, limit: number): OpenSpan[] {
  const spans: OpenSpan[] = []
  const toMs = msOf(to)
  for (const span of spansFrom(planOf(hours), msOf(from))) {
    if (span.startMs >= toMs || spans.length >= limit) break
    spans.push({ date: dateOf(span.day), openAt: new Date(span.startMs), closeAt: new Date(Math.min(span.endMs, toMs)) })
  }
  return spans
}
