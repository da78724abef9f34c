import { createHash } from 'node:crypto'
import type { LogEntry, LogFilter } from '../../../contract/audit/log.ts'
import type { z } from 'zod'
import { listEvents, type LogQuery, type ReadRows } from '../../audit/index.ts'
import { cursorOf, fromCursor, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

/** The log's own statements in this work's transaction; their first value is the tenant, which the work supplies itself. */
export const readOf =
  (ctx: Pick<Ctx, 'run'>): ReadRows =>
  <Row>(sql: string, values: unknown[]) =>
    ctx.run<Row>(statement<Row>(`log_${createHash('sha256').update(sql).digest('base64url').slice(0, 20)}`, sql), values.slice(1))

export type Asked = Partial<z.output<typeof LogFilter>> & { limit: number }
export type LogPage = { rows: LogEntry[]; nextCursor: string | null }

/** One page of the log by a filter of the contract. */
export async function pageOfLog(ctx: Ctx, asked: Asked, list: (read: ReadRows, tenantId: string, query: LogQuery) => Promise<LogEntry[]> = listEvents): Promise<LogPage> {
  const { actorId, personId, objectId, event, without, since, until, cursor, limit } = asked
  const found = await list(readOf(ctx), ctx.tenantId, {
    actorId,
    personId,
    objectId,
    limit: limit + 1,
    after: fromCursor(cursor),
    ...(event ? { events: [event] } : {}),
    ...(without ? { without: [without] } : {}),
    ...(since ? { since: new Date(since) } : {}),
    ...(until ? { until: new Date(until) } : {}),
  })
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return { rows, nextCursor: found.length > limit && last ? cursorOf(new Date(last.at), last.id) : null }
}
