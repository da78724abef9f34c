import type { CalendarYear } from '../calendar-year.ts'

/** Moved: 2 January to 5 November, 3 January to 31 December, 20 February to 22 February; by law (art. 112) 1 May to 3 May, 9 May to 10 May, 12 June to 14 June. */
export const year2027: CalendarYear = {
  year: 2027,
  decree: { number: '№ 1187', signedOn: '2026-09-17' },
  off: ['01-01', '01-04', '01-05', '01-06', '01-07', '01-08', '02-22', '02-23', '03-08', '05-03', '05-10', '06-14', '11-04', '11-05', '12-31'],
  workingWeekends: ['02-20'],
  short: ['02-20', '04-30', '06-11', '11-03'],
  workingDays: 247,
}
