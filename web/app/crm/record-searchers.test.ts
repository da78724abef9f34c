import assert from 'node:assert/strict'
import { test } from 'node:test'
import { numberIn, vinTailIn } from './record-searchers.ts'

test('a number is found however it is written, and a phone is none', () => {
  for (const said of ['120', '№120', '# 120', 'Лид № 120', 'лид 120', 'lead no. 120']) assert.equal(numberIn(said), 120, said)
  for (const said of ['+7 999 111-22-33', '89991112233', 'Иванов', '12 34', '']) assert.equal(numberIn(said), null, said)
})

test('the end of a VIN has a digit and no letters that a VIN does not know', () => {
  assert.deepEqual([vinTailIn('0001'), vinTailIn('fy000001'), vinTailIn('Комета'), vinTailIn('QOI1'), vinTailIn('abcd')], ['0001', 'FY000001', null, null, null])
})
