import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stepIn, zoneName } from './day.ts'

test('the zone of another outlet is named, with how far it is', () => {
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
