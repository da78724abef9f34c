import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { byteFinder } from './find-bytes.ts'

const bytes = (least: number, most: number) => fc.array(fc.constantFrom(97, 98, 99, 0), { minLength: least, maxLength: most }).map((all) => Buffer.from(all))

test('it finds exactly what looking for each word by itself finds', () => {
  fc.assert(
    fc.property(fc.uniqueArray(bytes(1, 6), { minLength: 1, maxLength: 12, selector: (word) => word.toString('latin1') }), bytes(0, 60), (words, text) => {
      assert.deepEqual(
        byteFinder(words)(text),
        words.flatMap((word, at) => (text.includes(word) ? [at] : [])),
      )
    }),
    { numRuns: 2_000 },
  )
})

test('a word inside another, at the very end and over every byte is found', () => {
  const words = ['he', 'she', 'hers', 'his', '\u00ff\u0000'].map((word) => Buffer.from(word, 'latin1'))
  assert.deepEqual(byteFinder(words)(Buffer.from('ushers\u00ff\u0000', 'latin1')), [0, 1, 2, 4])
  assert.throws(() => byteFinder([Buffer.alloc(0)]), RangeError)
})
