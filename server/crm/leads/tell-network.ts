import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

/** What becomes of a request that a distributor handed to us is told back: states, times and numbers, by the job above. One telling waits at a time. */
export function tellNetwork(ctx: Ctx, { id, networkLeadId }: { id: string; networkLeadId: string | null }): void {
  if (networkLeadId !== null) ctx.emit('network-publish', { leadId: id }, { key: `network-publish:${id}` })
}

const ofDeal = statement<{ id: string; networkLeadId: string | null }>(
  'deal_network_lead',
  `select id, network_lead_id "networkLeadId" from leads where tenant_id = $1 and id = $2`,
)

/** The same for the working list that such a request became. */
export async function tellNetworkOfDeal(ctx: Ctx, leadId: string | null): Promise<void> {
  const [lead] = leadId === null ? [] : await ctx.run(ofDeal, [leadId])
  if (lead) tellNetwork(ctx, lead)
}
