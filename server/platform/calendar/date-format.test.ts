import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dateFormat } from './date-format.ts'

test('each form has a formatter of its own, made once', () => {
  const [moscow, vladivostok] = [
    { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Moscow' } as const,
    { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Vladivostok' } as const,
  ]
  const at = new Date('2026-03-01T09:00:00Z')
  assert.deepEqual([dateFormat('ru', moscow).format(at), dateFormat('ru', vladivostok).format(at)], ['12:00', '19:00'])
  assert.equal(dateFormat('ru', { ...moscow }), dateFormat('ru', moscow))
  assert.notEqual(dateFormat('en', moscow), dateFormat('ru', moscow))
})

test('a zone nobody lives in is refused', () => {
  assert.throws(() => dateFormat('ru', { timeZone: 'Europe/Nowhere' }), RangeError)
})
