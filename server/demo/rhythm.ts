/**
 * When things happen: how many people come on each day of the two years, at what hour, and how quickly they are answered.
 * The shapes are our own approximation of a showroom's: Mondays and spring are busy, evenings belong to the site, most are called within minutes, some far too late.
 */
import type { DemoOutlet } from './network.ts'
import { type Random, weighted } from './random.ts'
import { afterWorking, DAY, localMidnight, nextOpen, weekdayOf } from './working-time.ts'

const byWeekday = [1.15, 1.05, 1, 1, 1.1, 1.05, 0.75] as const
const byMonth = [0.75, 0.85, 1.15, 1.1, 0.95, 0.9, 0.9, 1, 1.1, 1.1, 1.05, 1.15] as const
const hourOfDay = weighted<number>([
  [0, 2],
  [1, 1],
  [2, 1],
  [6, 1],
  [7, 3],
  [8, 6],
  [9, 12],
  [10, 16],
  [11, 17],
  [12, 15],
  [13, 13],
  [14, 13],
  [15, 13],
  [16, 13],
  [17, 13],
  [18, 13],
  [19, 12],
  [20, 10],
  [21, 7],
  [22, 5],
  [23, 3],
])

const weightOf = (outlet: DemoOutlet, day: number): number => (byWeekday[weekdayOf(outlet, day)] ?? 1) * (byMonth[new Date(day + DAY / 2).getUTCMonth()] ?? 1)

/** Moments within the local day of `day`, in order, none at or after `before`. */
function momentsOf(random: Random, outlet: DemoOutlet, day: number, count: number, before: number): number[] {
  const midnight = localMidnight(outlet, day)
  const moments: number[] = []
  while (moments.length < count) {
    const at = midnight + hourOfDay(random) * 3_600_000 + random.int(0, 3_599_999)
    // The day is not over: what would lie ahead is drawn anew, earlier.
    moments.push(at < before ? at : midnight + Math.floor(random.next() * (before - midnight)))
  }
  return moments.sort((a, b) => a - b)
}

/**
 * Exactly `count` moments of first arrival over `days` days up to `until` (UTC milliseconds), in order, a day at a time, so that memory stays flat.
 */
export function* arrivals(random: Random, outlet: DemoOutlet, count: number, days: number, until: number): Generator<number> {
  const firstDay = localMidnight(outlet, until) - (days - 1) * DAY
  const lastMidnight = localMidnight(outlet, until)
  const shareOf = (day: number): number => weightOf(outlet, day) * (day === lastMidnight ? (until - lastMidnight) / DAY : 1)
  let total = 0
  for (let day = firstDay; day <= lastMidnight; day += DAY) total += shareOf(day)
  let sum = 0
  let done = 0
  for (let day = firstDay; day <= lastMidnight; day += DAY) {
    sum += shareOf(day)
    const due = day === lastMidnight ? count : Math.round((count * sum) / total)
    yield* momentsOf(random, outlet, day, due - done, until)
    done = due
  }
}

/** Working minutes until a lead is taken: mostly at once, one in nine too late. */
export const takeMinutes = (random: Random): number => (random.chance(0.89) ? Math.min(14, 0.5 + random.exponential(4)) : 16 + random.exponential(45))
/** Working minutes from taking to the first genuine contact. */
export const contactMinutes = (random: Random): number => (random.chance(0.9) ? Math.min(14, 1 + random.exponential(6)) : 20 + random.exponential(90))

/** Some days later, in working hours: what staff do, they do when the outlet is open. */
export function someDaysLater(random: Random, outlet: DemoOutlet, at: number, meanDays: number): number {
  const day = at + (0.3 + random.exponential(meanDays)) * DAY
  return afterWorking(outlet, nextOpen(outlet, localMidnight(outlet, day)), random.int(20, 500))
}
