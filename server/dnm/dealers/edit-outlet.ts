import { networkDealers } from '../../../contract/dnm/dealer.ts'
import { handle, notFound, saidIn, stale, wrongState } from '../../kernel/index.ts'
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
    .select(['dealerTenantId', 'name', 'city', 'address', 'timeZone', 'hours', 'isActive', 'version'])
    .where('id', '=', networkOutletId)
    .forUpdate()
    .executeTakeFirst()
  if (!outlet) throw notFound()
  if (outlet.version !== version) throw stale({ ...outlet })
  const { change, changed } = saidIn({ ...asked, hours: hours && JSON.stringify(hours) }, 'name')
  if (outlet.dealerTenantId !== null && changed !== 'isActive') throw wrongState('publishes_itself')
  const closedBy = change.isActive === undefined ? {} : { closedBy: change.isActive ? null : ('network' as const) }
  await ctx.db
    .updateTable('networkOutlets')
    .set({ ...change, ...closedBy, version: version + 1 })
    .where('id', '=', networkOutletId)
    .execute()
  ctx.audit('network_dealer.edited', { object: { kind: 'network_outlet', id: networkOutletId }, details: { what: 'outlet_edited', changed } })
  return { id: networkOutletId, version: version + 1 }
})
