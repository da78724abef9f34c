import type { LeadRow } from '../../../contract/crm/lead.ts'
import type { Ctx } from '../../kernel/index.ts'
import { startTerm, stopTerm } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { tellLead, type LeadHands } from './change-lead.ts'
import { scheduleDeadline } from './lead-deadline.ts'

type Row = LeadHands & { personId: string | null; status: LeadRow['status'] }
const hand = statement<Row>(
  'lead_hand_on',
  `
  update leads set handed_on = $3, version = version + 1 where tenant_id = $1 and id = $2 and handed_on <> $3 returning person_id "personId", outlet_id "outletId", responsible_id "responsibleId", status`,
)

/** A dealer answers this request from now on, and our clocks rest; or no dealer does, and it is ours again with every minute it has waited. */
export async function handOn(ctx: Ctx, leadId: string, handedOn: boolean): Promise<void> {
  const [lead] = await ctx.run(hand, [leadId, handedOn])
  if (!lead) return
  if (!handedOn && lead.status !== 'closed') scheduleDeadline(ctx, leadId, ctx.now())
  tellLead(ctx, leadId, lead)
}

const settle = statement<Row>(
  'lead_settle_handed_on',
  `
  update leads set status = $3, result = $4, closed_at = $5, undo = null, version = version + 1
  where tenant_id = $1 and id = $2 and handed_on and (status, result) is distinct from ($3, $4) returning person_id "personId", outlet_id "outletId", responsible_id "responsibleId", status`,
)

/**
 * The dealer has closed the request (or opened it again), so it is closed at ours as well: the purpose for which the person was held here is
 * reached, and the term of that ground begins to run (152-ФЗ art. 5 ч.7).
 */
export async function settleHandedOn(ctx: Ctx, leadId: string, result: LeadRow['result']): Promise<void> {
  const [lead] = await ctx.run(settle, [leadId, result === null ? 'in_work' : 'closed', result, result === null ? null : ctx.now()])
  if (!lead) return
  if (lead.personId) await (result === null ? stopTerm : startTerm)(ctx, lead.personId, { leadId })
  tellLead(ctx, leadId, lead)
}
