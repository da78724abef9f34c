import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { zoneOffsetMs } from '../../platform/calendar/zone.ts'
import type { OutletHours } from './working-hours.ts'
import { InvalidHours, NeverOpen, addWorkingMinutes, openSpans, openingFrom, weekdays, workingMinutesBetween } from './working-hours.ts'

const MINUTE_MS = 60_000
const russia = [
  'Europe/Kaliningrad',
  'Europe/Moscow',
  'Europe/Samara',
  'Asia/Yekaterinburg',
  'Asia/Omsk',
  'Asia/Krasnoyarsk',
  'Asia/Irkutsk',
  'Asia/Yakutsk',
  'Asia/Vladivostok',
  'Asia/Magadan',
  'Asia/Kamchatka',
]
const daily = (open: string, close: string, timeZone = 'Europe/Moscow'): OutletHours => {
  const pair = [open, close] as const
  return { timeZone, week: { mon: pair, tue: pair, wed: pair, thu: pair, fri: pair, sat: pair, sun: null } }
}
const at = (text: string) => new Date(text)

test('a lead left at night waits for the opening, and a Sunday is not counted', () => {
  const hours = daily('09:00', '21:00')
  // 2026-11-21 is a Saturday.
  assert.deepEqual(addWorkingMinutes(hours, at('2026-11-20T22:15:00+03:00'), 15), at('2026-11-21T09:15:00+03:00'))
  assert.deepEqual(addWorkingMinutes(hours, at('2026-11-21T20:50:00+03:00'), 15), at('2026-11-23T09:05:00+03:00'))
  assert.equal(workingMinutesBetween(hours, at('2026-11-21T20:50:00+03:00'), at('2026-11-23T09:05:00+03:00')), 15)
  assert.deepEqual(openingFrom(hours, at('2026-11-22T12:00:00+03:00')), at('2026-11-23T09:00:00+03:00'))
})

test('a day the dealer declared closed is not counted', () => {
  const hours = { ...daily('09:00', '21:00'), closedDates: ['2026-12-31'] }
  assert.deepEqual(addWorkingMinutes(hours, at('2026-12-30T20:59:00+03:00'), 2), at('2027-01-01T09:01:00+03:00'))
})

test('the same wall hours are different instants in each of the eleven zones of Russia', () => {
  // Sunday afternoon in Kaliningrad, midnight in Kamchatka.
  const opened = russia.map((zone) => openingFrom(daily('09:00', '21:00', zone), at('2026-11-22T12:00:00Z')).toISOString())
  assert.equal(new Set(opened).size, 11)
  assert.equal(opened[0], '2026-11-23T07:00:00.000Z')
  assert.equal(opened[10], '2026-11-22T21:00:00.000Z')
})

test('an outlet open round the clock counts every minute', () => {
  const always = { ...daily('00:00', '24:00'), week: { ...daily('00:00', '24:00').week, sun: ['00:00', '24:00'] as const } }
  assert.equal(workingMinutesBetween(always, at('2026-11-20T00:00:00Z'), at('2026-11-27T00:00:00Z')), 7 * 24 * 60)
})

test('an hour put back or forward in the night is neither lost nor counted twice', () => {
  const berlin = { ...daily('00:00', '24:00', 'Europe/Berlin'), week: { ...daily('00:00', '24:00').week, sun: ['00:00', '24:00'] as const } }
  assert.equal(workingMinutesBetween(berlin, at('2026-03-28T23:00:00Z'), at('2026-03-29T22:00:00Z')), 23 * 60)
  assert.equal(workingMinutesBetween(berlin, at('2026-10-24T22:00:00Z'), at('2026-10-25T23:00:00Z')), 25 * 60)
})

test('hours that cross midnight, or cannot be read, are refused by the day they stand on', () => {
  for (const [open, close] of [
    ['21:00', '09:00'],
    ['09:00', '09:00'],
    ['9:00', '21:00'],
    ['09:00', '25:00'],
    ['09:60', '21:00'],
    ['24:00', '24:00'],
    ['', ''],
  ] as const) {
    assert.throws(
      () => workingMinutesBetween(daily(open, close), at('2026-11-20T10:00:00Z'), at('2026-11-20T11:00:00Z')),
      (error) => error instanceof InvalidHours && error.weekday === 'mon',
    )
  }
})

test('an outlet that never opens cannot promise a time', () => {
  const never: OutletHours = { timeZone: 'Europe/Moscow', week: { mon: null, tue: null, wed: null, thu: null, fri: null, sat: null, sun: null } }
  assert.throws(() => addWorkingMinutes(never, at('2026-11-20T10:00:00Z'), 1), NeverOpen)
  assert.equal(workingMinutesBetween(never, at('2026-11-20T10:00:00Z'), at('2027-11-20T11:00:00Z')), 0)
  assert.throws(() => addWorkingMinutes(daily('09:00', '21:00'), at('2026-11-20T10:00:00Z'), -1), RangeError)
  assert.throws(() => addWorkingMinutes(daily('09:00', '21:00'), new Date(Number.NaN), 1), RangeError)
})

