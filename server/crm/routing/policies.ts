import { interests } from '../../../contract/crm/lead.ts'
import { policies } from '../../../contract/crm/routing.ts'
import { handle, stale } from '../../kernel/index.ts'
import { defaultPolicy } from './default-policy.ts'

/** The clocks of every interest; those never set stand with version 0. */
export const listPolicies = handle(policies.list, async (ctx) => {
  const rows = await ctx.db.selectFrom('leadPolicies').select(['interest', 'takeMinutes', 'firstContactMinutes', 'version']).limit(50).execute()
  return { policies: interests.map((interest) => ({ ...defaultPolicy, version: 0, ...rows.find((row) => row.interest === interest), interest })) }
})

export const changePolicy = handle(policies.edit, async (ctx, { interest, version, takeMinutes, firstContactMinutes }) => {
  const row = await ctx.db
    .selectFrom('leadPolicies')
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
  if (row) await ctx.db.updateTable('leadPolicies').set(set).where('id', '=', id).execute()
  else
    await ctx.db
      .insertInto('leadPolicies')
      .values({ id, interest, ...set })
      .execute()
  ctx.emit('leads-replan', { interest })
  ctx.audit('policy.edited', { object: { kind: 'policy', id }, details: { interest, takeMinutes, firstContactMinutes } })
  return { interest, version: version + 1 }
})
