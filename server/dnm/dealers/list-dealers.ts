import { networkDealers, type NetworkDealer } from '../../../contract/dnm/dealer.ts'
import type { WeekHours } from '../../../contract/identity/outlet.ts'
import { handle } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { isReady, openOf, todayOf } from '../routing/candidates.ts'

type LastPush = { state: 'waiting' | 'done' | 'failed'; attempts: number; status: number | null; problem: NonNullable<NetworkDealer['lastPush']>['problem']; at: string }
type Row = Omit<NetworkDealer, 'acceptedAt' | 'lastPush'> & { acceptedAt: Date | null; lastPush: LastPush | null }
const list = statement<Row>(
  'network_dealer_list',
  `
  select d.id, d.dealer_tenant_id "dealerTenantId", d.code, d.name, d.delivery, d.push_url "pushUrl", d.brand_ids "brandIds", d.cities, d.region, d.daily_capacity "dailyCapacity",
    d.agreement_number "agreementNumber", d.agreement_from::text "agreementFrom", d.agreement_until::text "agreementUntil", d.is_active "isActive", ${isReady} "isReady",
    d.accepted_at "acceptedAt", d.shares_duplicates "sharesDuplicates", d.key_id is not null "hasKey", d.push_secret is not null "hasSecret", ${openOf('d.id')} "openLeads",
    ${todayOf('d.id', "coalesce((select o.time_zone from network_outlets o where o.tenant_id = $1 and o.dealer_id = d.id order by o.id limit 1), 'UTC')")} "todayLeads",
    (select count(*)::int from network_outlets o where o.tenant_id = $1 and o.dealer_id = d.id and o.is_active) outlets, d.version,
    (select json_build_object('state', p.state, 'attempts', p.attempts, 'status', p.status, 'problem', p.problem, 'at', to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      from network_pushes p where p.tenant_id = $1 and p.dealer_id = d.id order by p.created_at desc limit 1) "lastPush"
  from network_dealers d where d.tenant_id = $1 order by d.is_active desc, d.name, d.id limit 500`,
)

export const listDealers = handle(networkDealers.list, async (ctx) => {
  const rows = await ctx.run(list, [ctx.now()])
  return { dealers: rows.map((row) => ({ ...row, acceptedAt: row.acceptedAt?.toISOString() ?? null })) }
})

type Outlet = {
  id: string
  dealerId: string
  dealer: string
  name: string
  city: string
  address: string
  timeZone: string
  hours: unknown
  isActive: boolean
  isPublished: boolean
  version: number
}
const outlets = statement<Outlet>(
  'network_outlet_list',
  `
  select o.id, o.dealer_id "dealerId", d.name dealer, o.name, o.city, o.address, o.time_zone "timeZone", o.hours, o.is_active "isActive", o.dealer_tenant_id is not null "isPublished", o.version
  from network_outlets o join network_dealers d on d.tenant_id = $1 and d.id = o.dealer_id where o.tenant_id = $1 and ($2::uuid is null or o.dealer_id = $2) order by o.city, o.name, o.id limit 2000`,
)

export const listNetworkOutlets = handle(networkDealers.outlets, async (ctx, { dealerId }) => {
  const rows = await ctx.run(outlets, [dealerId ?? null])
  return { outlets: rows.map((row) => ({ ...row, hours: row.hours as WeekHours })) }
})
