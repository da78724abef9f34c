import type { CalendarYear } from '../calendar-year.ts'

/** Moved: 27 April to 29 April, 2 November to 30 April, 6 January to 10 May, 28 December to 30 December, 7 January to 31 December. */
export const year2024: CalendarYear = {
  year: 2024,
  decree: { number: '№ 1314', signedOn: '2023-08-10' },
  off: ['01-01', '01-02', '01-03', '01-04', '01-05', '01-08', '02-23', '03-08', '04-29', '04-30', '05-01', '05-09', '05-10', '06-12', '11-04', '12-30', '12-31'],
  workingWeekends: ['04-27', '11-02', '12-28'],
  short: ['02-22', '03-07', '05-08', '06-11', '11-02'],
  workingDays: 248,
}
