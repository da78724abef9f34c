/** What the screens ask of the log. Every statement carries the tenant as `$1`, and runs under row security besides. */
import type { LogEntry, LogHead } from '../../contract/audit/log.ts'
import type { AuditEvent } from '../../contract/audit-events.ts'
import type { ReadRows } from './tree-store.ts'

/** Events by which somebody came to see a person, or to know that we hold them. */
export const lookEvents = [
  'person.revealed',
  'person.listed',
  'person.searched',
  'person.matched',
  'message.opened',
  'canary.revealed',
  'staff.named',
] as const satisfies AuditEvent[]

export type LogQuery = {
  actorId?: string | undefined
  personId?: string | undefined
  objectId?: string | undefined
  events?: readonly AuditEvent[] | undefined
  /** Everything but these. */
  without?: readonly AuditEvent[] | undefined
  /** From here on. */
  since?: Date | undefined
  /** Before. */
  until?: Date | undefined
  /** The last row already shown: goes on behind it. */
  after?: { at: Date; id: string } | undefined
  /** 1 to 100. */
  limit: number
}

const MAX_LIMIT = 100

/**
 * Events of a tenant, newest first; give `limit` + 1 to know whether there are more.
 * By person the index is the sealer's, so an event shows there a second or two later. @throws RangeError for a limit outside 1 to 101.
 */
export async function listEvents(read: ReadRows, tenantId: string, query: LogQuery): Promise<LogEntry[]> {
  assertLimit(query.limit)
  const values: unknown[] = [tenantId]
  const given = (value: unknown): string => `$${values.push(value)}`
  const at = query.personId === undefined ? 'e.at' : 'p.at'
  const id = query.personId === undefined ? 'e.id' : 'p.event_id'
  const conditions = ['e.tenant_id = $1']
  if (query.personId !== undefined) conditions.push('p.tenant_id = $1', `p.person_id = ${given(query.personId)}`, 'p.person_id = any(e.person_ids)')
  if (query.actorId !== undefined) conditions.push(`e.actor_id = ${given(query.actorId)}`)
  if (query.objectId !== undefined) conditions.push(`e.object_id = ${given(query.objectId)}`)
  if (query.events !== undefined) conditions.push(`e.event = any(${given(query.events)}::text[])`)
  if (query.without !== undefined) conditions.push(`e.event <> all(${given(query.without)}::text[])`)
  if (query.since !== undefined) conditions.push(`${at} >= ${given(query.since)}`)
  if (query.until !== undefined) conditions.push(`${at} < ${given(query.until)}`)
  if (query.after !== undefined) conditions.push(`(${at}, ${id}) < (${given(query.after.at)}::timestamptz, ${given(query.after.id)}::uuid)`)
  const from = query.personId === undefined ? 'log_events e' : 'log_event_persons p join log_events e on e.tenant_id = p.tenant_id and e.id = p.event_id'
  return await read<LogEntry>(
    `select ${entryColumns} from ${from} left join log_leaves l on l.tenant_id = e.tenant_id and l.event_id = e.id
     where ${conditions.join(' and ')} order by ${at} desc, ${id} desc limit ${given(query.limit)}`,
    values,
  )
}

/** Who looked at this person, newest first (152-ФЗ art. 14 ч.7: who has access to the data). */
export const listLooks = (read: ReadRows, tenantId: string, query: LogQuery & { personId: string }): Promise<LogEntry[]> =>
  listEvents(read, tenantId, { ...query, events: lookEvents })

/** Signed heads, newest first, behind `after`; give `limit` + 1 to know whether there are more. */
export async function listHeads(read: ReadRows, tenantId: string, query: { after?: { generation: number; size: number } | undefined; limit: number }): Promise<LogHead[]> {
  assertLimit(query.limit)
  return await read<LogHead>(
    `select generation, size::float8 as size, ${isoTime('at')} as at, encode(root, 'base64') as root, note from log_heads
     where tenant_id = $1 and ($2::int is null or (generation, size) < ($2, $3::int8)) order by generation desc, size desc limit $4`,
    [tenantId, query.after?.generation ?? null, query.after?.size ?? null, query.limit],
  )
}

const isoTime = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const entryColumns = `e.id, ${isoTime('e.at')} as at, e.event, e.actor_kind as "actorKind", e.actor_id as "actorId", e.role, e.door, e.purpose, e.person_ids as "personIds",
  e.object_kind as "objectKind", e.object_id as "objectId", e.details, l.position::float8 as position`

function assertLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT + 1) throw new RangeError(`a page of the log has 1 to ${MAX_LIMIT} rows`)
}
