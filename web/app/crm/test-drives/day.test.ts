import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clockOf, nextDay, stepIn, zoneName } from './day.ts'

test('the next day is the next date, also over the end of a year and when clocks change', () => {
  assert.deepEqual([nextDay('2026-12-31', 1), nextDay('2026-03-01', -1), nextDay('2026-03-29', 1)], ['2027-01-01', '2026-02-28', '2026-03-30'])
})

test('in Vladivostok the same instant is another hour, and the person is told which', () => {
  assert.deepEqual([clockOf('2026-03-02T04:00:00Z', 'Asia/Vladivostok'), clockOf('2026-03-02T04:00:00Z', 'Europe/Moscow')], ['14:00', '07:00'])
  assert.match(
    zoneName((zone, offset) => `${zone} / ${offset}`, 'Asia/Vladivostok', '2026-03-02T04:00:00Z', 'en'),
    /Vladivostok.* \/ UTC\+10/,
  )
})

test('arrows walk over the grid and stop at its edges', () => {
  const size = { cars: 2, hours: 3 }
  assert.deepEqual(stepIn('ArrowRight', { car: 0, hour: 2 }, size), { car: 0, hour: 2 })
  assert.deepEqual(stepIn('ArrowDown', { car: 0, hour: 2 }, size), { car: 1, hour: 2 })
  assert.deepEqual(stepIn('Home', { car: 1, hour: 2 }, size), { car: 1, hour: 0 })
  assert.equal(stepIn('KeyA', { car: 1, hour: 2 }, size), null)
})
