import type { z } from 'zod'
import { received, type ReceivedTransfer, type SubjectNotice } from '../../../contract/dnm/received.ts'
import { fromCursor, handle, notFound, pageOf, seer } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'

type Row = Omit<ReceivedTransfer, 'at' | 'takeDueAt' | 'firstContactDueAt' | 'endedAt' | 'dispute'> & {
  at: Date
  takeDueAt: Date
  firstContactDueAt: Date
  endedAt: Date | null
  disputeState: NonNullable<ReceivedTransfer['dispute']>['state'] | null
  disputeReason: NonNullable<ReceivedTransfer['dispute']>['reason'] | null
  disputeDecision: NonNullable<ReceivedTransfer['dispute']>['decision']
}
const columns = `r.id, r.lead_id "leadId", l.number "leadNumber", r.distributor, r.number, r.basis, r.at, r.take_due_at "takeDueAt", r.first_contact_due_at "firstContactDueAt", r.ended_at "endedAt",
  r.ended_because "endedBecause", r.dispute_state "disputeState", r.dispute_reason "disputeReason", r.dispute_decision "disputeDecision"`
const list = statement<Row>(
  'received_list',
  `
  select ${columns} from received_transfers r join leads l on l.tenant_id = $1 and l.id = r.lead_id
  where r.tenant_id = $1 and ${seenText('l', 2)} and ($5::timestamptz is null or (r.at, r.id) < ($5, $6::uuid)) order by r.at desc, r.id desc limit $7`,
)

function toReceived({ disputeState, disputeReason, disputeDecision, ...row }: Row): z.input<typeof ReceivedTransfer> {
  return {
    ...row,
    at: row.at.toISOString(),
    takeDueAt: row.takeDueAt.toISOString(),
    firstContactDueAt: row.firstContactDueAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    dispute: disputeState && disputeReason ? { state: disputeState, reason: disputeReason, decision: disputeDecision } : null,
  }
}

export const listReceived = handle(received.list, async (ctx, { cursor, limit }) => {
  const place = fromCursor(cursor)
  const rows = await ctx.run(list, [...seerValues(seer(ctx.actor, 'lead.read_all')), place?.at ?? null, place?.id ?? null, limit + 1])
  const { shown, nextCursor } = pageOf(rows, limit, (row) => [row.at, row.id])
  return { rows: shown.map(toReceived), nextCursor }
})

const lead = statement<{ id: string }>('received_lead', `select l.id from leads l where l.tenant_id = $1 and l.id = $5 and ${seenText('l', 2)}`)
const ofLead = statement<Row>(
  'received_of_lead',
  `
  select ${columns} from received_transfers r join leads l on l.tenant_id = $1 and l.id = r.lead_id where r.tenant_id = $1 and r.lead_id = $2 order by r.at desc limit 1`,
)
const duplicate = statement<{ otherNumber: number }>('network_duplicate_of', `select other_number "otherNumber" from network_duplicates where tenant_id = $1 and lead_id = $2`)

/** What stands beside a lead in its drawer. */
export const showReceived = handle(received.ofLead, async (ctx, { leadId }) => {
  const [[found], [transfer], [other]] = await Promise.all([
    ctx.run(lead, [...seerValues(seer(ctx.actor, 'lead.read_all')), leadId]),
    ctx.run(ofLead, [leadId]),
    ctx.run(duplicate, [leadId]),
  ])
  if (!found) throw notFound()
  return { transfer: transfer ? toReceived(transfer) : null, duplicateOf: other?.otherNumber ?? null }
})

type Notice = Omit<SubjectNotice, 'at' | 'seenAt'> & { at: Date; seenAt: Date | null }
const notices = statement<Notice>(
  'subject_notices',
  `
  select id, lead_id "leadId", number, what, ended_ground "endedGround", at, seen_at "seenAt" from subject_notices
  where tenant_id = $1 and ($2::boolean is null or (seen_at is not null) = $2) and ($3::timestamptz is null or (at, id) < ($3, $4::uuid)) order by at desc, id desc limit $5`,
)

export const listNotices = handle(received.notices, async (ctx, { cursor, limit, isSeen }) => {
  const place = fromCursor(cursor)
  const rows = await ctx.run(notices, [isSeen ?? null, place?.at ?? null, place?.id ?? null, limit + 1])
  const { shown, nextCursor } = pageOf(rows, limit, (row) => [row.at, row.id])
  return {
    rows: shown.map((row) => ({ ...row, at: row.at.toISOString(), seenAt: row.seenAt?.toISOString() ?? null })),
    nextCursor,
  }
})

export const seeNotice = handle(received.seeNotice, async (ctx, { noticeId }) => {
  const row = await ctx.db.selectFrom('subjectNotices').select(['id', 'seenAt']).where('id', '=', noticeId).forUpdate().executeTakeFirst()
  if (!row) throw notFound()
  if (!row.seenAt) await ctx.db.updateTable('subjectNotices').set({ seenAt: ctx.now() }).where('id', '=', noticeId).execute()
  ctx.audit('subject_notice.seen', { object: { kind: 'subject_notice', id: noticeId } })
  return {}
})
