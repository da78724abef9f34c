/** Merkle tree hashing of RFC 6962 §2.1 (RFC 9162 §2.1): SHA-256, 0x00 before a leaf, 0x01 before two children. */
import { hash } from 'node:crypto'

export const HASH_BYTES = 32
/** A tile row stands for 256 rows of the level below (C2SP tlog-tiles). */
export const TILE_HEIGHT = 8
export const TILE_WIDTH = 2 ** TILE_HEIGHT

export const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer')

/** Hash of a leaf holding these bytes. */
export const leafHash = (bytes: Uint8Array): Buffer => sha256(Buffer.concat([Buffer.of(0x00), bytes]))

const pair = Buffer.alloc(1 + 2 * HASH_BYTES, 0x01)

/** Hash of a node over two children of 32 bytes each. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1)
  pair.set(right, 1 + HASH_BYTES)
  return sha256(pair)
}

/** Root of a tree without leaves. */
export const emptyRoot = (): Buffer => sha256(Buffer.alloc(0))

/** A complete subtree: 2^height leaves, the `index`-th of its height from the left. */
export type Subtree = { height: number; index: number }
/** Row of log_tiles: the subtree of 256^level leaves. */
export type Tile = { level: number; position: number; hash: Buffer }

/**
 * The right edge of a growing tree: at most one subtree per height, so memory is 32 bytes × log2(size).
 * Feed subtrees from left to right; `size` counts leaves. Sizes are whole numbers up to 2^53.
 */
export type CompactRange = { size: number; edge: { height: number; hash: Buffer }[] }

export const emptyRange = (): CompactRange => ({ size: 0, edge: [] })

/** Appends a complete subtree and gives every tile that it completed. @throws RangeError when the subtree does not fit the edge. */
export function append(range: CompactRange, subtreeHash: Buffer, height = 0): Tile[] {
  if (range.size % 2 ** height !== 0) throw new RangeError(`a subtree of height ${height} cannot follow ${range.size} leaves`)
  const tiles: Tile[] = []
  let node = { height, hash: subtreeHash }
  range.size += 2 ** height
  for (;;) {
    if (node.height > height && node.height % TILE_HEIGHT === 0) {
      tiles.push({ level: node.height / TILE_HEIGHT, position: range.size / 2 ** node.height - 1, hash: node.hash })
    }
    const left = range.edge.at(-1)
    if (left?.height !== node.height) break
    range.edge.pop()
    node = { height: node.height + 1, hash: nodeHash(left.hash, node.hash) }
  }
  range.edge.push(node)
  return tiles
}

/** Root of the leaves appended so far. */
export function rootOf(range: CompactRange): Buffer {
  const last = range.edge.at(-1)
  if (!last) return emptyRoot()
  return range.edge.slice(0, -1).reduceRight((right, left) => nodeHash(left.hash, right), last.hash)
}

/** Splits leaves [from, to) into complete subtrees, left to right. */
export function subtreesOf(from: number, to: number): Subtree[] {
  const subtrees: Subtree[] = []
  let at = from
  while (at < to) {
    let height = 0
    while (at % 2 ** (height + 1) === 0 && at + 2 ** (height + 1) <= to) height += 1
    subtrees.push({ height, index: at / 2 ** height })
    at += 2 ** height
  }
  return subtrees
}
