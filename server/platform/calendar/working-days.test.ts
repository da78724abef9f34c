import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  UnknownCalendarYear,
  InvalidDate,
  addCalendarDays,
  addWorkingDays,
  art193,
  calendarYears,
  internalDueDate,
  isShortDay,
  isWorkingDay,
  workingDaysBetween,
} from './working-days.ts'

/** Vectors of the digest: start, working days, due. */
const vectors: [source: string, start: string, days: number, due: string][] = [
  ['10.1 ч.12–14 ФЗ-152', '2024-12-25', 5, '2025-01-10'],
  ['21 ч.3 ФЗ-152 (stop in 3 days)', '2024-04-26', 3, '2024-05-03'],
  ['20 ч.1 ФЗ-152 (answer in 10 days)', '2025-04-29', 10, '2025-05-19'],
  ['21 ч.3 ФЗ-152 (stop in 3 days)', '2025-10-30', 3, '2025-11-05'],
  ['20 ч.1 ФЗ-152 (answer in 10 days)', '2025-12-26', 10, '2026-01-21'],
  ['20 ч.1 ФЗ-152 (10 days extended by 5)', '2025-12-26', 15, '2026-01-28'],
  ['20 ч.3 ФЗ-152 (rectify in 7 days)', '2026-04-28', 7, '2026-05-08'],
  ['20 ч.1 ФЗ-152 (asked on a Sunday)', '2026-11-22', 10, '2026-12-04'],
  ['21 ч.3 ФЗ-152 (stop in 3 days)', '2026-12-25', 3, '2026-12-30'],
  ['21 ч.5.1 ФЗ-152 (demand to stop, 10 days)', '2026-12-25', 10, '2027-01-19'],
  ['20 ч.1 ФЗ-152 (extension by 5 days)', '2027-02-16', 5, '2027-02-24'],
  ['21 ч.2 ФЗ-152 (unblock in 7 days)', '2027-10-29', 7, '2027-11-11'],
]

for (const [source, start, days, due] of vectors) {
  test(`art. ${source}: ${days} working days from ${start} end on ${due} (ГК РФ art. 191)`, () => {
    assert.equal(addWorkingDays(start, days), due)
    assert.equal(workingDaysBetween(start, due), days)
  })
}

test('art. 21 ч.5 ФЗ-152: a consent withdrawn on 5 December 2026 is carried out by 30 December, though art. 193 would allow 11 January', () => {
  assert.equal(addCalendarDays('2026-12-05', 30), '2027-01-04')
  assert.equal(internalDueDate('2026-12-05', 30), '2026-12-30')
  assert.equal(art193('2027-01-04'), '2027-01-11')
})

test('art. 21 ч.4 ФЗ-152: thirty days ending on a Saturday are finished on the Friday before', () => {
  assert.equal(addCalendarDays('2026-01-15', 30), '2026-02-14')
  assert.equal(internalDueDate('2026-01-15', 30), '2026-02-13')
})

test('art. 193 ГК РФ leaves a working day where it is', () => {
  assert.equal(art193('2026-02-13'), '2026-02-13')
})

test('a term that holds no working day at all ends on its own last day, never before it began', () => {
  assert.equal(internalDueDate('2025-12-31', 3), '2026-01-03')
})

for (const [year, total] of [
  [2024, 248],
  [2025, 247],
  [2026, 247],
  [2027, 247],
] as const) {
  test(`${year} has ${total} working days, as its decree says (ТК РФ art. 112)`, () => {
    const data = calendarYears.find((known) => known.year === year)
    let count = 0
    for (let day = 0; day < 366; day += 1) {
      const date = addCalendarDays(`${year}-01-01`, day)
      if (date.startsWith(String(year)) && isWorkingDay(date)) count += 1
    }
    assert.equal(count, total)
    assert.equal(data?.workingDays, total)
  })
}

test('every listed day off is a weekday, every worked weekend a weekend, every short day is worked (ТК РФ art. 95)', () => {
  for (const { year, off, workingWeekends, short } of calendarYears) {
    const weekday = (day: string) => new Date(`${year}-${day}T00:00:00Z`).getUTCDay()
    assert.ok(
      off.every((day) => weekday(day) >= 1 && weekday(day) <= 5),
      String(year),
    )
    assert.ok(
      workingWeekends.every((day) => weekday(day) === 0 || weekday(day) === 6),
      String(year),
    )
    assert.ok(
      short.every((day) => isWorkingDay(`${year}-${day}`) && isShortDay(`${year}-${day}`)),
      String(year),
    )
  }
  assert.equal(isShortDay('2026-02-20'), false)
})

test('the public holidays of ТК РФ art. 112 are never worked', () => {
  const holidays = ['01-01', '01-02', '01-03', '01-04', '01-05', '01-06', '01-07', '01-08', '02-23', '03-08', '05-01', '05-09', '06-12', '11-04']
  for (const { year } of calendarYears) for (const day of holidays) assert.equal(isWorkingDay(`${year}-${day}`), false, `${year}-${day}`)
})

test('a term that runs into a year without a decree is refused by name, never guessed', () => {
  assert.throws(
    () => addWorkingDays('2027-12-30', 1),
    (error) => error instanceof UnknownCalendarYear && error.year === 2028,
  )
  assert.throws(() => isWorkingDay('2023-12-29'), UnknownCalendarYear)
  assert.throws(() => art193('2027-12-31'), UnknownCalendarYear)
  assert.throws(() => internalDueDate('2027-12-15', 30), UnknownCalendarYear)
})

test('a date that does not exist is refused by name', () => {
  for (const date of ['2026-02-30', '2026-13-01', '26-01-01', '2026-1-1', '', '2026-01-01T00:00:00Z', 'вчера']) assert.throws(() => isWorkingDay(date), InvalidDate)
  assert.throws(() => addWorkingDays('2026-02-30', 0), InvalidDate)
  assert.throws(() => addWorkingDays('2026-02-03', -1), RangeError)
  assert.throws(() => addWorkingDays('2026-02-03', 1.5), RangeError)
})

const aDay = fc.integer({ min: 0, max: 1400 }).map((days) => addCalendarDays('2024-01-01', days))

test('however a term of working days is cut in two, it ends on the same working day, later than it began', () => {
  fc.assert(
    fc.property(aDay, fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 }), (start, first, second) => {
      fc.pre(start < '2027-11-20')
      const due = addWorkingDays(start, first + second)
      assert.equal(addWorkingDays(addWorkingDays(start, first), second), due)
      assert.ok(isWorkingDay(due) && due > start)
      assert.equal(workingDaysBetween(start, due), first + second)
    }),
  )
})

test('the internal due date is worked, is inside the term, and no later day of the term is worked', () => {
  fc.assert(
    fc.property(aDay, fc.integer({ min: 12, max: 40 }), (start, days) => {
      const due = internalDueDate(start, days)
      const end = addCalendarDays(start, days)
      assert.ok(due > start && due <= end && isWorkingDay(due))
      assert.equal(workingDaysBetween(due, end), 0)
      assert.ok(art193(end) >= end && isWorkingDay(art193(end)))
    }),
  )
})
