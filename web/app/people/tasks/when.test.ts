import assert from 'node:assert/strict'
import { test } from 'node:test'
import { suggestedTime, whenOf } from './when.ts'

const fridayEvening = new Date('2026-03-13T20:30:00Z')

test('tomorrow is tomorrow where the outlet stands, not where the server does', () => {
  assert.equal(whenOf('tomorrow', fridayEvening, 'Europe/Moscow'), '2026-03-14T07:00:00.000Z')
  assert.equal(whenOf('tomorrow', fridayEvening, 'Asia/Vladivostok'), '2026-03-15T00:00:00.000Z')
})

test('Monday is the next one, also on a Monday', () => {
  assert.equal(whenOf('monday', fridayEvening, 'Europe/Moscow'), '2026-03-16T07:00:00.000Z')
  assert.equal(whenOf('monday', new Date('2026-03-16T09:00:00Z'), 'Europe/Moscow'), '2026-03-23T07:00:00.000Z')
})

test('an hour is an hour', () => {
  assert.equal(whenOf('hour', fridayEvening, 'Europe/Moscow'), '2026-03-13T21:30:00.000Z')
})

test('nobody is called at night: what falls there is proposed for ten in the morning', () => {
  assert.equal(suggestedTime('hour', fridayEvening, 'Europe/Moscow'), '2026-03-14T07:00:00.000Z')
  assert.equal(suggestedTime('two_hours', new Date('2026-03-13T02:00:00Z'), 'Europe/Moscow'), '2026-03-13T07:00:00.000Z')
  assert.equal(suggestedTime('two_hours', new Date('2026-03-13T10:00:00Z'), 'Europe/Moscow'), '2026-03-13T12:00:00.000Z')
})
