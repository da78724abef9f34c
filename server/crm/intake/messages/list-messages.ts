import { intake, type MessageView } from '../../../../contract/crm/intake.ts'
import { fromCursor, handle, pageOf } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import { messageColumns, toMessage, type MessageColumns } from './message-row.ts'

const where: Record<MessageView, string> = { unparsed: `m.status = 'unparsed'`, discarded: `m.status = 'discarded'`, resubmitted: `m.status = 'resubmitted'`, all: 'true' }
const statements = Object.fromEntries(
  Object.entries(where).map(([view, condition]) => [
    view,
    statement<MessageColumns>(
      `message_list_${view}`,
      `
    select ${messageColumns} from intake_messages m join lead_sources s on s.tenant_id = $1 and s.id = m.source_id
    where m.tenant_id = $1 and ${condition} and ($2::uuid is null or m.source_id = $2) and ($3::timestamptz is null or (m.received_at, m.id) < ($3, $4::uuid))
    order by m.received_at desc, m.id desc limit $5`,
    ),
  ]),
) as Record<MessageView, ReturnType<typeof statement<MessageColumns>>>

/** Codes and times only: a message belongs to nobody yet, so whoever has the right sees that it is there, and its content only by opening it. */
export const listMessages = handle(intake.list, async (ctx, { view, sourceId, cursor, limit }) => {
  const place = fromCursor(cursor)
  const rows = await ctx.run(statements[view], [sourceId ?? null, place?.at ?? null, place?.id ?? null, limit + 1])
  const { shown, nextCursor } = pageOf(rows, limit, (row) => [row.receivedAt, row.id])
  return { rows: shown.map(toMessage), nextCursor }
})

const counted = statement<{ unparsed: number }>('message_count', `select count(*)::int unparsed from intake_messages where tenant_id = $1 and status = 'unparsed'`)

export const countMessages = handle(intake.count, async (ctx) => (await ctx.run(counted))[0] ?? { unparsed: 0 })
