import { z } from 'zod'
import type { NetworkLead } from '../../../contract/dnm/network-lead.ts'
import { statement } from '../../platform/db/session.ts'
import type { LongJob } from '../../kernel/index.ts'
import { lockNetworkLead } from '../leads/network-row.ts'
import { tellState } from '../leads/tell-state.ts'

const Payload = z.object({ leadId: z.uuid() })

type Row = {
  transferId: string
  distributorTenantId: string
  networkLeadId: string
  number: number
  result: NetworkLead['result']
  takenAt: Date | null
  firstContactAt: Date | null
  closedAt: Date | null
  dealNumber: number | null
  dealAt: Date | null
  soldAt: Date | null
}
const own = statement<Row>(
  'network_publish_lead',
  `
  select r.id "transferId", r.distributor_tenant_id "distributorTenantId", r.network_lead_id "networkLeadId", l.number, l.result, l.taken_at "takenAt", l.first_contact_at "firstContactAt",
    l.closed_at "closedAt", d.number "dealNumber", d.opened_at "dealAt", case when d.stage = 'won' then d.closed_at end "soldAt"
  from leads l join received_transfers r on r.tenant_id = $1 and r.lead_id = l.id and r.ended_at is null
  left join lateral (select number, opened_at, stage, closed_at from deals where tenant_id = $1 and lead_id = l.id order by opened_at, id limit 1) d on true
  where l.tenant_id = $1 and l.id = $2 order by r.at desc limit 1`,
)

/**
 * The job `network-publish`, at a dealer: what was done with a request of a distributor goes back to them as states, instants and numbers. No person, no
 * colleague, no word of anybody crosses. A request that they have taken back since is none of ours any more.
 */
export const onNetworkPublish: LongJob = async (act, payload, _about, at) => {
  const { leadId } = Payload.parse(payload)
  const [row] = await act((ctx) => ctx.run(own, [leadId]))
  if (!row || row.result === 'taken_back') return
  const { transferId, distributorTenantId, networkLeadId, number, result, takenAt, firstContactAt, closedAt, dealNumber, dealAt, soldAt } = row
  await at(distributorTenantId)(async (ctx) => {
    const lead = await lockNetworkLead(ctx, networkLeadId)
    if (lead?.transferId !== transferId) return
    const clientDmsId = dealNumber === null ? lead.clientDmsId : String(dealNumber)
    await tellState(ctx, lead, { takenAt, firstContactAt, closedAt, result, dealAt, soldAt, clientDmsId, dealerLeadNumber: number })
  })
}
