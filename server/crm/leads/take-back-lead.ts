import type { Ctx } from '../../kernel/index.ts'
import { endGroundsOf } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { tellLead, type LeadHands } from './change-lead.ts'

type Row = LeadHands & { personId: string | null; status: string }
const locked = statement<Row>(
  'lead_to_take_back',
  `select person_id "personId", status, outlet_id "outletId", responsible_id "responsibleId" from leads where tenant_id = $1 and id = $2 for update`,
)
const close = statement(
  'lead_taken_back',
  `
  update leads set status = 'closed', result = 'taken_back', closed_at = $3, undo = null, version = version + 1 where tenant_id = $1 and id = $2 and status <> 'closed'`,
)

/**
 * The distributor takes a request back that had been handed to us: it is closed, and the ground that rests on the handing over ends. What the client
 * and we have agreed on since holds them on its own ground. What is closed already stays as it is.
 */
export async function takeBackLead(ctx: Ctx, { leadId, transferId }: { leadId: string; transferId: string }): Promise<void> {
  const [lead] = await ctx.run(locked, [leadId])
  if (!lead) return
  if (lead.status !== 'closed') await ctx.run(close, [leadId, ctx.now()])
  if (lead.personId) await endGroundsOf(ctx, lead.personId, { transferId }, 'purpose_reached')
  ctx.audit('lead.taken_back', { persons: lead.personId ? [lead.personId] : [], object: { kind: 'lead', id: leadId }, details: { transferId } })
  tellLead(ctx, leadId, lead)
}
