import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { leafOf } from './event.ts'
import type { LogRecord } from './event.ts'
import { isObject, readEntries, toEntry } from './log-entry.ts'
import type { Entry, LogSource } from './log-entry.ts'
import { openHead } from './note.ts'
import type { Head, PublicKey } from './note.ts'
import { inclusionProof, verifyInclusion } from './proof.ts'
import { headsAbove, spanReader } from './tree-store.ts'
import type { HeadRow, ReadRows } from './tree-store.ts'

const PAGE = 1000

/** An event in plain JSON: `at` as ISO 8601, `body` in base64. */
export type EventJson = Omit<LogRecord, 'at' | 'body'> & { at: string; body: string | null }

/** Everything a court needs to see that one event was in the log, without seeing any other. `index` counts from 0, `proof` goes upwards. */
export type ProofBundle = { event: EventJson; leaf: string; index: number; size: number; proof: string[]; note: string }

/**
 * All sealed events of a tenant in tree order, one JSON object a line (NDJSON): tenantId, generation, position, leaf, xid, event.
 * With the published heads it is all that `log:verify` needs. Bodies stay sealed.
 */
export async function* exportLog(read: ReadRows, tenantId: string): AsyncGenerator<string> {
  const trees = await read<{ generation: number }>('select distinct generation from log_heads where tenant_id = $1 order by generation', [tenantId])
  for (const { generation } of trees) {
    let from = 0
    for (;;) {
      const rows = await readEntries(read, { tenantId, generation }, from, PAGE)
      for (const row of rows) yield `${JSON.stringify(toLine(toEntry(row, tenantId)))}\n`
      const last = rows.at(-1)
      if (!last || rows.length < PAGE) break
      from = last.position + 1
    }
  }
}

/** Reads an export again, one line at a time. @throws Error naming the line that is no entry. */
export function exportSource(file: string): LogSource {
  return {
    entries: async function* () {
      let number = 0
      for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
        number += 1
        if (line !== '') yield fromLine(line, number)
      }
    },
    heads: () => Promise.resolve([]),
    trees: () => Promise.resolve([]),
    tiles: null,
    unindexed: null,
    strays: () => Promise.resolve([]),
  }
}

/** Proof of one event under the newest head of its tree, from some kilobytes of stored hashes. Null when there is no such sealed event. */
export async function proveEvent(read: ReadRows, tenantId: string, eventId: string): Promise<ProofBundle | null> {
  const [place] = await read<{ generation: number; position: number }>('select generation, position::float8 as position from log_leaves where tenant_id = $1 and event_id = $2', [
    tenantId,
    eventId,
  ])
  if (!place) return null
  const [row] = await readEntries(read, { tenantId, generation: place.generation }, place.position, 1)
  const head = await newestHead(read, tenantId, place.generation)
  const record = row ? toEntry(row, tenantId).record : null
  if (!row || !record || !head) return null
  const proof = await inclusionProof(spanReader(read, tenantId, place.generation), place.position, head.size)
  return { event: toJson(record), leaf: row.leaf.toString('base64'), index: place.position, size: head.size, proof: proof.map((hash) => hash.toString('base64')), note: head.note }
}

/** Checks a bundle with nothing but the log's public key. Null when event, proof, head and signature do not belong together; else the head. */
export function checkProof(bundle: ProofBundle, publicKey: PublicKey): Head | null {
  const head = openHead(bundle.note, publicKey)
  const record = fromJson(bundle.event)
  if (!head || !record || head.tenantId !== record.tenantId || head.size !== bundle.size) return null
  const leaf = leafOrNull(record)
  const proof = bundle.proof.map((hash) => Buffer.from(hash, 'base64'))
  return leaf && verifyInclusion(leaf, bundle.index, bundle.size, proof, head.root) ? head : null
}

async function newestHead(read: ReadRows, tenantId: string, generation: number): Promise<HeadRow | undefined> {
  const [top] = await read<{ size: number | null }>('select max(size)::float8 as size from log_heads where tenant_id = $1 and generation = $2', [tenantId, generation])
  return typeof top?.size === 'number' ? (await headsAbove(read, tenantId, generation, top.size - 1, 1))[0] : undefined
}

function leafOrNull(record: LogRecord): Buffer | null {
  try {
    return leafOf(record)
  } catch {
    return null
  }
}

const toJson = (record: LogRecord): EventJson => ({ ...record, at: record.at.toISOString(), body: record.body?.toString('base64') ?? null })

function fromJson(event: EventJson): LogRecord | null {
  const at = new Date(event.at)
  if (Number.isNaN(at.getTime()) || at.toISOString() !== event.at || !isObject(event.details) || !Array.isArray(event.personIds)) return null
  return { ...event, at, body: event.body === null ? null : Buffer.from(event.body, 'base64') }
}

type Line = { tenantId: string; generation: number; position: number; leaf: string; eventId: string | null; xid: string | null; event: EventJson | null }

const toLine = ({ tenantId, generation, position, leaf, eventId, xid, record }: Entry): Line => ({
  tenantId,
  generation,
  position,
  leaf: leaf.toString('base64'),
  eventId,
  xid,
  event: record ? toJson(record) : null,
})

function fromLine(text: string, number: number): Entry {
  const line = parse(text)
  if (!line) throw new Error(`line ${number} of the export is no entry of a log`)
  const { tenantId, generation, position, eventId, xid, event } = line
  const leaf = Buffer.from(line.leaf, 'base64')
  return { tenantId, generation, position, eventId, leaf, xid, eventLeaf: event ? leaf : null, record: event ? fromJson(event) : null }
}

function parse(text: string): Line | null {
  try {
    const line = JSON.parse(text) as Line | null
    return line && typeof line.tenantId === 'string' && Number.isSafeInteger(line.generation) && Number.isSafeInteger(line.position) && typeof line.leaf === 'string' ? line : null
  } catch {
    return null
  }
}
