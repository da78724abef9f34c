import { z } from 'zod'
import { allDecisions, disputeEvidence, disputeReasons } from '../../../contract/dnm/dispute.ts'
import type { Ctx, LongJob } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { lockNetworkLead, tellNetworkLead } from '../leads/network-row.ts'
import { dueOf, lockTransfer } from '../transfer/transfer-row.ts'

const Opened = z.object({ transferId: z.uuid(), reason: z.enum(disputeReasons), evidence: z.array(z.enum(disputeEvidence)) })
const Decided = z.object({ transferId: z.uuid(), isAccepted: z.boolean(), decision: z.enum(allDecisions) })
const Payload = z.union([z.object({ opened: Opened }), z.object({ decided: Decided })])

const distributorOf = statement<{ distributorTenantId: string }>(
  'received_transfer_distributor',
  `
  select distributor_tenant_id "distributorTenantId" from received_transfers where tenant_id = $1 and id = $2`,
)

/** The job `network-dispute`: at a dealer, what was disputed is told to the distributor; at the distributor, what was decided is told to the dealer. */
export const onNetworkDispute: LongJob = async (act, raw, _about, at) => {
  const payload = Payload.parse(raw)
  if ('opened' in payload) {
    const [found] = await act((ctx) => ctx.run(distributorOf, [payload.opened.transferId]))
    if (found) await at(found.distributorTenantId)((ctx) => keepDispute(ctx, payload.opened))
    return
  }
  const told = await act((ctx) => dueAfter(ctx, payload.decided.transferId))
  if (told) await at(told.dealerTenantId)((ctx) => keepDecision(ctx, payload.decided, told))
}

const add = statement<{ id: string }>(
  'network_dispute_add',
  `
  with dispute as (insert into network_disputes (tenant_id, id, lead_id, dealer_id, reason, evidence, opened_at) values ($1, $3, $2, $4, $5, $6, $7)
    on conflict (tenant_id, lead_id, dealer_id) where state = 'open' do nothing returning id),
  lead as (update network_leads set state = 'disputed', version = version + 1 where tenant_id = $1 and id = $2 and exists (select from dispute))
  select id from dispute`,
)

async function keepDispute(ctx: Ctx, { transferId, reason, evidence }: z.output<typeof Opened>): Promise<void> {
  const transfer = await lockTransfer(ctx, transferId)
  const lead = transfer?.isCurrent ? await lockNetworkLead(ctx, transfer.leadId) : undefined
  // Taken back or closed before the word came: there is nothing left to dispute.
  if (!transfer || !lead || lead.closedAt || transfer.endedAt) return
  const [dispute] = await ctx.run(add, [lead.id, ctx.newId(), transfer.dealerId, reason, evidence, ctx.now()])
  if (!dispute) return
  ctx.audit('dispute.opened', { object: { kind: 'dispute', id: dispute.id }, details: { leadId: lead.id, dealerId: transfer.dealerId, reason } })
  tellNetworkLead(ctx, lead.id)
}

type Due = { dealerTenantId: string; takeDueAt: Date | null; contactDueAt: Date | null }

/** Where to, and until when the dealer has now. */
async function dueAfter(ctx: Ctx, transferId: string): Promise<Due | null> {
  const transfer = await lockTransfer(ctx, transferId)
  if (!transfer?.dealerTenantId) return null
  const due = transfer.isCurrent && transfer.assignedAt ? dueOf(transfer, transfer.assignedAt) : null
  return { dealerTenantId: transfer.dealerTenantId, takeDueAt: due?.takeDueAt ?? null, contactDueAt: due?.contactDueAt ?? null }
}

const keep = statement<{ leadId: string }>(
  'received_transfer_decided',
  `
  update received_transfers set dispute_state = $3, dispute_decision = $4, take_due_at = coalesce($5, take_due_at), first_contact_due_at = coalesce($6, first_contact_due_at), version = version + 1
  where tenant_id = $1 and id = $2 and dispute_state = 'open' returning lead_id "leadId"`,
)

async function keepDecision(ctx: Ctx, { transferId, isAccepted, decision }: z.output<typeof Decided>, { takeDueAt, contactDueAt }: Due): Promise<void> {
  const [kept] = await ctx.run(keep, [transferId, isAccepted ? 'accepted' : 'rejected', decision, takeDueAt, contactDueAt])
  if (!kept) return
  ctx.audit('dispute.decided', { object: { kind: 'lead', id: kept.leadId }, details: { transferId, isAccepted, decision } })
  ctx.live({ kind: 'lead', id: kept.leadId, outletId: null, responsibleId: null })
}
