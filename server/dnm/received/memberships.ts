import { received, type Membership } from '../../../contract/dnm/received.ts'
import { handle, notFound, stale } from '../../kernel/index.ts'

export const listMemberships = handle(received.memberships, async (ctx) => {
  const rows = await ctx.db
    .selectFrom('networkMemberships')
    .select(['id', 'distributor', 'state', 'sharesDuplicates', 'version'])
    .orderBy('distributor')
    .orderBy('id')
    .limit(100)
    .execute()
  return { memberships: rows.map((row) => ({ ...row, state: row.state as Membership['state'] })) }
})

/** The company's own word: without it no distributor hands anybody over here, and no hash of a client's address leaves. The job tells the distributor. */
export const editMembership = handle(received.editMembership, async (ctx, { membershipId, version, state, sharesDuplicates }) => {
  const row = await ctx.db.selectFrom('networkMemberships').select(['state', 'sharesDuplicates', 'version']).where('id', '=', membershipId).forUpdate().executeTakeFirst()
  if (!row) throw notFound()
  if (row.version !== version) throw stale({ version: row.version, state: row.state, sharesDuplicates: row.sharesDuplicates })
  await ctx.db
    .updateTable('networkMemberships')
    .set({ state, sharesDuplicates: state === 'accepted' && sharesDuplicates, version: version + 1 })
    .where('id', '=', membershipId)
    .execute()
  ctx.audit('network_member.edited', { object: { kind: 'network_membership', id: membershipId }, details: { state, sharesDuplicates } })
  ctx.emit('network-member', { membershipId })
  return { id: membershipId, version: version + 1 }
})
