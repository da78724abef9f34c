import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseKeys } from '../../ui/shortcuts.ts'
import { itemsFor } from './navigation.ts'

test('no two screens answer to the same keys, and every key can be pressed', () => {
  const keys = itemsFor(() => true).flatMap((item) => item.keys ?? [])
  assert.deepEqual(keys.toSorted(), [...new Set(keys)].toSorted())
  for (const each of keys) assert.equal(parseKeys(each).length, 2, each)
})
