import type { NetworkColumns } from './network-row.ts'
import { settleHandedOn } from '../../crm/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { scheduleLook } from './give.ts'
import { stateOf, tellNetworkLead } from './network-row.ts'

/** What a dealer has done with a request, as far as a network may know: instants, codes and numbers. */
export type Told = Pick<NetworkColumns, 'takenAt' | 'firstContactAt' | 'closedAt' | 'result' | 'dealAt' | 'soldAt' | 'clientDmsId' | 'dealerLeadNumber'>
export const toldOf = ({ takenAt, firstContactAt, closedAt, result, dealAt, soldAt, clientDmsId, dealerLeadNumber }: Told): Told => ({
  takenAt,
  firstContactAt,
  closedAt,
  result,
  dealAt,
  soldAt,
  clientDmsId,
  dealerLeadNumber,
})

const tell = statement(
  'network_lead_told',
  `
  update network_leads set taken_at = $3, first_contact_at = $4, closed_at = $5, result = $6, deal_at = $7, sold_at = $8, client_dms_id = $9, dealer_lead_number = $10, state = $11,
    received_at = coalesce(received_at, $12), version = version + 1 where tenant_id = $1 and id = $2`,
)

/**
 * Writes down what the dealer tells; the row is locked and is still this dealer's. Nothing new changes nothing, so the same word twice is one. What is
 * closed there is closed here: the purpose is reached; opened again, the clocks go on. Returns whether anything changed.
 */
export async function tellState(ctx: Ctx, lead: NetworkColumns, told: Told): Promise<boolean> {
  if (JSON.stringify(toldOf(lead)) === JSON.stringify(toldOf(told))) return false
  const reached = stateOf({ ...told, receivedAt: lead.receivedAt ?? ctx.now() })
  const state = lead.disputedAt && reached !== 'closed' ? 'disputed' : reached
  const { takenAt, firstContactAt, closedAt, result, dealAt, soldAt, clientDmsId, dealerLeadNumber } = told
  await ctx.run(tell, [lead.id, takenAt, firstContactAt, closedAt, result, dealAt, soldAt, clientDmsId, dealerLeadNumber, state, ctx.now()])
  await settleHandedOn(ctx, lead.id, closedAt ? result : null)
  if (!closedAt && !firstContactAt) scheduleLook(ctx, lead.id, ctx.now())
  ctx.audit('network_lead.told', { object: { kind: 'network_lead', id: lead.id }, details: { state, result, dealerId: lead.dealerId } })
  tellNetworkLead(ctx, lead.id)
  return true
}
