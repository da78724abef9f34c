import { dateIn, wallToInstant } from './zone.ts'

const DAY_MS = 86_400_000
export type Term = { retentionDays: number; countsFromYearEnd: boolean }

/**
 * Until when a line of the register may hold a person whose purpose was reached at `ended`: so many days from then on, or, for what accounting asks
 * for, from the end of that year on the company's wall (402-ФЗ art. 29 ч.1).
 */
export function termEnd({ retentionDays, countsFromYearEnd }: Term, ended: Date, timeZone: string): Date {
  const from = countsFromYearEnd ? wallToInstant(timeZone, Date.UTC(Number(dateIn(timeZone, ended).slice(0, 4)) + 1, 0, 1), 'earlier') : ended.getTime()
  return new Date(from + retentionDays * DAY_MS)
}
