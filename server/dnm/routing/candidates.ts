import { openingFrom, type OutletHours } from '../../crm/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { Candidate, Rule } from './choose-dealer.ts'

/** Requests a dealer has in hand and has not answered for good. */
export const openStates = `('offered', 'received', 'taken', 'contacted')`
/** Loads above the cap count as equal, so that the question stays cheap however many requests are open. */
const LOAD_CAP = 1_000
/** What a dealer `d` has in hand. */
export const openOf = (dealer: string): string =>
  `(select count(*)::int from (select from network_leads l where l.tenant_id = $1 and l.dealer_id = ${dealer} and l.state in ${openStates} limit ${LOAD_CAP}) few)`
/** What a dealer was given since midnight on the wall of `zone`; `$2` is now. */
export const todayOf = (dealer: string, zone: string): string =>
  `(select count(*)::int from network_moves v where v.tenant_id = $1 and v.to_dealer_id = ${dealer} and v.kind in ('assigned', 'rerouted', 'by_hand')
    and v.at >= date_trunc('day', $2::timestamptz at time zone ${zone}) at time zone ${zone})`
/** Whether requests can reach a dealer `d` at all, and its agreement still holds; `$2` is now. */
export const isReady = `(case d.delivery when 'crm' then d.dealer_tenant_id is not null and d.accepted_at is not null when 'poll' then d.key_id is not null
    else d.push_url is not null and d.push_secret is not null end and coalesce(d.agreement_until >= $2::timestamptz::date, true))`

type Row = Omit<Candidate, 'isOpen'> & { timeZone: string; hours: OutletHours['week'] }
const candidates = (which: string): string => `
  select o.id "outletId", d.id "dealerId", o.name outlet, d.name dealer, o.city, o.is_active and d.is_active "isActive", ${isReady} "isReady", d.brand_ids "brandIds",
    ${openOf('d.id')} "openLeads", ${todayOf('d.id', 'o.time_zone')} "todayLeads", d.daily_capacity "dailyCapacity", o.time_zone "timeZone", o.hours
  from network_outlets o join network_dealers d on d.tenant_id = $1 and d.id = o.dealer_id
  where o.tenant_id = $1 ${which}`
const all = statement<Row>('network_candidates', candidates('order by o.id limit 2000'))
const one = statement<Row>('network_candidate', candidates('and o.id = $3'))

/** Every outlet of the network with what its dealer has in hand, or the one that is named. */
export async function readCandidates(ctx: Ctx, outletId: string | null = null): Promise<(Candidate & { hours: OutletHours })[]> {
  const now = ctx.now()
  const rows = await (outletId === null ? ctx.run(all, [now]) : ctx.run(one, [now, outletId]))
  return rows.map(({ timeZone, hours: week, ...row }) => {
    const hours = { timeZone, week }
    return { ...row, hours, isOpen: row.isActive && openingFrom(hours, now).getTime() === now.getTime() }
  })
}

const rules = statement<Rule>(
  'network_rules_in_order',
  `
  select id, name, brand_id "brandId", model_id "modelId", interest, city, wished_dealer_id "wishedDealerId", to_dealer_id "toDealerId", to_outlet_id "toOutletId", only_open "onlyOpen",
    is_active "isActive" from network_rules where tenant_id = $1 order by place, id limit 200`,
)
export const readRules = (ctx: Ctx): Promise<Rule[]> => ctx.run(rules)

const tried = statement<{ dealerId: string }>(
  'network_tried',
  `select distinct to_dealer_id "dealerId" from network_moves where tenant_id = $1 and lead_id = $2 and to_dealer_id is not null`,
)
/** Dealers who had this request already. */
export const triedBy = async (ctx: Ctx, leadId: string): Promise<string[]> => (await ctx.run(tried, [leadId])).map(({ dealerId }) => dealerId)

const policy = statement<{ takeMinutes: number; firstContactMinutes: number }>(
  'network_policy_of',
  `select take_minutes "takeMinutes", first_contact_minutes "firstContactMinutes" from network_policies where tenant_id = $1 and interest = $2`,
)
export const policyOf = async (ctx: Ctx, interest: string) => (await ctx.run(policy, [interest]))[0]