const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const aPair = fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 })).map(([open, length]) => [clock(open), clock(Math.min(1440, open + length))] as const)
const aDay = fc.option(aPair, { nil: null, freq: 4 })
const someHours = fc.record({
  timeZone: fc.constantFrom(...russia, 'Europe/Berlin', 'Australia/Lord_Howe'),
  week: fc.record({ mon: aPair, tue: aDay, wed: aDay, thu: aDay, fri: aDay, sat: aDay, sun: aDay }),
  closedDates: fc.subarray(['2014-10-26', '2026-03-29', '2026-11-23', '2026-12-31']),
})
// Around the change of Moscow's clocks in 2014 and Berlin's in 2026, and ordinary days.
const anInstant = fc
  .tuple(fc.constantFrom('2014-10-24T00:00Z', '2026-03-27T00:00Z', '2026-10-23T00:00Z', '2026-11-20T00:00Z', '2026-12-30T00:00Z'), fc.integer({ min: 0, max: 5 * 86_400 }))
  .map(([day, second]) => new Date(Date.parse(day) + second * 1000))
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-6, `${a} ${b}`)

test('time waited is the sum of its parts, and never shrinks as time passes', () => {
  fc.assert(
    fc.property(someHours, anInstant, fc.integer({ min: 0, max: 9000 }), fc.integer({ min: 0, max: 9000 }), (hours, a, first, second) => {
      const b = new Date(a.getTime() + first * MINUTE_MS)
      const c = new Date(b.getTime() + second * MINUTE_MS)
      const whole = workingMinutesBetween(hours, a, c)
      near(whole, workingMinutesBetween(hours, a, b) + workingMinutesBetween(hours, b, c))
      assert.ok(whole >= workingMinutesBetween(hours, a, b) && whole <= first + second)
      near(
        whole,
        openSpans(hours, a, c, 100).reduce((sum, span) => sum + (span.closeAt.getTime() - span.openAt.getTime()) / MINUTE_MS, 0),
      )
    }),
    { numRuns: 300 },
  )
})

test('the due time is exactly as many working minutes away as was promised, and not a moment later than needed', () => {
  fc.assert(
    fc.property(someHours, anInstant, fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 0, max: 500 }), (hours, from, minutes, more) => {
      const due = addWorkingMinutes(hours, from, minutes)
      near(workingMinutesBetween(hours, from, due), minutes)
      assert.ok(workingMinutesBetween(hours, from, new Date(due.getTime() - 1)) < minutes)
      assert.ok(addWorkingMinutes(hours, from, minutes + more) >= due)
      near(workingMinutesBetween(hours, from, addWorkingMinutes(hours, due, more)), minutes + more)
    }),
    { numRuns: 200 },
  )
})

test("a minute is counted only when the clock on the outlet's wall says it is open", () => {
  const wallOf = (hours: OutletHours, ms: number) => new Date(ms + zoneOffsetMs(hours.timeZone, ms))
  fc.assert(
    fc.property(someHours, anInstant, (hours, from) => {
      const ms = Math.ceil(from.getTime() / MINUTE_MS) * MINUTE_MS
      const counted = workingMinutesBetween(hours, new Date(ms), new Date(ms + MINUTE_MS))
      const wall = wallOf(hours, ms)
      const pair = hours.closedDates.includes(wall.toISOString().slice(0, 10)) ? null : hours.week[weekdays[(wall.getUTCDay() + 6) % 7] ?? 'mon']
      const time = wall.toISOString().slice(11, 16)
      const isOpen = pair !== null && time >= pair[0] && time < pair[1]
      if (counted > 0) assert.ok(isOpen)
      // In Russia today no hour comes twice, so there the two are the same.
      if (hours.timeZone !== 'Europe/Berlin' && hours.timeZone !== 'Australia/Lord_Howe' && from.getUTCFullYear() > 2014) assert.equal(counted, isOpen ? 1 : 0)
    }),
    { numRuns: 1000 },
  )
})

test('what arrives outside hours starts at the opening: waiting longer before it changes nothing', () => {
  fc.assert(
    fc.property(someHours, anInstant, fc.integer({ min: 1, max: 600 }), (hours, from, minutes) => {
      const opening = openingFrom(hours, from)
      assert.deepEqual(addWorkingMinutes(hours, from, minutes), addWorkingMinutes(hours, opening, minutes))
      assert.equal(workingMinutesBetween(hours, from, opening), 0)
      assert.ok(workingMinutesBetween(hours, opening, new Date(opening.getTime() + 1)) > 0)
    }),
    { numRuns: 200 },
  )
})

test('ten thousand clocks of a network are read in less than a second', () => {
  const started = performance.now()
  for (let index = 0; index < 10_000; index += 1) {
    const hours = daily('09:00', '21:00', russia[index % 11] ?? 'Europe/Moscow')
    const from = new Date(Date.UTC(2026, index % 12, 1 + (index % 28), index % 24, index % 60))
    if (index % 2 === 0) addWorkingMinutes(hours, from, 15 + (index % 600))
    else workingMinutesBetween(hours, from, new Date(from.getTime() + (index % 3000) * MINUTE_MS))
  }
  const spentMs = performance.now() - started
  assert.ok(spentMs < 1000, `${spentMs} ms`)
})
