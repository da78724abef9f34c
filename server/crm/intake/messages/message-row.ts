import type { z } from 'zod'
import type { MessageRow } from '../../../../contract/crm/intake.ts'
import { notFound, stale, wrongState, type Ctx } from '../../../kernel/index.ts'

export type MessageColumns = Omit<z.input<typeof MessageRow>, 'receivedAt'> & { receivedAt: Date }
export const messageColumns = `m.id, m.source_id "sourceId", s.name source, m.format, m.status, m.problem, m.problem_at "problemAt", m.discarded_because "discardedBecause",
  m.notices, m.lead_id "leadId", m.received_at "receivedAt", m.version`

export const toMessage = (row: MessageColumns): z.input<typeof MessageRow> => ({ ...row, receivedAt: row.receivedAt.toISOString() })

type Locked = { sourceId: string; externalRef: string | null; format: MessageColumns['format']; problem: string | null; receivedAt: Date }

/** A message locked for a change, in the state the change needs; refuses a lost update and says what stands there now. */
export async function lockMessage(ctx: Ctx, messageId: string, version: number, state: MessageColumns['status']): Promise<Locked> {
  const row = await ctx.db
    .selectFrom('intakeMessages')
    .select(['sourceId', 'externalRef', 'format', 'problem', 'receivedAt', 'status', 'version'])
    .where('id', '=', messageId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound()
  if (row.version !== version) throw stale({ version: row.version, status: row.status })
  if (row.status !== state) throw wrongState(row.status)
  return row
}

export const tellOfMessage = (ctx: Ctx, id: string): void => ctx.live({ kind: 'message', id, outletId: null, responsibleId: null })
