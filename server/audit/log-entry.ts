import type { Canonical } from './canonical-json.ts'
import type { LogRecord } from './event.ts'
import type { HeadRow, ReadRows } from './tree-store.ts'

export type Tree = { tenantId: string; generation: number }

/** A place in a tree and what lies there now. */
export type Entry = Tree & {
  /** Counted from 0. */
  position: number
  /** Null in the first place of a later generation, which holds the head before it. */
  eventId: string | null
  /** The leaf as sealed. */
  leaf: Buffer
  xid: string | null
  /** The leaf beside the event's columns. */
  eventLeaf: Buffer | null
  /** Null when the event is gone or its columns cannot be read. */
  record: LogRecord | null
}

/** Where the verifier reads: the database, or a file that came out of it. */
export type LogSource = {
  /** Tree after tree, each from its first place. */
  entries(): AsyncIterable<Entry>
  /** Heads in the database, ascending; none from a file. */
  heads(tree: Tree, above: number): Promise<HeadRow[]>
  /** Trees that have heads in the database. */
  trees(): Promise<Tree[]>
  /** Stored subtree hashes, null where one is missing; none from a file. */
  tiles: ((tree: Tree, tiles: { level: number; position: number }[]) => Promise<(Buffer | null)[]>) | null
  /** Which of these sealed events are missing from the index by person, in whole or in part; none from a file. */
  unindexed: ((tenantId: string, eventIds: string[]) => Promise<string[]>) | null
  /** Events outside the tree though their time has passed. */
  strays(tenantId: string): Promise<{ id: string; at: string; isBackdated: boolean }[]>
}

/** Columns as text wherever the driver would round or rearrange. */
type EventColumns = Omit<LogRecord, 'at' | 'details'> & { at: string; details: string }
export type EntryRow = EventColumns & { generation: number; position: number; eventId: string | null; leaf: Buffer; xid: string | null; eventLeaf: Buffer | null }

export const eventColumns = `e.tenant_id as "tenantId", e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as at, e.event, e.actor_kind as "actorKind", e.actor_id as "actorId",
  e.role, e.door, e.purpose, e.person_ids as "personIds", e.object_kind as "objectKind", e.object_id as "objectId", e.details::text as details, e.body`

/** Entries of a tree from `from` on, with the events that lie there. $1 tenant, $2 generation. */
export const readEntries = (read: ReadRows, { tenantId, generation }: Tree, from: number, limit: number): Promise<EntryRow[]> =>
  read<EntryRow>(
    `select ${eventColumns}, l.generation, l.position::float8 as position, l.event_id as "eventId", l.leaf, e.xid::text as xid, e.leaf as "eventLeaf"
     from log_leaves l left join log_events e on e.tenant_id = l.tenant_id and e.id = l.event_id
     where l.tenant_id = $1 and l.generation = $2 and l.position >= $3 order by l.position limit $4`,
    [tenantId, generation, from, limit],
  )

export const toEntry = (row: EntryRow, tenantId: string): Entry => ({
  tenantId,
  generation: row.generation,
  position: row.position,
  eventId: row.eventId,
  leaf: row.leaf,
  xid: row.xid,
  eventLeaf: row.eventLeaf,
  record: row.id === null ? null : toRecord(row),
})

/** The event as its writer had it; null when the columns hold what no writer can have written. */
export function toRecord(row: EventColumns): LogRecord | null {
  // Writers give whole milliseconds; a moved microsecond would be lost in a Date.
  if (!row.at.endsWith('000')) return null
  const details: unknown = JSON.parse(row.details)
  if (!isObject(details)) return null
  const { tenantId, id, event, actorKind, actorId, role, door, purpose, personIds, objectKind, objectId, body } = row
  return { tenantId, id, at: new Date(`${row.at.slice(0, -3)}Z`), event, actorKind, actorId, role, door, purpose, personIds, objectKind, objectId, details, body }
}

export const isObject = (value: unknown): value is { [key: string]: Canonical } => typeof value === 'object' && value !== null && !Array.isArray(value)
