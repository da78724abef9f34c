import { z } from 'zod'
import { MAX_REROUTINGS } from '../../../contract/dnm/network-lead.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { routeByRules } from '../routing/on-route.ts'
import { leaveUnrouted, scheduleLook, takeAway } from './give.ts'
import { lockNetworkLead, networkClock, tellNetworkLead, type NetworkColumns } from './network-row.ts'

const Payload = z.object({ leadId: z.uuid() })
const escalateRow = statement('network_lead_escalate', `update network_leads set escalated_at = $3, version = version + 1 where tenant_id = $1 and id = $2`)

/**
 * The job `network-deadline`: a request that its dealer has not taken in time is brought before the lead desk; one that has not been answered in time goes
 * to the next dealer who fits, and the first one's copy loses its ground. After MAX_REROUTINGS the lead desk decides. While a dispute waits nothing
 * runs out. May be run again at any time: what stands in the row decides.
 */
export async function onNetworkDeadline(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const { leadId } = Payload.parse(payload)
  const lead = await lockNetworkLead(ctx, leadId)
  if (!lead || lead.closedAt || lead.firstContactAt || lead.disputedAt) return
  const clock = networkClock(lead, ctx.now())
  if (!clock) return
  if (clock.firstContact.state === 'overdue') return pastContact(ctx, lead)
  if (clock.take.state === 'overdue' && (lead.escalatedAt === null || lead.escalatedAt < clock.take.dueAt)) await escalate(ctx, lead, 'take_overdue')
  const next = [clock.take, clock.firstContact].filter(({ state }) => state === 'running').map(({ dueAt }) => dueAt.getTime() + 1)
  if (next.length > 0) scheduleLook(ctx, leadId, new Date(Math.min(...next)))
}

async function escalate(ctx: Ctx, lead: NetworkColumns, why: string): Promise<void> {
  await ctx.run(escalateRow, [lead.id, ctx.now()])
  ctx.audit('network_lead.escalated', { object: { kind: 'network_lead', id: lead.id }, details: { why, dealerId: lead.dealerId } })
  tellNetworkLead(ctx, lead.id)
}

async function pastContact(ctx: Ctx, lead: NetworkColumns): Promise<void> {
  ctx.audit('network_lead.escalated', { object: { kind: 'network_lead', id: lead.id }, details: { why: 'contact_overdue', dealerId: lead.dealerId } })
  await takeAway(ctx, lead, 'contact_overdue')
  if (lead.attempts > MAX_REROUTINGS) await leaveUnrouted(ctx, lead, 'too_many')
  else await routeByRules(ctx, lead, 'rerouted')
}
