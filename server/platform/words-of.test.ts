import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsOf } from './words-of.ts'

test('of an error the log learns its kind, code and place, whatever its message says', () => {
  const error = Object.assign(new TypeError('Key (phone)=(+79161234567) exists\n    at Шереметьевская (file:///aglaya@mail.example:1:2)'), { code: '23505' })
  assert.match(wordsOf(error), /^TypeError 23505 at .*words-of\.test\.ts:\d+:\d+\)?$/)
  for (const said of ['79161234567', 'Шереметьевская', 'aglaya']) assert.ok(!wordsOf(error).includes(said), said)
})

test('a thing that is no error, and an error whose message was changed after its stack was made, give no words away', () => {
  assert.equal(wordsOf('+79161234567'), 'unknown')
  const changed = new Error('+79161234567')
  assert.ok(changed.stack)
  changed.message = 'another'
  assert.equal(wordsOf(changed), 'Error')
})
