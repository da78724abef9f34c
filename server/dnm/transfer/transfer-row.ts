import type { NetworkLead } from '../../../contract/dnm/network-lead.ts'
import { addWorkingMinutes, type OutletHours } from '../../crm/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

/** A handing over with what it is about. `isCurrent`: the request is still with this dealer by this very handing over. */
export type TransferRow = {
  id: string
  leadId: string
  personId: string
  dealerId: string
  dealerTenantId: string | null
  dealer: string
  via: 'crm' | 'poll' | 'push'
  basis: 'consent' | 'contract' | null
  externalRef: string
  state: 'waiting' | 'ready' | 'done' | 'refused' | 'failed'
  endedAt: Date | null
  isCurrent: boolean
  number: number
  interest: NetworkLead['interest']
  model: string | null
  outletId: string | null
  timeZone: string | null
  hours: OutletHours['week'] | null
  assignedAt: Date | null
  takeMinutes: number
  firstContactMinutes: number
  excusedMinutes: number
  distributor: string
}

const one = statement<TransferRow>(
  'network_transfer_one',
  `
  select t.id, t.lead_id "leadId", t.person_id "personId", t.dealer_id "dealerId", d.dealer_tenant_id "dealerTenantId", d.name dealer, t.via, t.basis, t.external_ref "externalRef", t.state,
    t.ended_at "endedAt", n.transfer_id = t.id "isCurrent", n.number, n.interest, m.name model, n.outlet_id "outletId", o.time_zone "timeZone", o.hours, n.assigned_at "assignedAt",
    n.take_minutes "takeMinutes", n.first_contact_minutes "firstContactMinutes", n.excused_minutes "excusedMinutes", (select c.name from tenants c where c.tenant_id = $1) distributor
  from network_transfers t join network_leads n on n.tenant_id = $1 and n.id = t.lead_id join network_dealers d on d.tenant_id = $1 and d.id = t.dealer_id
  left join models m on m.id = n.model_id left join network_outlets o on o.tenant_id = $1 and o.id = n.outlet_id
  where t.tenant_id = $1 and t.id = $2 for update of t`,
)

/** Locked: two runs of one job wait for each other. */
export const lockTransfer = async (ctx: Ctx, transferId: string): Promise<TransferRow | undefined> => (await ctx.run(one, [transferId]))[0]

/** Until when the dealer has to take the request and to answer it, in their working hours; from `now` on where nobody has it yet. Null without an outlet. */
export function dueOf({ timeZone, hours, assignedAt, takeMinutes, firstContactMinutes, excusedMinutes }: TransferRow, now: Date): { takeDueAt: Date; contactDueAt: Date } | null {
  if (timeZone === null || hours === null) return null
  const due = (minutes: number): Date => addWorkingMinutes({ timeZone, week: hours }, assignedAt ?? now, minutes + excusedMinutes)
  return { takeDueAt: due(takeMinutes), contactDueAt: due(firstContactMinutes) }
}
