import { z } from 'zod'
import type { OutletHours } from '../../crm/index.ts'
import { cityOf } from '../../identity/index.ts'
import type { Ctx, LongJob } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

const Payload = z.union([z.object({ dealerId: z.uuid() }), z.object({ membershipId: z.uuid() })])

type Invited = { dealerTenantId: string | null; distributor: string }
const invited = statement<Invited>(
  'network_dealer_invited',
  `
  select dealer_tenant_id "dealerTenantId", (select name from tenants where tenant_id = $1) distributor from network_dealers where tenant_id = $1 and id = $2`,
)
const invite = statement<{ id: string }>(
  'network_membership_add',
  `
  insert into network_memberships (tenant_id, id, distributor_tenant_id, distributor) values ($1, $2, $3, $4)
  on conflict (tenant_id, distributor_tenant_id) do update set distributor = excluded.distributor, version = network_memberships.version + 1
    where network_memberships.distributor <> excluded.distributor returning id`,
)
type Answer = { distributorTenantId: string; state: 'invited' | 'accepted' | 'left'; sharesDuplicates: boolean }
const answered = statement<Answer>(
  'network_membership_answer',
  `
  select distributor_tenant_id "distributorTenantId", state, shares_duplicates "sharesDuplicates" from network_memberships where tenant_id = $1 and id = $2`,
)
const keep = statement<{ id: string }>(
  'network_dealer_answered',
  `
  update network_dealers set accepted_at = case when $4 then coalesce(accepted_at, $5) end, shares_duplicates = $6, version = version + 1
  where tenant_id = $1 and id = $2 and dealer_tenant_id = $3 returning id`,
)

/** The job `network-member`. At a distributor: a company of this platform is invited, and knows by whom. At a dealer: what they said is told to the distributor. */
export const onNetworkMember: LongJob = async (act, raw, _about, at) => {
  const payload = Payload.parse(raw)
  if ('dealerId' in payload) {
    const { dealerId } = payload
    const { dealer, from } = await act(async (ctx) => ({ dealer: (await ctx.run(invited, [dealerId]))[0], from: ctx.tenantId }))
    if (!dealer?.dealerTenantId) return
    return at(dealer.dealerTenantId)(async (ctx) => {
      const [added] = await ctx.run(invite, [dealerId, from, dealer.distributor])
      if (added) ctx.audit('network_member.invited', { object: { kind: 'network_membership', id: dealerId }, details: { distributorTenantId: from } })
    })
  }
  const { membershipId } = payload
  const { answer, from } = await act(async (ctx) => ({ answer: (await ctx.run(answered, [membershipId]))[0], from: ctx.tenantId }))
  if (!answer || answer.state === 'invited') return
  await at(answer.distributorTenantId)(async (ctx) => {
    const isIn = answer.state === 'accepted'
    const [kept] = await ctx.run(keep, [membershipId, from, isIn, ctx.now(), isIn && answer.sharesDuplicates])
    if (kept) ctx.audit('network_member.edited', { object: { kind: 'network_dealer', id: kept.id }, details: { state: answer.state, sharesDuplicates: answer.sharesDuplicates } })
  })
  await act(async (ctx) => ctx.emit('network-outlets', {}, { key: `network-outlets:${ctx.tenantId}` }))
}

type Outlet = { id: string; name: string; address: string; timeZone: string; hours: OutletHours['week'] }
const outlets = statement<Outlet>('network_own_outlets', `select id, name, address, time_zone "timeZone", hours from outlets where tenant_id = $1 order by id limit 500`)
const networks = statement<{ id: string; distributorTenantId: string; isIn: boolean }>(
  'network_own_networks',
  `
  select id, distributor_tenant_id "distributorTenantId", state = 'accepted' "isIn" from network_memberships where tenant_id = $1 and state <> 'invited'`,
)
const publish = statement<{ id: string }>(
  'network_outlet_publish',
  `
  insert into network_outlets (tenant_id, id, dealer_id, dealer_tenant_id, name, city, address, time_zone, hours)
  select $1, $2, d.id, d.dealer_tenant_id, $4, coalesce($5, d.cities[1], ''), $6, $7, $8::jsonb from network_dealers d where d.tenant_id = $1 and d.id = $3
  on conflict (tenant_id, id) do update set name = excluded.name, city = excluded.city, address = excluded.address, time_zone = excluded.time_zone, hours = excluded.hours,
    is_active = network_outlets.is_active or network_outlets.closed_by is not distinct from 'company', closed_by = nullif(network_outlets.closed_by, 'company'), version = network_outlets.version + 1
  where (network_outlets.closed_by = 'company' or (network_outlets.name, network_outlets.city, network_outlets.address, network_outlets.time_zone, network_outlets.hours)
    is distinct from (excluded.name, excluded.city, excluded.address, excluded.time_zone, excluded.hours)) and network_outlets.dealer_id = excluded.dealer_id returning id`,
)
// What the network has closed itself stays closed when the company comes back.
const close = statement<{ id: string }>(
  'network_outlets_close',
  `
  update network_outlets set is_active = false, closed_by = 'company', version = version + 1 where tenant_id = $1 and dealer_id = $2 and is_active and (id <> all ($3::uuid[]) or not $4) returning id`,
)

/** The job `network-outlets`, at a dealer: where and when people are served goes to the networks the company is in, after any change and every night. */
export const onNetworkOutlets: LongJob = async (act, _payload, _about, at) => {
  const { own, member } = await act(async (ctx) => ({ member: await ctx.run(networks), own: await ctx.run(outlets) }))
  for (const { id, distributorTenantId, isIn } of member) await at(distributorTenantId)((ctx) => publishTo(ctx, id, own, isIn))
}

async function publishTo(ctx: Ctx, dealerId: string, own: readonly Outlet[], isIn: boolean): Promise<void> {
  let changed = 0
  for (const outlet of isIn ? own : []) {
    const rows = await ctx.run(publish, [outlet.id, dealerId, outlet.name, cityOf(outlet.address), outlet.address, outlet.timeZone, JSON.stringify(outlet.hours)])
    changed += rows.length
  }
  changed += (await ctx.run(close, [dealerId, own.map(({ id }) => id), isIn])).length
  if (changed > 0) ctx.audit('network_outlets.published', { object: { kind: 'network_dealer', id: dealerId }, details: { changed } })
}
