import assert from 'node:assert/strict'
import { test } from 'node:test'
import { termEnd } from './term-end.ts'

const fiveYears = { retentionDays: 1827, countsFromYearEnd: true }

test('a car sold in January is kept for five years after that whole year, one sold at New Year’s Eve no longer', () => {
  const sold = (at: string, zone = 'Europe/Moscow'): string => termEnd(fiveYears, new Date(at), zone).toISOString()
  assert.equal(sold('2026-01-12T10:00:00Z'), '2032-01-01T21:00:00.000Z')
  assert.equal(sold('2026-12-31T20:59:59Z'), sold('2026-01-12T10:00:00Z'))
  assert.equal(sold('2026-12-31T21:00:00Z'), '2032-12-31T21:00:00.000Z', 'it is January already in Moscow')
  assert.equal(sold('2026-12-31T14:00:00Z', 'Asia/Vladivostok'), '2032-12-31T14:00:00.000Z', 'and seven hours earlier in Vladivostok')
})

test('whatever is not of a year counts from the day itself', () => {
  assert.equal(termEnd({ retentionDays: 30, countsFromYearEnd: false }, new Date('2026-03-01T09:30:00Z'), 'Asia/Vladivostok').toISOString(), '2026-03-31T09:30:00.000Z')
})
