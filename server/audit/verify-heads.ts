import { leafReader, listSizes, readHeadFile, readLatest } from './heads-folder.ts'
import type { LogSource, Tree } from './log-entry.ts'
import { headHash, openHead } from './note.ts'
import type { Head, PublicKey } from './note.ts'
import type { HeadRow } from './tree-store.ts'

/** A head as folder and database give it; `signed` is what may be believed, the folder before the database. */
export type KnownHead = {
  size: number
  signed: Head | null
  faults: string[]
  /** Transactions of this batch in the database: from the head before up to this one. */
  since: bigint
  upto: bigint | null
}
/** Heads of a tree in the order of their size. */
export type HeadsOfTree = {
  tree: Tree
  /** The next one, without passing it. */
  next(): Promise<KnownHead | null>
  take(): void
  publishedLeaf(position: number): Promise<Buffer | null>
  /** Is this the hash of the last head of the tree before? */
  isHeadBefore(hash: Buffer): Promise<boolean>
  close: () => Promise<void>
}

const PAGE = 500

/**
 * Merges the heads of the folder with those of the database and judges each.
 * @param sizes heads in the folder, listed before the database was opened: what is published later is not missing
 */
export function headsOfTree(source: LogSource, headsDir: string | null, publicKey: PublicKey, tree: Tree, sizes: readonly number[]): HeadsOfTree {
  const merged = mergeHeads(source, headsDir, publicKey, tree, sizes)
  const leaves = headsDir === null ? null : leafReader(headsDir, tree)
  let peeked: KnownHead | null | undefined
  return {
    tree,
    next: async () => {
      if (peeked === undefined) peeked = (await merged.next()).value ?? null
      return peeked
    },
    take: () => (peeked = undefined),
    publishedLeaf: (position) => leaves?.at(position) ?? Promise.resolve(null),
    isHeadBefore: async (hash) => (await notesBefore(source, headsDir, tree)).some((note) => headHash(note).equals(hash)),
    close: async () => await leaves?.close(),
  }
}

async function* mergeHeads(source: LogSource, headsDir: string | null, publicKey: PublicKey, tree: Tree, sizes: readonly number[]): AsyncGenerator<KnownHead, null> {
  const files = sizes.values()
  const rows = storedHeads(source, tree)
  let file = files.next().value
  let row = (await rows.next()).value
  let previous: HeadRow | null = null
  while (file !== undefined || row) {
    const size = Math.min(file ?? Infinity, row?.size ?? Infinity)
    const published = headsDir !== null && file === size ? await readHeadFile(headsDir, { ...tree, size }) : null
    const stored = row?.size === size ? row : null
    yield judge({ tree, size, published, stored, previous }, publicKey)
    if (file === size) file = files.next().value
    if (!stored) continue
    previous = stored
    row = (await rows.next()).value
  }
  return null
}

async function* storedHeads(source: LogSource, tree: Tree): AsyncGenerator<HeadRow, null> {
  let above = -1
  for (;;) {
    const page = await source.heads(tree, above)
    yield* page
    const last = page.at(-1)
    if (!last || page.length < PAGE) return null
    above = last.size
  }
}

type Found = { tree: Tree; size: number; published: string | null; stored: HeadRow | null; previous: HeadRow | null }

function judge({ tree, size, published, stored, previous }: Found, publicKey: PublicKey): KnownHead {
  const faults: string[] = []
  const open = (note: string, where: string): Head | null => {
    const head = openHead(note, publicKey)
    if (!head) faults.push(`the ${where} note is not signed with the key of the log`)
    else if (head.tenantId !== tree.tenantId || head.generation !== tree.generation || head.size !== size) faults.push(`the ${where} note belongs to another place`)
    else return head
    return null
  }
  const fromFolder = published === null ? null : open(published, 'published')
  const fromDatabase = stored === null ? null : open(stored.note, 'stored')
  if (fromFolder && stored && published !== stored.note) faults.push('the database holds another note than was published')
  if (fromDatabase && stored && !(stored.root.equals(fromDatabase.root) && stored.at.getTime() === fromDatabase.at.getTime()))
    faults.push('root or time beside the note are not those of the note')
  if (fromDatabase && stored && !isChained(fromDatabase, tree, previous)) faults.push('it does not name the head before it')
  return { size, signed: fromFolder ?? fromDatabase, faults, since: BigInt(previous?.upto ?? '0'), upto: stored ? BigInt(stored.upto) : null }
}

/** The first head of a later generation names one of another tree: that is checked with its first leaf. */
function isChained(head: Head, tree: Tree, previous: HeadRow | null): boolean {
  if (!previous) return tree.generation > 1 ? head.previous !== null : head.previous === null
  return head.previous?.equals(headHash(previous.note)) ?? false
}

async function notesBefore(source: LogSource, headsDir: string | null, { tenantId, generation }: Tree): Promise<string[]> {
  const before = { tenantId, generation: generation - 1 }
  const notes: string[] = []
  for await (const head of storedHeads(source, before)) notes[0] = head.note
  if (headsDir === null) return notes
  const latest = await readLatest(headsDir, tenantId, before.generation)
  const last = (await listSizes(headsDir, tenantId, before.generation)).at(-1)
  const newest = last === undefined ? null : await readHeadFile(headsDir, { ...before, size: last })
  return [...notes, ...[latest, newest].filter((note) => note !== null)]
}
