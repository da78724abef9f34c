import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { OutletHours } from '../clock/working-hours.ts'
import { slotsOf } from './slots.ts'

const weekOf = (open: string, close: string): OutletHours['week'] => ({
  mon: [open, close],
  tue: [open, close],
  wed: [open, close],
  thu: [open, close],
  fri: [open, close],
  sat: [open, close],
  sun: null,
})
const walls = (hours: OutletHours, date: string): string[] =>
  slotsOf(hours, date).map((at) => new Intl.DateTimeFormat('ru-RU', { timeZone: hours.timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at))

test('in Yekaterinburg the day is booked by the hours of its own wall, and Sunday has none', () => {
  const hours: OutletHours = { timeZone: 'Asia/Yekaterinburg', week: weekOf('09:00', '12:00') }
  assert.deepEqual(
    slotsOf(hours, '2026-03-02').map((at) => at.toISOString()),
    ['2026-03-02T04:00:00.000Z', '2026-03-02T05:00:00.000Z', '2026-03-02T06:00:00.000Z'],
  )
  assert.deepEqual(slotsOf(hours, '2026-03-01'), [])
})

test('an outlet that opens at half past offers full hours that end before it closes', () => {
  assert.deepEqual(walls({ timeZone: 'Europe/Moscow', week: weekOf('09:30', '12:30') }, '2026-03-02'), ['10:00', '11:00'])
  assert.deepEqual(walls({ timeZone: 'Europe/Moscow', week: weekOf('09:10', '09:50') }, '2026-03-02'), [])
  assert.deepEqual(walls({ timeZone: 'Asia/Kolkata', week: weekOf('09:30', '12:30') }, '2026-03-02'), ['10:00', '11:00'])
})

test('an outlet that is never open has no slots', () => {
  const closed = { mon: null, tue: null, wed: null, thu: null, fri: null, sat: null, sun: null }
  assert.deepEqual(slotsOf({ timeZone: 'Europe/Moscow', week: closed }, '2026-03-02'), [])
})

test('whatever the hours, zone and day: slots are full hours, an hour apart, inside the day and the hours', () => {
  const zones = fc.constantFrom('Europe/Kaliningrad', 'Europe/Moscow', 'Asia/Vladivostok', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata')
  const minute = fc.integer({ min: 0, max: 1439 })
  const time = (m: number): string => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`
  fc.assert(
    fc.property(zones, minute, minute, fc.integer({ min: 0, max: 1_400 }), (timeZone, one, other, day) => {
      fc.pre(one !== other)
      const [open, close] = [time(Math.min(one, other)), time(Math.max(one, other))]
      const date = new Date(Date.UTC(2024, 0, 1) + day * 86_400_000).toISOString().slice(0, 10)
      const hours: OutletHours = { timeZone, week: { ...weekOf(open, close), sun: [open, close] } }
      const slots = slotsOf(hours, date)
      slots.slice(1).forEach((at, i) => assert.ok(at.getTime() - slots[i]!.getTime() >= 3_600_000))
      for (const wall of walls(hours, date)) assert.ok(wall.endsWith(':00') && wall >= open && wall < close, `${wall} in ${open}–${close}`)
    }),
    { numRuns: 300 },
  )
})
