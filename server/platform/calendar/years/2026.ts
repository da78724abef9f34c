import type { CalendarYear } from '../calendar-year.ts'

/** Moved: 3 January to 9 January, 4 January to 31 December; by law (art. 112) 8 March to 9 March, 9 May to 11 May. */
export const year2026: CalendarYear = {
  year: 2026,
  decree: { number: '№ 1466', signedOn: '2025-09-24' },
  off: ['01-01', '01-02', '01-05', '01-06', '01-07', '01-08', '01-09', '02-23', '03-09', '05-01', '05-11', '06-12', '11-04', '12-31'],
  workingWeekends: [],
  short: ['04-30', '05-08', '06-11', '11-03'],
  workingDays: 247,
}
