import { disputes, type Dispute } from '../../../contract/dnm/dispute.ts'
import { workingMinutesBetween } from '../../crm/index.ts'
import { fromCursor, handle, notFound, pageOf, stale, wrongState, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { scheduleLook } from '../leads/give.ts'
import { lockNetworkLead, stateOf, tellNetworkLead, type NetworkColumns } from '../leads/network-row.ts'

type Row = Omit<Dispute, 'openedAt' | 'decidedAt'> & { openedAt: Date; decidedAt: Date | null }
const list = statement<Row>(
  'network_dispute_list',
  `
  select x.id, x.lead_id "networkLeadId", n.number, d.name dealer, x.reason, x.evidence, x.state, x.decision, x.opened_at "openedAt", x.decided_at "decidedAt", x.decided_by "decidedBy",
    x.excused_minutes "excusedMinutes", x.version
  from network_disputes x join network_leads n on n.tenant_id = $1 and n.id = x.lead_id join network_dealers d on d.tenant_id = $1 and d.id = x.dealer_id
  where x.tenant_id = $1 and ($2::text is null or x.state = $2) and ($3::timestamptz is null or (x.opened_at, x.id) < ($3, $4::uuid)) order by x.opened_at desc, x.id desc limit $5`,
)

export const listDisputes = handle(disputes.list, async (ctx, { state, cursor, limit }) => {
  const place = fromCursor(cursor)
  const rows = await ctx.run(list, [state === 'all' ? null : state, place?.at ?? null, place?.id ?? null, limit + 1])
  const { shown, nextCursor } = pageOf(rows, limit, (row) => [row.openedAt, row.id])
  return {
    rows: shown.map((row) => ({ ...row, openedAt: row.openedAt.toISOString(), decidedAt: row.decidedAt?.toISOString() ?? null })),
    nextCursor,
  }
})

type Locked = { leadId: string; dealerId: string; state: string; openedAt: Date; version: number; transferId: string | null }
const locked = statement<Locked>(
  'network_dispute_locked',
  `
  select x.lead_id "leadId", x.dealer_id "dealerId", x.state, x.opened_at "openedAt", x.version,
    (select t.id from network_transfers t where t.tenant_id = $1 and t.lead_id = x.lead_id and t.dealer_id = x.dealer_id and t.at <= x.opened_at order by t.at desc limit 1) "transferId"
  from network_disputes x where x.tenant_id = $1 and x.id = $2 for update of x`,
)
const decide = statement(
  'network_dispute_decide',
  `
  update network_disputes set state = $3, decision = $4, decided_at = $5, decided_by = $6, excused_minutes = $7, version = version + 1 where tenant_id = $1 and id = $2`,
)
const release = statement(
  'network_lead_release',
  `update network_leads set state = $3, excused_minutes = excused_minutes + $4, version = version + 1 where tenant_id = $1 and id = $2`,
)

/** A human decides. Accepted: the working time that the dispute took is taken out of the dealer's clocks; rejected: the clocks have gone on all the while. */
export const decideDispute = handle(disputes.decide, async (ctx, { disputeId, version, isAccepted, decision }) => {
  const [dispute] = await ctx.run(locked, [disputeId])
  if (!dispute) throw notFound()
  if (dispute.version !== version) throw stale({ version: dispute.version, state: dispute.state })
  if (dispute.state !== 'open') throw wrongState(dispute.state)
  const lead = await lockNetworkLead(ctx, dispute.leadId)
  const isTheirs = lead?.dealerId === dispute.dealerId
  const excused = lead && isTheirs && isAccepted ? minutesOf(lead, dispute.openedAt, ctx.now()) : 0
  await ctx.run(decide, [disputeId, isAccepted ? 'accepted' : 'rejected', decision, ctx.now(), ctx.me, excused])
  if (lead && isTheirs) await letGoOn(ctx, lead, excused)
  ctx.audit('dispute.decided', { object: { kind: 'dispute', id: disputeId }, details: { leadId: dispute.leadId, isAccepted, decision, excused } })
  if (dispute.transferId) ctx.emit('network-dispute', { decided: { transferId: dispute.transferId, isAccepted, decision } })
  return { id: disputeId, version: version + 1 }
})

async function letGoOn(ctx: Ctx, lead: NetworkColumns, excused: number): Promise<void> {
  await ctx.run(release, [lead.id, stateOf(lead), excused])
  if (!lead.closedAt && !lead.firstContactAt) scheduleLook(ctx, lead.id, ctx.now())
  tellNetworkLead(ctx, lead.id)
}

/** Rounded up: in doubt for the one who was right. */
const minutesOf = ({ timeZone, hours }: NetworkColumns, from: Date, to: Date): number =>
  timeZone && hours ? Math.ceil(workingMinutesBetween({ timeZone, week: hours }, from, to)) : 0
