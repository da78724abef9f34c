import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fold } from '../normalise/text.ts'
import { deriveIndexKey, token, variantOf } from './index-key.ts'
import { samplePeople, wholePopulation } from './sample-people.ts'
import { withoutGender } from './skeleton.ts'
import { variantCount } from './smoothing.ts'

const key = deriveIndexKey(Buffer.alloc(32, 11))
const people = samplePeople(20_000, 42).map(({ personId, masculine }) => ({ personId, name: withoutGender(fold(masculine)) }))
const shares = new Map<string, number>()
for (const [surname, share] of wholePopulation()) shares.set(withoutGender(fold(surname)), (shares.get(withoutGender(fold(surname))) ?? 0) + share)
const top = new Set(
  [...shares]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 50)
    .map(([name]) => name),
)

/**
 * Rank matching: the thief of a dump knows every name's true share and how many variants it is spread over, sorts tokens by how many people
 * hold them, names by how many should, and lays the two lists side by side. The answer is what part of people, and of bearers of the top fifty, is named rightly.
 */
function attack(variants: (name: string) => number): { records: number; top: number } {
  const held = new Map<bigint, string[]>()
  for (const { personId, name } of people) {
    const one = token(key, 'name', name, variantOf(key, personId) % variants(name))
    held.set(one, [...(held.get(one) ?? []), name])
  }
  const seen = [...held.values()].sort((a, b) => b.length - a.length)
  const expected = [...shares].flatMap(([name, share]) => Array.from({ length: variants(name) }, () => ({ name, share: share / variants(name) }))).sort((a, b) => b.share - a.share)
  const right = seen.flatMap((names, at) => names.filter((name) => name === expected[at]?.name))
  const ofTop = people.filter(({ name }) => top.has(name)).length
  return { records: right.length / people.length, top: right.filter((name) => top.has(name)).length / ofTop }
}

test('a thief of the dump who knows how common every surname is names almost nobody', (t) => {
  const plain = attack(() => 1)
  const smoothed = attack((name) => variantCount('name', name))
  t.diagnostic(
    `without smoothing ${(plain.records * 100).toFixed(2)} % of records and ${(plain.top * 100).toFixed(1)} % of the top 50; with it ${(smoothed.records * 100).toFixed(2)} % and ${(smoothed.top * 100).toFixed(1)} %`,
  )
  // Without the defence the attack must work, or the figure below would prove nothing.
  assert.ok(plain.top > 0.25 && plain.records > 0.05, JSON.stringify(plain))
  assert.ok(smoothed.records <= 0.015, String(smoothed.records))
  assert.ok(smoothed.top <= 0.08, String(smoothed.top))
})
