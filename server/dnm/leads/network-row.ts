import type { z } from 'zod'
import type { NetworkLead } from '../../../contract/dnm/network-lead.ts'
import { notFound, stale, wrongState, type Ctx } from '../../kernel/index.ts'
import { leadClock, toClock, type LeadClock, type OutletHours } from '../../crm/index.ts'
import { statement } from '../../platform/db/session.ts'

/** Columns of a request of the network as the statements of this folder alias them. */
export type NetworkColumns = {
  id: string
  number: number
  interest: NetworkLead['interest']
  brandId: string | null
  modelId: string | null
  model: string | null
  city: string | null
  wishedOutletId: string | null
  dealerId: string | null
  dealerTenantId: string | null
  dealer: string | null
  outletId: string | null
  outlet: string | null
  timeZone: string | null
  hours: OutletHours['week'] | null
  transferId: string | null
  assignedBecause: string
  state: NetworkLead['state']
  unroutedBecause: NetworkLead['unroutedBecause']
  takeMinutes: number
  firstContactMinutes: number
  excusedMinutes: number
  dealerLeadNumber: number | null
  clientDmsId: string | null
  askedAt: Date
  assignedAt: Date | null
  receivedAt: Date | null
  takenAt: Date | null
  firstContactAt: Date | null
  closedAt: Date | null
  dealAt: Date | null
  soldAt: Date | null
  result: NetworkLead['result']
  escalatedAt: Date | null
  /** Since when a dispute about it waits for a word. */
  disputedAt: Date | null
  duplicateOf: number | null
  attempts: number
  version: number
}
export const networkColumns = `n.id, n.number, n.interest, n.brand_id "brandId", n.model_id "modelId", m.name model, n.city, n.wished_outlet_id "wishedOutletId", n.dealer_id "dealerId",
  n.dealer_tenant_id "dealerTenantId", d.name dealer, n.outlet_id "outletId", o.name outlet, o.time_zone "timeZone", o.hours, n.transfer_id "transferId", n.assigned_because "assignedBecause",
  n.state, n.unrouted_because "unroutedBecause", n.take_minutes "takeMinutes", n.first_contact_minutes "firstContactMinutes", n.excused_minutes "excusedMinutes",
  n.dealer_lead_number "dealerLeadNumber", n.client_dms_id "clientDmsId", n.asked_at "askedAt", n.assigned_at "assignedAt", n.received_at "receivedAt", n.taken_at "takenAt",
  n.first_contact_at "firstContactAt", n.closed_at "closedAt", n.deal_at "dealAt", n.sold_at "soldAt", n.result, n.escalated_at "escalatedAt",
  (select x.opened_at from network_disputes x where x.tenant_id = $1 and x.lead_id = n.id and x.dealer_id = n.dealer_id and x.state = 'open') "disputedAt", n.duplicate_of "duplicateOf", n.attempts, n.version`
export const networkJoins = `network_leads n left join models m on m.id = n.model_id left join network_dealers d on d.tenant_id = $1 and d.id = n.dealer_id
  left join network_outlets o on o.tenant_id = $1 and o.id = n.outlet_id`

const reading = statement<NetworkColumns>('network_lead_one', `select ${networkColumns} from ${networkJoins} where n.tenant_id = $1 and n.id = $2`)
const locking = statement<NetworkColumns>('network_lead_locked', `select ${networkColumns} from ${networkJoins} where n.tenant_id = $1 and n.id = $2 for update of n`)

export async function readNetworkLead(ctx: Ctx, id: string): Promise<NetworkColumns> {
  const [row] = await ctx.run(reading, [id])
  if (!row) throw notFound()
  return row
}

/** Locked for what the clock, the dealer or a job does; undefined: there is none. */
export const lockNetworkLead = async (ctx: Ctx, id: string): Promise<NetworkColumns | undefined> => (await ctx.run(locking, [id]))[0]

/** Locked for what a human does: a lost update is refused, and so is what cannot be any more. */
export async function lockForHuman(ctx: Ctx, id: string, version: number): Promise<NetworkColumns> {
  const row = await lockNetworkLead(ctx, id)
  if (!row) throw notFound()
  if (row.version !== version) throw stale({ version: row.version, state: row.state, dealerId: row.dealerId })
  if (row.state === 'closed') throw wrongState('closed')
  return row
}

/** Both clocks in the dealer's working hours, from the moment the request was given to them; null while nobody has it. A dispute stands still until it is decided. */
export function networkClock(row: NetworkColumns, now: Date): LeadClock | null {
  if (!row.assignedAt || !row.timeZone || !row.hours || row.dealerId === null) return null
  return leadClock({
    receivedAt: row.assignedAt,
    takenAt: row.takenAt,
    firstContactAt: row.firstContactAt,
    closedAt: row.closedAt,
    policy: { takeMinutes: row.takeMinutes + row.excusedMinutes, firstContactMinutes: row.firstContactMinutes + row.excusedMinutes },
    hours: { timeZone: row.timeZone, week: row.hours },
    now: row.disputedAt ?? now,
  })
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
export function toNetworkLead(row: NetworkColumns, now: Date): z.input<typeof NetworkLead> {
  const clock = networkClock(row, now)
  return {
    ...row,
    askedAt: row.askedAt.toISOString(),
    assignedAt: iso(row.assignedAt),
    receivedAt: iso(row.receivedAt),
    takenAt: iso(row.takenAt),
    firstContactAt: iso(row.firstContactAt),
    closedAt: iso(row.closedAt),
    escalatedAt: iso(row.escalatedAt),
    clocks: clock && { take: toClock(clock.take), firstContact: toClock(clock.firstContact) },
  }
}

/** How far the times say a request came; a dispute is a word of its own. */
export function stateOf(row: Pick<NetworkColumns, 'closedAt' | 'firstContactAt' | 'takenAt' | 'receivedAt'>): NetworkColumns['state'] {
  if (row.closedAt) return 'closed'
  if (row.firstContactAt) return 'contacted'
  if (row.takenAt) return 'taken'
  return row.receivedAt ? 'received' : 'offered'
}

export const tellNetworkLead = (ctx: Ctx, id: string): void => ctx.live({ kind: 'network_lead', id, outletId: null, responsibleId: null })
