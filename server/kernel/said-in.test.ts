import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from './refusal.ts'
import { saidIn } from './said-in.ts'

test('what was said changes, also where it was said that nothing is there; what was left out stays as it is', () => {
  const asked: { name?: string; place?: string | null; isActive?: boolean } = { name: undefined, place: null, isActive: false } as never
  assert.deepEqual(saidIn(asked, 'name'), { change: { place: null, isActive: false }, changed: 'place,isActive' })
})

test('a change that says nothing is refused, at the field where it would begin', () => {
  for (const asked of [{}, { dueAt: undefined }])
    assert.throws(
      () => saidIn(asked as { dueAt?: string }, 'dueAt'),
      (error) => error instanceof Refusal && error.code === 'invalid' && JSON.stringify(error.fields) === '[{"at":"dueAt","why":"nothing_to_change"}]',
    )
})
