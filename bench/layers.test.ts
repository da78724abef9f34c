import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exclusive } from './layers.ts'

test('a moment in which several things are on their way belongs to the first in the order, and all of it is told', () => {
  const sums = exclusive(
    [
      ['request', 0, 100],
      ['sql', 10, 40],
      ['vault', 30, 80],
      ['commit', 90, 95],
    ],
    ['vault', 'sql', 'commit', 'request'],
  )
  assert.deepEqual(sums, { request: 10 + 10 + 5, sql: 20, vault: 50, commit: 5 })
  assert.equal(
    Object.values(sums).reduce((sum, us) => sum + us, 0),
    100,
  )
})

test('what happens while nobody asks, and what no layer is named for, does not count', () => {
  assert.deepEqual(
    exclusive(
      [
        ['sql', 0, 50],
        ['request', 100, 110],
        ['dns', 101, 109],
      ],
      ['sql', 'request'],
    ),
    { request: 10 },
  )
})
