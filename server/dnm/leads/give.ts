import type { UnroutedReason } from '../../../contract/dnm/network-lead.ts'
import { addWorkingMinutes, defaultPolicy, handOn, type OutletHours } from '../../crm/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { tellSystem } from '../push/tell-system.ts'
import { policyOf } from '../routing/candidates.ts'
import type { Choice } from '../routing/choose-dealer.ts'
import { tellNetworkLead, type NetworkColumns } from './network-row.ts'

/** When the clocks of a request shall be looked at next; one look waits at a time. */
export const scheduleLook = (ctx: Ctx, leadId: string, runAt: Date): void => ctx.emit('network-deadline', { leadId }, { runAt, key: `network-deadline:${leadId}` })

type Given = {
  brand: string | null
  personId: string | null
  before: number
  delivery: 'crm' | 'poll' | 'push'
  dealerTenantId: string | null
  timeZone: string
  hours: OutletHours['week']
}
const about = statement<Given>(
  'network_give_about',
  `
  select (select b.name from brands b where b.id = coalesce($5::uuid, d.brand_ids[1])) brand, l.person_id "personId", d.delivery, d.dealer_tenant_id "dealerTenantId", o.time_zone "timeZone", o.hours,
    (select count(*)::int from network_transfers t where t.tenant_id = $1 and t.lead_id = $2 and t.dealer_id = $3) before
  from leads l, network_dealers d, network_outlets o where l.tenant_id = $1 and l.id = $2 and d.tenant_id = $1 and d.id = $3 and o.tenant_id = $1 and o.id = $4`,
)
const give = statement(
  'network_give',
  `
  with transfer as (insert into network_transfers (tenant_id, id, lead_id, person_id, dealer_id, via, external_ref, at) values ($1, $3, $2, $12, $4, $13, $14, $8)),
  move as (insert into network_moves (tenant_id, id, lead_id, kind, to_dealer_id, to_outlet_id, because, by_id, at) values ($1, $15, $2, $16, $4, $6, $7, $17, $8))
  update network_leads set dealer_id = $4, dealer_tenant_id = $5, outlet_id = $6, transfer_id = $3, assigned_because = $7, state = 'offered', unrouted_because = null, assigned_at = $8,
    take_minutes = $9, first_contact_minutes = $10, excused_minutes = 0, received_at = null, taken_at = null, first_contact_at = null, closed_at = null, deal_at = null, sold_at = null,
    result = null, escalated_at = null, dealer_lead_number = null, client_dms_id = null, attempts = attempts + 1, version = $11 where tenant_id = $1 and id = $2`,
)

export type How = 'assigned' | 'rerouted' | 'by_hand'

/**
 * Gives a request to a dealer: its clocks begin in their hours, the move stands in its history with the explanation, and the handing over of the
 * person is on its way. A request whose person was destroyed goes to nobody.
 */
export async function giveToDealer(ctx: Ctx, lead: NetworkColumns, choice: Pick<Choice, 'dealerId' | 'outletId' | 'because'>, how: How): Promise<number> {
  const [given] = await ctx.run(about, [lead.id, choice.dealerId, choice.outletId, lead.brandId])
  if (!given) throw new Error('a request was to be given to a dealer who is not there')
  if (given.personId === null) return leaveUnrouted(ctx, lead, 'destroyed')
  const policy = (await policyOf(ctx, lead.interest)) ?? defaultPolicy
  const [transferId, now, version] = [ctx.newId(), ctx.now(), lead.version + 1]
  const base = `${given.brand ?? 'lead'}-${lead.number}`
  const by = ctx.actor.kind === 'staff' ? ctx.me : null
  await ctx.run(give, [
    lead.id,
    transferId,
    choice.dealerId,
    given.dealerTenantId,
    choice.outletId,
    choice.because,
    now,
    policy.takeMinutes,
    policy.firstContactMinutes,
    version,
    given.personId,
    given.delivery,
    // The same dealer's second time is a new request at theirs: the first was closed when it was taken back.
    given.before === 0 ? base : `${base}-${given.before + 1}`,
    ctx.newId(),
    how,
    by,
  ])
  await handOn(ctx, lead.id, true)
  ctx.audit('network_lead.assigned', {
    persons: [given.personId],
    object: { kind: 'network_lead', id: lead.id },
    details: { dealerId: choice.dealerId, how, because: codeOf(choice.because) },
  })
  ctx.emit('network-transfer', { transferId }, { key: `network-transfer:${transferId}` })
  scheduleLook(
    ctx,
    lead.id,
    new Date(addWorkingMinutes({ timeZone: given.timeZone, week: given.hours }, now, Math.min(policy.takeMinutes, policy.firstContactMinutes)).getTime() + 1),
  )
  tellNetworkLead(ctx, lead.id)
  return version
}

const end = statement<{ via: string; state: string }>(
  'network_transfer_end',
  `
  update network_transfers set ended_at = $3 where tenant_id = $1 and id = $2 and ended_at is null returning via, state`,
)
const move = statement(
  'network_move_away',
  `
  insert into network_moves (tenant_id, id, lead_id, kind, from_dealer_id, because, by_id, at) values ($1, $3, $2, 'taken_back', $4, $5, $6, $7)`,
)

/** Takes a request from the dealer who has it. What was handed over there ends with it: their copy loses the ground it came with. */
export async function takeAway(ctx: Ctx, lead: NetworkColumns, because: string): Promise<void> {
  if (lead.dealerId === null || lead.transferId === null) return
  const [ended] = await ctx.run(end, [lead.transferId, ctx.now()])
  const by = ctx.actor.kind === 'staff' ? ctx.me : null
  await ctx.run(move, [lead.id, ctx.newId(), lead.dealerId, because, by, ctx.now()])
  ctx.audit('network_lead.taken_back', { object: { kind: 'network_lead', id: lead.id }, details: { dealerId: lead.dealerId, because } })
  // Whatever the handing over has come to: a step of it may be under way at this moment.
  if (ended?.via === 'push') await tellSystem(ctx, lead.transferId, 'taken_back')
  if (ended?.via === 'crm') ctx.emit('network-take-back', { transferId: lead.transferId, because: 'taken_back' }, { key: `network-take-back:${lead.transferId}` })
}

const leave = statement(
  'network_leave_unrouted',
  `
  with move as (insert into network_moves (tenant_id, id, lead_id, kind, because, by_id, at) values ($1, $4, $2, 'unrouted', $3, $5, $6))
  update network_leads set dealer_id = null, dealer_tenant_id = null, outlet_id = null, transfer_id = null, state = 'unrouted', unrouted_because = $3, assigned_because = $3,
    assigned_at = null, received_at = null, taken_at = null, first_contact_at = null, version = $7 where tenant_id = $1 and id = $2`,
)

/** No dealer has it: it is in the hands of the lead desk again, in our own tray with every minute it has waited. */
export async function leaveUnrouted(ctx: Ctx, lead: Pick<NetworkColumns, 'id' | 'version'>, because: UnroutedReason): Promise<number> {
  const version = lead.version + 1
  await ctx.run(leave, [lead.id, because, ctx.newId(), ctx.actor.kind === 'staff' ? ctx.me : null, ctx.now(), version])
  await handOn(ctx, lead.id, false)
  ctx.audit('network_lead.unrouted', { object: { kind: 'network_lead', id: lead.id }, details: { because } })
  tellNetworkLead(ctx, lead.id)
  return version
}

const codeOf = (because: string): string => because.split('|')[0] ?? because
