import { leafOf } from './event.ts'
import type { HeadsOfTree, KnownHead } from './verify-heads.ts'
import type { Entry, LogSource, Tree } from './log-entry.ts'
import { append, emptyRange, leafHash, rootOf } from './merkle.ts'
import type { CompactRange, Tile } from './merkle.ts'
import { describeDifferences } from './verify-difference.ts'
import type { Difference } from './verify-difference.ts'

export type ProblemKind = 'changed' | 'removed' | 'inserted' | 'reordered' | 'head'
/** The exact place where the log is not what was sealed. Positions count from 0; null when the event is outside the tree. */
export type Problem = Tree & { kind: ProblemKind; position: number | null; eventId: string | null; what: string }
export type Report = (problem: Problem) => void

const TILES_AT_ONCE = 256
const LOOKS_AT_ONCE = 1000
const DIFFERENCES_KEPT = 200

/** Checks one tree, fed entry by entry; holds a few kilobytes however long the tree is. */
export class TreeCheck {
  readonly tree: Tree
  heads = 0
  private readonly source: LogSource
  private readonly known: HeadsOfTree
  private readonly report: Report
  private range: CompactRange = emptyRange()
  /** The tree of the published leaves, from the first place where they differ from ours. */
  private published: CompactRange | null = null
  private differences: Difference[] = []
  private disordered: Entry[] = []
  private tiles: Tile[] = []
  /** Events of people whose place in the index is still to be looked up, with their positions. */
  private looks = new Map<string, number>()
  private before: { xid: bigint; id: string } | null = null
  /** First and last event since the head before. */
  private batch: { first: Entry; last: Entry } | null = null
  private expected = 0
  /** Places are missing or foreign: no later root can come out right, and saying so for each would hide the cause. */
  private isBroken = false
  private goodSize = 0
  private link: Entry | null = null

  constructor(source: LogSource, known: HeadsOfTree, report: Report) {
    this.tree = known.tree
    this.source = source
    this.known = known
    this.report = report
  }

  async add(entry: Entry): Promise<void> {
    if (entry.position !== this.expected) this.gap(entry.position)
    this.expected = entry.position + 1
    this.checkEvent(entry)
    await this.compareWithPublished(entry)
    this.tiles.push(...append(this.range, entry.leaf))
    if (this.tiles.length >= TILES_AT_ONCE) await this.checkTiles()
    if (this.looks.size >= LOOKS_AT_ONCE) await this.checkLooks()
    this.checkOrder(entry)
    for (let head = await this.known.next(); head && head.size <= this.expected; head = await this.known.next()) {
      this.known.take()
      await this.checkHead(head)
    }
  }

  async finish(): Promise<void> {
    await this.checkTiles()
    await this.checkLooks()
    const end = this.expected
    let missing = 0
    for (let head = await this.known.next(); head; head = await this.known.next()) {
      this.known.take()
      this.heads += 1
      this.checkNote(head)
      missing = Math.max(missing, head.size)
    }
    if (missing > end) this.problem('removed', end, null, `the tree ends after ${end} entries; a head speaks of ${missing}: entries ${end} to ${missing - 1} are gone`)
  }

  private problem(kind: ProblemKind, position: number | null, eventId: string | null, what: string): void {
    this.report({ ...this.tree, kind, position, eventId, what })
  }

  private gap(found: number): void {
    const last = found - 1
    this.problem('removed', this.expected, null, last > this.expected ? `entries ${this.expected} to ${last} of the tree are gone` : `entry ${last} of the tree is gone`)
    this.isBroken = true
  }

  private checkEvent(entry: Entry): void {
    const { position, eventId } = entry
    if (eventId === null) return this.checkLink(entry)
    if (entry.eventLeaf === null) return this.problem('removed', position, eventId, 'the event is gone from the log; its leaf is still in the tree')
    const leaf = recomputed(entry)
    if (!leaf?.equals(entry.leaf)) return this.problem('changed', position, eventId, 'the columns of the event do not give the leaf that was sealed')
    if (!leaf.equals(entry.eventLeaf)) return this.problem('changed', position, eventId, 'the leaf beside the event was changed')
    if (entry.record && entry.record.personIds.length > 0) this.looks.set(eventId, position)
  }

  private checkLink(entry: Entry): void {
    if (entry.position === 0 && this.tree.generation > 1) this.link = entry
    else this.problem('inserted', entry.position, null, 'an entry without an event stands inside the tree')
  }

  /** Batches are sealed in order of transaction and id. */
  private checkOrder(entry: Entry): void {
    if (entry.xid === null || entry.eventId === null) return
    const xid = BigInt(entry.xid)
    const isAfter = !this.before || xid > this.before.xid || (xid === this.before.xid && entry.eventId > this.before.id)
    this.batch = { first: this.batch?.first ?? entry, last: entry }
    if (!isAfter && this.disordered.length < DIFFERENCES_KEPT) this.disordered.push(entry)
    this.before = { xid, id: entry.eventId }
  }

