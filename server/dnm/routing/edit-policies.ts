import { interests } from '../../../contract/crm/lead.ts'
import { networkPolicies } from '../../../contract/dnm/rule.ts'
import { defaultPolicy } from '../../crm/index.ts'
import { handle, stale } from '../../kernel/index.ts'
import { assertDistributor } from '../dealers/edit-dealer.ts'

/** The clocks of every interest; those never set stand with version 0. */
export const listNetworkPolicies = handle(networkPolicies.list, async (ctx) => {
  const rows = await ctx.db.selectFrom('networkPolicies').select(['interest', 'takeMinutes', 'firstContactMinutes', 'version']).limit(50).execute()
  return { policies: interests.map((interest) => ({ ...defaultPolicy, version: 0, ...rows.find((row) => row.interest === interest), interest })) }
})

/** A dealer's deadline is what it was when the request came to them: what is changed holds for the next ones. */
export const changeNetworkPolicy = handle(networkPolicies.edit, async (ctx, { interest, version, takeMinutes, firstContactMinutes }) => {
  await assertDistributor(ctx)
  const row = await ctx.db
    .selectFrom('networkPolicies')
    .select(['id', 'takeMinutes', 'firstContactMinutes', 'version'])
    .where('interest', '=', interest)
    .forUpdate()
    .executeTakeFirst()
  if ((row?.version ?? 0) !== version)
    throw stale({
      version: row?.version ?? 0,
      takeMinutes: row?.takeMinutes ?? defaultPolicy.takeMinutes,
      firstContactMinutes: row?.firstContactMinutes ?? defaultPolicy.firstContactMinutes,
    })
  const set = { takeMinutes, firstContactMinutes, version: version + 1 }
  const id = row?.id ?? ctx.newId()
  if (row) await ctx.db.updateTable('networkPolicies').set(set).where('id', '=', id).execute()
  else
    await ctx.db
      .insertInto('networkPolicies')
      .values({ id, interest, ...set })
      .execute()
  ctx.audit('network_policy.edited', { object: { kind: 'network_policy', id }, details: { interest, takeMinutes, firstContactMinutes } })
  return { interest, version: version + 1 }
})
