import { disputes } from '../../../contract/dnm/dispute.ts'
import { handle, notFound, seer, wrongState } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'

type Row = { id: string; disputeState: string | null; endedAt: Date | null; status: string }
const find = statement<Row>(
  'received_transfer_to_dispute',
  `
  select r.id, r.dispute_state "disputeState", r.ended_at "endedAt", l.status from leads l join received_transfers r on r.tenant_id = $1 and r.lead_id = l.id
  where l.tenant_id = $1 and l.id = $5 and ${seenText('l', 2)} order by r.at desc limit 1 for update of r`,
)
const open = statement(
  'received_transfer_dispute',
  `
  update received_transfers set dispute_state = 'open', dispute_reason = $3, dispute_decision = null, version = version + 1 where tenant_id = $1 and id = $2`,
)

/** At a dealer: a request of the distributor is disputed. It is written down here, and the distributor learns of it by a job; one word per handing over. */
export const openDispute = handle(disputes.open, async (ctx, { leadId, reason, evidence }) => {
  const [transfer] = await ctx.run(find, [...seerValues(seer(ctx.actor, 'lead.read_all')), leadId])
  if (!transfer) throw notFound()
  if (transfer.endedAt) throw wrongState('ended')
  if (transfer.status === 'closed') throw wrongState('closed')
  if (transfer.disputeState) throw wrongState('disputed')
  await ctx.run(open, [transfer.id, reason])
  ctx.audit('dispute.opened', { object: { kind: 'lead', id: leadId }, details: { transferId: transfer.id, reason } })
  ctx.emit('network-dispute', { opened: { transferId: transfer.id, reason, evidence: [...new Set(evidence)] } })
  ctx.live({ kind: 'lead', id: leadId, outletId: null, responsibleId: null })
  return {}
})
