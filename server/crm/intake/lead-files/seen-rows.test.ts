import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { getHeapSnapshot } from 'node:v8'
import { SeenRows } from './seen-rows.ts'

test('a phone that came before is known by its first line, and no phone lies in memory', async () => {
  const seen = new SeenRows()
  const phoneOf = (n: number): string => ['+7', '999', String(7_000_000 + n)].join('')
  for (let line = 2; line < 502; line++) seen.add(phoneOf(line), line)
  assert.deepEqual([seen.firstLine(phoneOf(77), 900), seen.firstLine(phoneOf(900), 900)], [77, 900])
  let heap = ''
  for await (const chunk of getHeapSnapshot()) heap += String(chunk)
  assert.doesNotMatch(heap, new RegExp(`7999${7_000_100 + 11}`))
  assert.doesNotMatch(inspect(seen, { depth: 9, showHidden: true }), /7999/)
})
