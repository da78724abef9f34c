import type { CalendarYear } from '../calendar-year.ts'

/** Moved: 4 January to 2 May, 23 February to 8 May, 8 March to 13 June, 1 November to 3 November, 5 January to 31 December. */
export const year2025: CalendarYear = {
  year: 2025,
  decree: { number: '№ 1335', signedOn: '2024-10-04' },
  off: ['01-01', '01-02', '01-03', '01-06', '01-07', '01-08', '05-01', '05-02', '05-08', '05-09', '06-12', '06-13', '11-03', '11-04', '12-31'],
  workingWeekends: ['11-01'],
  short: ['03-07', '04-30', '06-11', '11-01'],
  workingDays: 247,
}
