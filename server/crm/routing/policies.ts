import { policies } from '../../../contract/crm/routing.ts'
import { handle } from '../../kernel/index.ts'
import { clockPolicies } from './clock-policies.ts'

const own = clockPolicies('lead_policies')

export const listPolicies = handle(policies.list, async (ctx) => ({ policies: await own.list(ctx) }))

export const changePolicy = handle(policies.edit, async (ctx, asked) => {
  const { interest, version, takeMinutes, firstContactMinutes } = asked
  const id = await own.change(ctx, asked)
  ctx.emit('leads-replan', { interest })
  ctx.audit('policy.edited', { object: { kind: 'policy', id }, details: { interest, takeMinutes, firstContactMinutes } })
  return { interest, version: version + 1 }
})
