import { networkDealers } from '../../../contract/dnm/dealer.ts'
import { handle, invalid, notFound, stale, wrongState } from '../../kernel/index.ts'
import { lockDealer } from './edit-dealer.ts'

export const addNetworkOutlet = handle(networkDealers.addOutlet, async (ctx, { dealerId, hours, ...draft }) => {
  const dealer = await lockDealer(ctx, dealerId)
  if (dealer.dealerTenantId !== null) throw wrongState('publishes_itself')
  const id = ctx.newId()
  await ctx.db
    .insertInto('networkOutlets')
    .values({ id, dealerId, ...draft, hours: JSON.stringify(hours) })
    .execute()
  ctx.audit('network_dealer.edited', { object: { kind: 'network_outlet', id }, details: { what: 'outlet_added', dealerId } })
  return { id, version: 1 }
})

/** What a company publishes itself is theirs to change; only whether the network sends people there is ours. */
export const editNetworkOutlet = handle(networkDealers.editOutlet, async (ctx, { networkOutletId, version, hours, ...asked }) => {
  const outlet = await ctx.db
    .selectFrom('networkOutlets')
    .select(['dealerTenantId', 'name', 'isActive', 'version'])
    .where('id', '=', networkOutletId)
    .forUpdate()
    .executeTakeFirst()
  if (!outlet) throw notFound()
  if (outlet.version !== version) throw stale({ version: outlet.version, name: outlet.name, isActive: outlet.isActive })
  const given = { ...asked, ...(hours ? { hours: JSON.stringify(hours) } : {}) }
  const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as typeof given
  const changed = Object.keys(change)
  if (changed.length === 0) throw invalid('name', 'nothing_to_change')
  if (outlet.dealerTenantId !== null && changed.some((name) => name !== 'isActive')) throw wrongState('publishes_itself')
  const closedBy = change.isActive === undefined ? {} : { closedBy: change.isActive ? null : ('network' as const) }
  await ctx.db
    .updateTable('networkOutlets')
    .set({ ...change, ...closedBy, version: version + 1 })
    .where('id', '=', networkOutletId)
    .execute()
  ctx.audit('network_dealer.edited', { object: { kind: 'network_outlet', id: networkOutletId }, details: { what: 'outlet_edited', changed: changed.join(',') } })
  return { id: networkOutletId, version: version + 1 }
})
