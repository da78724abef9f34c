import { networkPolicies } from '../../../contract/dnm/rule.ts'
import { clockPolicies } from '../../crm/index.ts'
import { handle } from '../../kernel/index.ts'
import { assertDistributor } from '../dealers/assert-distributor.ts'

const ofDealers = clockPolicies('network_policies')

export const listNetworkPolicies = handle(networkPolicies.list, async (ctx) => ({ policies: await ofDealers.list(ctx) }))

/** A dealer's deadline is what it was when the request came to them: what is changed holds for the next ones. */
export const changeNetworkPolicy = handle(networkPolicies.edit, async (ctx, asked) => {
  await assertDistributor(ctx)
  const { interest, version, takeMinutes, firstContactMinutes } = asked
  const id = await ofDealers.change(ctx, asked)
  ctx.audit('network_policy.edited', { object: { kind: 'network_policy', id }, details: { interest, takeMinutes, firstContactMinutes } })
  return { interest, version: version + 1 }
})
