import { z } from 'zod'
import { takeBackLead } from '../../crm/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { LongJob } from '../../kernel/index.ts'

const Payload = z.object({ transferId: z.uuid(), because: z.literal('taken_back') })
const dealerOf = statement<{ dealerTenantId: string | null }>(
  'network_transfer_dealer',
  `
  select d.dealer_tenant_id "dealerTenantId" from network_transfers t join network_dealers d on d.tenant_id = $1 and d.id = t.dealer_id where t.tenant_id = $1 and t.id = $2 and t.ended_at is not null`,
)
const end = statement<{ leadId: string }>(
  'received_transfer_end',
  `
  update received_transfers set ended_at = $3, ended_because = 'taken_back', version = version + 1 where tenant_id = $1 and id = $2 and ended_at is null returning lead_id "leadId"`,
)

/** The job `network-take-back`: at the dealer who has lost a request it is closed, and the ground that rests on the handing over ends. What has not arrived there yet is looked at again when it does. */
export const onTakeBack: LongJob = async (act, payload, _about, at) => {
  const { transferId } = Payload.parse(payload)
  const [found] = await act((ctx) => ctx.run(dealerOf, [transferId]))
  if (!found?.dealerTenantId) return
  await at(found.dealerTenantId)(async (ctx) => {
    const [ended] = await ctx.run(end, [transferId, ctx.now()])
    if (ended) await takeBackLead(ctx, { leadId: ended.leadId, transferId })
  })
}