  private async compareWithPublished(entry: Entry): Promise<void> {
    const leaf = await this.known.publishedLeaf(entry.position)
    if (!leaf) return
    if (!this.published && leaf.equals(entry.leaf)) return
    this.published ??= copy(this.range)
    if (!leaf.equals(entry.leaf) && this.differences.length < DIFFERENCES_KEPT) this.differences.push({ entry, sealed: leaf })
    append(this.published, leaf)
  }

  private async checkHead(head: KnownHead): Promise<void> {
    this.heads += 1
    const signed = this.checkNote(head)
    if (this.link && signed) await this.checkLinkLeaf(this.link, signed.previous)
    if (!this.isBroken && signed) this.checkRoot(head.size, signed.root)
    this.checkDisordered(head)
    this.checkBounds(head)
    this.differences = []
    this.published = null
    this.before = null
    this.batch = null
  }

  /** A batch holds what was settled after the head before; only a tree that takes over from another cluster has foreign transaction numbers. */
  private checkBounds({ since, upto }: KnownHead): void {
    if (this.isBroken || this.differences.length > 0 || !this.batch || upto === null || (this.tree.generation > 1 && since === 0n)) return
    const { first, last } = this.batch
    const isEarly = first.xid !== null && BigInt(first.xid) < since
    const isLate = last.xid !== null && BigInt(last.xid) > upto
    for (const entry of new Set([...(isEarly ? [first] : []), ...(isLate ? [last] : [])])) {
      this.problem('changed', entry.position, entry.eventId, 'the transaction number lies outside the batch that the event was sealed in')
    }
  }

  private checkRoot(size: number, root: Buffer): void {
    if (rootOf(this.range).equals(root)) {
      this.goodSize = size
      return
    }
    this.tiles = []
    if (this.published && rootOf(this.published).equals(root)) {
      const { problems, isShifted } = describeDifferences(this.differences)
      for (const { kind, position, eventId, what } of problems) this.problem(kind, position, eventId, what)
      this.range = this.published
      this.isBroken = isShifted
    } else {
      const place = this.goodSize === size - 1 ? `entry ${size - 1}` : `entries ${this.goodSize} to ${size - 1}`
      this.problem(
        'head',
        this.goodSize,
        null,
        `the leaves do not give the root of the head of ${size}: ${place} were rewritten together with their leaves, or the head is another tree's`,
      )
      this.isBroken = true
    }
    this.goodSize = size
  }

  /** When the root is right the places are right, so it is the transaction number that was changed. */
  private checkDisordered(head: KnownHead): void {
    const isPlaceRight = !this.isBroken && this.differences.length === 0
    for (const { position, eventId } of this.disordered) {
      if (isPlaceRight)
        this.problem('changed', position, eventId, `the transaction number does not fit the place: batches lie in order of transaction and id (head of ${head.size})`)
      else if (this.differences.length === 0) this.problem('reordered', position, eventId, 'the event stands before one that was sealed earlier')
    }
    this.disordered = []
  }

  private checkNote(head: KnownHead): KnownHead['signed'] {
    for (const what of head.faults) this.problem('head', head.size, null, `head of ${head.size}: ${what}`)
    return head.signed
  }

  private async checkLinkLeaf(link: Entry, previous: Buffer | null): Promise<void> {
    this.link = null
    if (!previous || !leafHash(previous).equals(link.leaf)) return this.problem('changed', 0, null, 'the first leaf is not the hash of the head of the tree before')
    if (!(await this.known.isHeadBefore(previous))) this.problem('head', 0, null, 'the tree continues a head that is not at hand: give the folder of published heads')
  }

  /** "Who looked at me" reads the index: a row taken out of it would hide a look that the tree still proves. */
  private async checkLooks(): Promise<void> {
    const looks = this.looks
    this.looks = new Map()
    if (!this.source.unindexed || looks.size === 0) return
    for (const eventId of await this.source.unindexed(this.tree.tenantId, [...looks.keys()])) {
      this.problem('removed', looks.get(eventId) ?? null, eventId, 'the event is missing from the index by person: who looks for it there does not see it')
    }
  }

  private async checkTiles(): Promise<void> {
    const tiles = this.tiles
    this.tiles = []
    if (!this.source.tiles || this.isBroken || tiles.length === 0) return
    const stored = await this.source.tiles(this.tree, tiles)
    tiles.forEach(({ level, position, hash }, i) => {
      if (stored[i]?.equals(hash)) return
      this.problem('changed', position * 256 ** level, null, `stored hash ${position} of level ${level} is not that of its leaves: proofs built on it would fail`)
    })
  }
}

const copy = (range: CompactRange): CompactRange => ({ size: range.size, edge: [...range.edge] })

function recomputed({ record, eventId, tenantId }: Entry): Buffer | null {
  if (!record || record.id !== eventId || record.tenantId !== tenantId) return null
  try {
    return leafOf(record)
  } catch {
    return null
  }
}
