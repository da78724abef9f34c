/**
 * One year of the Russian production calendar for a five-day week (ТК РФ art. 95, 111, 112). Dates are 'MM-DD'.
 * Only what differs from "Monday to Friday are worked" is listed.
 */
export type CalendarYear = {
  year: number
  /** The Government decree that moves the days off, and the day it was signed, 'YYYY-MM-DD'. */
  decree: { number: string; signedOn: string }
  /** Days off that fall on Monday to Friday. */
  off: readonly string[]
  /** Saturdays and Sundays that are worked. */
  workingWeekends: readonly string[]
  /** Working days one hour shorter (ТК РФ art. 95). */
  short: readonly string[]
  /** The published number of working days: a checksum of the lists above, kept by the test. */
  workingDays: number
}
