import { mailings, type MessageReason, type MessageState } from '../../../contract/mailing/mailing.ts'
import { fromCursor, handle, pageOf } from '../../kernel/index.ts'
import { maskedPeople } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { mailingColumns, mailingJoins, readMailing, toMailing, type MailingColumns } from './mailing-row.ts'

const list = statement<MailingColumns>(
  'mailing_list',
  `
  select ${mailingColumns} from ${mailingJoins}
  where m.tenant_id = $1 and ($2::timestamptz is null or (m.created_at, m.id) < ($2, $3::uuid)) order by m.created_at desc, m.id desc limit $4`,
)

export const listMailings = handle(mailings.list, async (ctx, { cursor, limit }) => {
  const place = fromCursor(cursor)
  const rows = await ctx.run(list, [place?.at ?? null, place?.id ?? null, limit + 1])
  const { shown, nextCursor } = pageOf(rows, limit, (row) => [row.createdAt, row.id])
  return { rows: shown.map(toMailing), nextCursor }
})

const count = statement<{ state: MessageState; because: MessageReason | null; messages: number }>(
  'mailing_counts',
  `
  select state, because, count(*)::int messages from outbound_messages where tenant_id = $1 and mailing_id = $2 group by 1, 2 order by 1, 2`,
)

export const showMailing = handle(mailings.show, async (ctx, { mailingId }) => {
  const mailing = await readMailing(ctx, mailingId)
  return { mailing: toMailing(mailing), counts: await ctx.run(count, [mailingId]) }
})

type MessageRow = { id: string; personId: string | null; state: MessageState; because: MessageReason | null; queuedAt: Date; at: Date }
const messages = statement<MessageRow>(
  'mailing_messages',
  `
  select id, person_id "personId", state, because, queued_at "queuedAt", coalesce(settled_at, queued_at) at from outbound_messages
  where tenant_id = $1 and mailing_id = $2 and state = $3 and ($4::text is null or because = $4) and ($5::timestamptz is null or (queued_at, id) > ($5, $6::uuid))
  order by queued_at, id limit $7`,
)

/** The people behind a number. Whoever may not see clients sees that there is somebody, and why; the vault decides. */
export const listMessages = handle(mailings.messages, async (ctx, { mailingId, state, because, cursor, limit }) => {
  await readMailing(ctx, mailingId)
  const place = fromCursor(cursor)
  const rows = await ctx.run(messages, [mailingId, state, because ?? null, place?.at ?? null, place?.id ?? null, limit + 1])
  const { shown, nextCursor } = pageOf(rows, limit, (row) => [row.queuedAt, row.id])
  const masks = await maskedPeople(
    ctx,
    shown.map(({ personId }) => personId),
  )
  return {
    rows: shown.map(({ queuedAt: _queued, at, ...row }) => ({ ...row, at: at.toISOString(), masked: masks.get(row.personId) ?? null })),
    nextCursor,
  }
})
