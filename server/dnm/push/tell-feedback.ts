import { feedback, feedbackStatuses, type FeedbackMeaning } from '../../../contract/dnm/feedback.ts'
import { handle } from '../../kernel/index.ts'
import { lockNetworkLead, type NetworkColumns } from '../leads/network-row.ts'
import { tellState, toldOf, type Told } from '../leads/tell-state.ts'
import { refusalOf } from '../dealers/lost-request.ts'
import { myDealer } from '../dealers/my-dealer.ts'

/** A dealer's system answers what was sent to it. A word that fits no longer is answered in words and changes nothing; the first closing word counts. */
export const tellFeedback = handle(feedback.tell, async (ctx, { lead_id: leadId, status, client_dms_id: dms }) => {
  const dealer = await myDealer(ctx)
  const lead = await lockNetworkLead(ctx, leadId)
  if (lead?.dealerId !== dealer.id || !lead.receivedAt) throw await refusalOf(ctx, dealer.id, leadId)
  const meaning = feedbackStatuses[status]
  const told = after(lead, meaning, ctx.now())
  if (told === null) {
    ctx.audit('act.refused', { object: { kind: 'network_lead', id: lead.id }, details: { code: 'wrong_state', status } })
    return { success: false, error: `the request is closed with the result ${lead.result ?? 'unknown'}` }
  }
  const number = dms ? dms : told.clientDmsId
  const isNew = await tellState(ctx, lead, { ...told, clientDmsId: number, dealAt: number && !told.dealAt ? ctx.now() : told.dealAt })
  if (!isNew) ctx.audit('network_lead.told', { object: { kind: 'network_lead', id: lead.id }, details: { repeated: true } })
  return { success: true, error: null }
})

const closing: Partial<Record<FeedbackMeaning, NonNullable<NetworkColumns['result']>>> = { refused: 'refused', answered: 'answered', sold: 'deal', spam: 'spam' }

/** Null: it is closed, and with something else. */
function after(lead: NetworkColumns, meaning: FeedbackMeaning, now: Date): Told | null {
  const told = toldOf(lead)
  const result = closing[meaning]
  if (lead.closedAt) {
    if (meaning === 'sold' && lead.result === 'deal') return { ...told, soldAt: told.soldAt ?? now }
    return result === undefined || result === lead.result ? told : null
  }
  const takenAt = told.takenAt ?? now
  const firstContactAt = meaning === 'taken' || meaning === 'spam' ? told.firstContactAt : (told.firstContactAt ?? now)
  const sold = meaning === 'sold' ? { soldAt: now, dealAt: told.dealAt ?? now } : {}
  return { ...told, takenAt, firstContactAt, ...(result ? { result, closedAt: now } : {}), ...sold }
}
