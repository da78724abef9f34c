import { hash } from 'node:crypto'
import type { AuditEvent } from '../../contract/audit-events.ts'
import type { Purpose } from '../../contract/purposes.ts'
import { canonicalJson, canonicalText } from './canonical-json.ts'
import type { Canonical } from './canonical-json.ts'
import { sha256 } from './merkle.ts'

export const actorKinds = ['staff', 'key', 'job', 'subject', 'visitor', 'support', 'platform'] as const
export type ActorKind = (typeof actorKinds)[number]

/** A row of log_events as it was written; the verifier reads whatever lies there, so its words are plain strings. */
export type LogRecord = {
  tenantId: string
  id: string
  /** UTC, whole milliseconds; set by the writer because it is part of the leaf. */
  at: Date
  event: string
  actorKind: string
  actorId: string | null
  role: string
  /** The way in: "POST /leads", "job lead-deadline", "vault reveal". */
  door: string
  purpose: string | null
  personIds: readonly string[]
  objectKind: string | null
  objectId: string | null
  /** Strings, whole numbers, booleans; never personal data: it is not sealed and never dies. */
  details: { readonly [key: string]: Canonical }
  /** Sealed under the person's key: dies with it, while the leaf holds only its hash. */
  body: Buffer | null
}
/** An event as acts and the vault write it: who did what, to whom, why, through which door. */
export type LogEvent = LogRecord & { event: AuditEvent; actorKind: ActorKind; purpose: Purpose | null }

/** Statement and values, as `ctx.run` and `pg` take them. */
export type Run = (sql: string, values: unknown[]) => Promise<unknown>

export const MAX_EVENTS_PER_STATEMENT = 1000

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const emptyHash = sha256(Buffer.alloc(0))
const leafPrefix = Buffer.of(0x00)

/**
 * The leaf of an event (RFC 6962 §2.1): SHA-256(0x00 ‖ canonical JSON of the columns ‖ SHA-256(body or nothing)), 32 bytes.
 * @throws TypeError for a value that the database would give back differently (an upper-case UUID, a fraction, an invalid date).
 */
export function leafOf(event: LogRecord): Buffer {
  return leafWith(event, canonicalDetails(event))
}

/**
 * Writes 1 to 1000 events, of one tenant or several, in one statement inside the caller's transaction.
 * @throws RangeError for none or too many; TypeError as `leafOf`, before anything is sent.
 */
export async function insertEvents(run: Run, events: readonly LogEvent[]): Promise<void> {
  if (events.length < 1 || events.length > MAX_EVENTS_PER_STATEMENT) throw new RangeError(`1 to ${MAX_EVENTS_PER_STATEMENT} events in one statement, not ${events.length}`)
  const details = events.map(canonicalDetails)
  const column = <T>(pick: (event: LogEvent) => T): T[] => events.map(pick)
  await run(insertSql, [
    column((event) => event.tenantId),
    column((event) => event.id),
    column((event) => event.at.toISOString()),
    column((event) => event.event),
    column((event) => event.actorKind),
    column((event) => event.actorId),
    column((event) => event.role),
    column((event) => event.door),
    column((event) => event.purpose),
    column((event) => `{${event.personIds.join(',')}}`),
    column((event) => event.objectKind),
    column((event) => event.objectId),
    details,
    column((event) => event.body),
    events.map((event, i) => leafWith(event, details[i] ?? '{}')),
  ])
}

const insertSql = `insert into log_events
  (tenant_id, id, at, event, actor_kind, actor_id, role, door, purpose, person_ids, object_kind, object_id, details, body, leaf)
select tenant_id, id, at, event, actor_kind, actor_id, role, door, purpose, person_ids::uuid[], object_kind, object_id, details::jsonb, body, leaf
from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::uuid[],
  $13::text[], $14::bytea[], $15::bytea[])
  as given (tenant_id, id, at, event, actor_kind, actor_id, role, door, purpose, person_ids, object_kind, object_id, details, body, leaf)`

function canonicalDetails({ details }: LogRecord): string {
  if (typeof details !== 'object' || details === null || Array.isArray(details)) throw new TypeError('details must be an object')
  return canonicalJson(details)
}

/** The members stand in sorted order, so this is what `canonicalJson` would write, without building and sorting an object per event. */
function leafWith(event: LogRecord, details: string): Buffer {
  const text =
    `{"actorId":${uuid(event.actorId)},"actorKind":${canonicalText(event.actorKind)},"at":"${event.at.toISOString()}","details":${details}` +
    `,"door":${canonicalText(event.door)},"event":${canonicalText(event.event)},"id":${uuid(event.id)},"objectId":${uuid(event.objectId)}` +
    `,"objectKind":${textOrNull(event.objectKind)},"personIds":[${event.personIds.map(uuid).join(',')}],"purpose":${textOrNull(event.purpose)}` +
    `,"role":${canonicalText(event.role)},"tenantId":${uuid(event.tenantId)}}`
  return hash('sha256', Buffer.concat([leafPrefix, Buffer.from(text), event.body ? sha256(event.body) : emptyHash]), 'buffer')
}

const textOrNull = (text: string | null): string => (text === null ? 'null' : canonicalText(text))

function uuid(id: string | null): string {
  if (id === null) return 'null'
  if (typeof id !== 'string' || !uuidForm.test(id)) throw new TypeError('ids in the log are UUIDs in lower case')
  return `"${id}"`
}
