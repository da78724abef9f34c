import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readRequestDate } from './request-date.ts'

const read = (written: string) => {
  const { at, notices } = readRequestDate(written, 'Asia/Yekaterinburg')
  return [at?.toISOString() ?? null, ...notices]
}

for (const [zone, utc] of [
  ['-08:00', '23:30'],
  ['-08:0', '23:30'],
  ['-8', '23:30'],
  ['-08', '23:30'],
  ['-0800', '23:30'],
  ['-8:00', '23:30'],
  ['-800', '23:30'],
  ['+3', '12:30'],
  ['+03', '12:30'],
  ['+05:3', '10:00'],
  ['+05:30', '10:00'],
  ['+0530', '10:00'],
  ['+530', '10:00'],
  ['Z', '15:30'],
  ['z', '15:30'],
  [' UTC', '15:30'],
] as const) {
  test(`a sender's zone written as "${zone}" is understood`, () => {
    assert.deepEqual(read(`2026-11-20T15:30:00${zone}`), [`2026-11-20T${utc}:00.000Z`])
  })
}

test("a time without a zone is the dealer's own, and that is said", () => {
  assert.deepEqual(read('2026-11-20T15:30:00'), ['2026-11-20T10:30:00.000Z', 'requestdate_without_zone'])
  assert.deepEqual(read('2026-11-20 15:30'), ['2026-11-20T10:30:00.000Z', 'requestdate_without_zone'])
  assert.deepEqual(read('20.11.2026 15:30'), ['2026-11-20T10:30:00.000Z', 'requestdate_not_iso', 'requestdate_without_zone'])
  assert.deepEqual(read('2026-11-20'), ['2026-11-19T19:00:00.000Z', 'requestdate_without_time', 'requestdate_without_zone'])
})

test('seconds may have fractions', () => {
  assert.deepEqual(read('2026-11-20T15:30:20.123+05:00'), ['2026-11-20T10:30:20.000Z'])
})

test('a date that does not exist is no date', () => {
  for (const written of [
    '2026-02-30T10:00:00Z',
    '2026-13-01',
    '2026-11-20T25:00:00Z',
    '2026-11-20T10:61:00Z',
    '2026-11-20T10:00:00+15:00',
    '2026-11-20T10:00:00+03:75',
    'вчера',
    '0026-01-01',
  ]) {
    assert.deepEqual(read(written), [null, 'requestdate_unreadable'])
  }
  assert.deepEqual(read(''), [null, 'requestdate_missing'])
})

test('every instant written in full comes back, in whatever zone it was written', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }), fc.integer({ min: -14 * 60, max: 14 * 60 }), (instant, offset) => {
      const seconds = new Date(Math.floor(instant.getTime() / 1000) * 1000)
      const wall = new Date(seconds.getTime() + offset * 60_000).toISOString().slice(0, 19)
      const two = (value: number) => String(value).padStart(2, '0')
      const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
      assert.deepEqual(readRequestDate(wall + zone, 'Europe/Moscow'), { at: seconds, notices: [] })
    }),
  )
})

test('no text of a sender makes the reader fail', () => {
  const letters = fc.constantFrom(...'0123456789-+:.TZ ')
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: letters, maxLength: 40 })), (written) => {
      const { at, notices } = readRequestDate(written, 'Europe/Moscow')
      assert.ok(at ? !Number.isNaN(at.getTime()) : notices.length === 1)
    }),
    { numRuns: 2000 },
  )
})
