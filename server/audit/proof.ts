/** Proofs of RFC 6962 §2.1.1–2.1.2 and their checks of RFC 9162 §2.1.3.2 and §2.1.4.2. */
import { append, emptyRange, nodeHash, rootOf, subtreesOf, TILE_HEIGHT } from './merkle.ts'
import type { Subtree } from './merkle.ts'

/** Rows [from, to) of one level: level 0 is leaves, level n subtrees of 256^n leaves. */
export type Span = { level: number; from: number; to: number }
/** Gives the hashes of each span, in order. Asked once per proof, for at most 255 hashes per level twice over. */
export type ReadSpans = (spans: Span[]) => Promise<Buffer[][]>

type Leaves = { from: number; to: number }

/** Proof that leaf `index` is under the root of `size` leaves: sibling hashes from the leaf upwards. @throws RangeError when there is no such leaf. */
export async function inclusionProof(read: ReadSpans, index: number, size: number): Promise<Buffer[]> {
  if (!isWhole(index, size) || index >= size) throw new RangeError(`no leaf ${index} in a tree of ${size}`)
  return await hashesOf(read, inclusionPath(index, 0, size))
}

/** Proof that the tree of `size` leaves begins with the tree of `oldSize`. @throws RangeError unless 0 < oldSize ≤ size. */
export async function consistencyProof(read: ReadSpans, oldSize: number, size: number): Promise<Buffer[]> {
  if (!isWhole(oldSize, size) || oldSize < 1 || oldSize > size) throw new RangeError(`a tree of ${size} cannot continue one of ${oldSize}`)
  return await hashesOf(read, consistencyPath(oldSize, 0, size, true))
}

/** Does this proof lead from the leaf to the root? Never throws. */
export function verifyInclusion(leaf: Buffer, index: number, size: number, proof: readonly Buffer[], root: Buffer): boolean {
  if (!isWhole(index, size) || index >= size) return false
  let [node, last, hash] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash)
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)]
    } else {
      hash = nodeHash(hash, sibling)
    }
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && hash.equals(root)
}

/** Does the tree of `size` leaves begin with the tree of `oldSize`? Never throws. */
export function verifyConsistency(oldSize: number, size: number, proof: readonly Buffer[], oldRoot: Buffer, root: Buffer): boolean {
  if (!isWhole(oldSize, size) || oldSize < 1 || oldSize > size) return false
  if (oldSize === size) return proof.length === 0 && oldRoot.equals(root)
  const path = Number.isInteger(Math.log2(oldSize)) && 2 ** Math.log2(oldSize) === oldSize ? [oldRoot, ...proof] : [...proof]
  const first = path.shift()
  if (!first) return false
  let [node, last] = [oldSize - 1, size - 1]
  while (node % 2 === 1) [node, last] = [half(node), half(last)]
  let [old, now] = [first, first]
  for (const sibling of path) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      old = nodeHash(sibling, old)
      now = nodeHash(sibling, now)
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)]
    } else {
      now = nodeHash(now, sibling)
    }
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && old.equals(oldRoot) && now.equals(root)
}

function inclusionPath(index: number, from: number, to: number): Leaves[] {
  if (to - from === 1) return []
  const middle = from + split(to - from)
  return index < middle ? [...inclusionPath(index, from, middle), { from: middle, to }] : [...inclusionPath(index, middle, to), { from, to: middle }]
}

/** `isWholeOld`: this subtree is all of the old tree, whose root the checker has. */
function consistencyPath(oldTo: number, from: number, to: number, isWholeOld: boolean): Leaves[] {
  if (oldTo === to) return isWholeOld ? [] : [{ from, to }]
  const middle = from + split(to - from)
  return oldTo <= middle ? [...consistencyPath(oldTo, from, middle, isWholeOld), { from: middle, to }] : [...consistencyPath(oldTo, middle, to, false), { from, to: middle }]
}

/** Hashes of these runs of leaves, read in one go. */
async function hashesOf(read: ReadSpans, runs: Leaves[]): Promise<Buffer[]> {
  const plan = runs.map(({ from, to }) => subtreesOf(from, to).map((subtree) => ({ subtree, span: spanOf(subtree) })))
  const rows = await read(plan.flat().map(({ span }) => span))
  let next = 0
  return plan.map((parts) => {
    const range = emptyRange()
    for (const { span } of parts) for (const hash of rows[next++] ?? []) append(range, hash, span.level * TILE_HEIGHT)
    return rootOf(range)
  })
}

function spanOf({ height, index }: Subtree): Span {
  const level = Math.floor(height / TILE_HEIGHT)
  const width = 2 ** (height % TILE_HEIGHT)
  return { level, from: index * width, to: (index + 1) * width }
}

/** The largest power of two below `size`. */
function split(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

const half = (value: number): number => Math.floor(value / 2)
const isWhole = (...values: number[]): boolean => values.every((value) => Number.isSafeInteger(value) && value >= 0)
