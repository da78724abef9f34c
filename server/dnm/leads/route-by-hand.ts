import { networkLeads } from '../../../contract/dnm/network-lead.ts'
import { handle, invalid, wrongState } from '../../kernel/index.ts'
import { readCandidates } from '../routing/candidates.ts'
import { routeByRules } from '../routing/on-route.ts'
import { giveToDealer, leaveUnrouted, takeAway } from './give.ts'
import { lockForHuman } from './network-row.ts'

/** The lead desk gives a request to an outlet it names; whoever had it loses it. Full is no obstacle to a human, closed to business is. */
export const assignNetworkLead = handle(networkLeads.assign, async (ctx, { networkLeadId, version, networkOutletId }) => {
  const lead = await lockForHuman(ctx, networkLeadId, version)
  const target = (await readCandidates(ctx)).find(({ outletId }) => outletId === networkOutletId)
  if (!target) throw invalid('networkOutletId', 'unknown')
  if (!target.isActive) throw invalid('networkOutletId', 'inactive')
  if (!target.isReady) throw invalid('networkOutletId', 'not_ready')
  if (lead.dealerId === target.dealerId && lead.outletId === target.outletId) throw wrongState('same')
  await takeAway(ctx, lead, 'by_hand')
  return { id: lead.id, version: await giveToDealer(ctx, lead, { dealerId: target.dealerId, outletId: target.outletId, because: 'by_hand' }, 'by_hand') }
})

/** The lead desk lets the rules choose again, among those who have not had it. */
export const rerouteNetworkLead = handle(networkLeads.reroute, async (ctx, { networkLeadId, version }) => {
  const lead = await lockForHuman(ctx, networkLeadId, version)
  await takeAway(ctx, lead, 'by_hand')
  return { id: lead.id, version: await routeByRules(ctx, lead, 'rerouted') }
})

/** The lead desk answers it itself. */
export const takeBackNetworkLead = handle(networkLeads.takeBack, async (ctx, { networkLeadId, version }) => {
  const lead = await lockForHuman(ctx, networkLeadId, version)
  if (lead.state === 'unrouted') throw wrongState('unrouted')
  await takeAway(ctx, lead, 'by_hand')
  return { id: lead.id, version: await leaveUnrouted(ctx, lead, 'by_hand') }
})
