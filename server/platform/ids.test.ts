import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isUuid, newId } from './ids.ts'

test('ids made one after the other sort one after the other, also within one millisecond', () => {
  const ids = Array.from({ length: 2_000 }, () => newId(1_800_000_000_000))
  assert.deepEqual(ids, ids.toSorted())
  assert.equal(new Set(ids).size, ids.length)
  assert.ok(newId(1_800_000_000_001) > (ids.at(-1) ?? ''))
})

test('ids are uuids of version 7 and never twice the same, however many are made in a moment', () => {
  const ids = Array.from({ length: 10_000 }, () => newId(1_800_000_000_002))
  assert.ok(ids.every((id) => isUuid(id) && id[14] === '7' && '89ab'.includes(id[19] ?? '')))
  assert.equal(new Set(ids).size, ids.length)
})
