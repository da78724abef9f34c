import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { append, emptyRange, emptyRoot, leafHash, nodeHash, rootOf, subtreesOf } from './merkle.ts'
import type { Tile } from './merkle.ts'
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './proof.ts'
import type { ReadSpans } from './proof.ts'
import { readEdge } from './tree-store.ts'

/** Inputs and roots of github.com/transparency-dev/merkle, testonly/reference_tree_test.go (from Certificate Transparency). */
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const vectors = inputs.map((hex) => leafHash(Buffer.from(hex, 'hex')))

/** RFC 6962 §2.1 word for word. */
function naiveRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return emptyRoot()
  if (leaves.length === 1) return leaves[0]!
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return nodeHash(naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)))
}

/** Leaves and tiles as the tables hold them. */
function grow(leaves: readonly Buffer[]): { read: ReadSpans; root: Buffer; tiles: Tile[] } {
  const range = emptyRange()
  const tiles = leaves.flatMap((leaf) => append(range, leaf))
  const levels = [[...leaves]]
  for (const { level, position, hash } of tiles) (levels[level] ??= [])[position] = hash
  return { read: (spans) => Promise.resolve(spans.map(({ level, from, to }) => (levels[level] ?? []).slice(from, to))), root: rootOf(range), tiles }
}

const someLeaves = (count: number): Buffer[] => Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)))
const seeds = { numRuns: 60 }

test('the tree of an auditor with RFC 6962 in hand has our roots', () => {
  const range = emptyRange()
  assert.equal(rootOf(range).toString('hex'), roots[0])
  vectors.forEach((leaf, i) => {
    append(range, leaf)
    assert.equal(rootOf(range).toString('hex'), roots[i + 1])
  })
})

test('an auditor with the published vectors gets the published proofs', async () => {
  const { read } = grow(vectors)
  assert.deepEqual(
    (await inclusionProof(read, 5, 8)).map((hash) => hash.toString('hex')),
    ['bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b', 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', roots[4]],
  )
  assert.deepEqual(
    (await consistencyProof(read, 6, 8)).map((hash) => hash.toString('hex')),
    ['0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a', 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', roots[4]],
  )
})

test('a tree that grew leaf by leaf is the tree drawn at once, whatever its size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1500 }), (count) => {
      const leaves = someLeaves(count)
      assert.deepEqual(grow(leaves).root, naiveRoot(leaves))
    }),
    seeds,
  )
})

test('every tile is the root of its 256 leaves', () => {
  const leaves = someLeaves(1300)
  const { tiles } = grow(leaves)
  assert.deepEqual(
    tiles.map(({ level, position }) => [level, position]),
    [
      [1, 0],
      [1, 1],
      [1, 2],
      [1, 3],
      [1, 4],
    ],
  )
  for (const { position, hash } of tiles) assert.deepEqual(hash, naiveRoot(leaves.slice(position * 256, (position + 1) * 256)))
})

test('a tree of 70,000 leaves is taken up again from a few stored hashes', async () => {
  const leaves = someLeaves(70_000)
  const { read, root, tiles } = grow(leaves)
  assert.ok(tiles.some(({ level }) => level === 2))
  let asked = 0
  const counting: ReadSpans = (spans) => {
    for (const { from, to } of spans) asked += to - from
    return read(spans)
  }
  assert.deepEqual(rootOf(await readEdge(counting, leaves.length)), root)
  assert.ok(asked <= 3 * 255)
  const proof = await inclusionProof(counting, 12_345, leaves.length)
  assert.ok(verifyInclusion(leaves[12_345]!, 12_345, leaves.length, proof, root))
  const before = grow(leaves.slice(0, 66_001)).root
  assert.ok(verifyConsistency(66_001, leaves.length, await consistencyProof(counting, 66_001, leaves.length), before, root))
})

test('every event can be proved, and no other event by its proof', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 700 }), fc.nat(), fc.nat(), async (count, at, other) => {
      const leaves = someLeaves(count)
      const { read, root } = grow(leaves)
      const index = at % count
      const proof = await inclusionProof(read, index, count)
      assert.ok(verifyInclusion(leaves[index]!, index, count, proof, root))
      const wrong = other % count
      if (wrong === index) return
      assert.ok(!verifyInclusion(leaves[wrong]!, index, count, proof, root))
      assert.ok(!verifyInclusion(leaves[index]!, wrong, count, proof, root))
    }),
    seeds,
  )
})

test('who holds an older head can check that the newer tree begins with it, and a rewritten one is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 700 }), fc.nat(), fc.nat(), async (count, older, changed) => {
      const leaves = someLeaves(count)
      const oldSize = 1 + (older % count)
      const oldRoot = naiveRoot(leaves.slice(0, oldSize))
      const honest = grow(leaves)
      const proof = await consistencyProof(honest.read, oldSize, count)
      assert.ok(verifyConsistency(oldSize, count, proof, oldRoot, honest.root))
      const forged = grow(leaves.with(changed % oldSize, leafHash(Buffer.from('forged'))))
      assert.ok(!verifyConsistency(oldSize, count, await consistencyProof(forged.read, oldSize, count), oldRoot, forged.root))
    }),
    seeds,
  )
})

test('a proof with a hash too few, too many or changed proves nothing', async () => {
  const leaves = someLeaves(300)
  const { read, root } = grow(leaves)
  const proof = await inclusionProof(read, 77, 300)
  assert.ok(!verifyInclusion(leaves[77]!, 77, 300, proof.slice(1), root))
  assert.ok(!verifyInclusion(leaves[77]!, 77, 300, [...proof, root], root))
  proof.forEach((_, i) => assert.ok(!verifyInclusion(leaves[77]!, 77, 300, proof.with(i, root), root)))
  assert.ok(!verifyInclusion(leaves[77]!, 300, 300, proof, root))
  await assert.rejects(inclusionProof(read, 300, 300), RangeError)
  await assert.rejects(consistencyProof(read, 301, 300), RangeError)
})

test('a run of leaves is cut into complete subtrees that cover it exactly', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.nat(5000), (from, length) => {
      let at = from
      for (const { height, index } of subtreesOf(from, from + length)) {
        assert.equal(index * 2 ** height, at)
        at += 2 ** height
      }
      assert.equal(at, from + length)
    }),
  )
})
