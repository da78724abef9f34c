import { z } from 'zod'
import { noticeKinds } from '../../../contract/dnm/received.ts'
import type { Act, Ctx, LongJob } from '../../kernel/index.ts'
import { endGroundsOf, markHeard, queueLateNotices } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { leaveUnrouted } from '../leads/give.ts'
import { lockNetworkLead } from '../leads/network-row.ts'
import { tellSystem } from '../push/tell-system.ts'

const Payload = z.object({ personId: z.uuid(), what: z.enum(noticeKinds) })
type What = z.output<typeof Payload>['what']

type Handed = { transferId: string; leadId: string; number: number; dealerTenantId: string | null; basis: 'consent' | 'contract' | null; isCurrent: boolean }
const handed = statement<Handed>(
  'network_handed',
  `
  select t.id "transferId", t.lead_id "leadId", n.number, d.dealer_tenant_id "dealerTenantId", t.basis, n.transfer_id = t.id and n.closed_at is null "isCurrent" from network_transfers t join network_leads n on n.tenant_id = $1 and n.id = t.lead_id
  join network_dealers d on d.tenant_id = $1 and d.id = t.dealer_id where t.tenant_id = $1 and t.person_id = $2 order by t.at limit 200`,
)
const stop = statement(
  'network_transfers_stop',
  `
  update network_transfers set ended_at = coalesce(ended_at, $3), state = case when state in ('waiting', 'ready') then 'refused' else state end where tenant_id = $1 and id = $2`,
)
const shares = statement<{ leadId: string; distributorTenantId: string }>(
  'network_shares_of',
  `select lead_id "leadId", distributor_tenant_id "distributorTenantId" from network_shares where tenant_id = $1 and person_id = $2`,
)
const drop = statement('network_share_drop', `delete from network_shares where tenant_id = $1 and person_id = $2 and distributor_tenant_id = $3 and lead_id = any ($4::uuid[])`)
const forget = statement('network_tokens_forget', `delete from network_tokens where tenant_id = $1 and lead_id = any ($2::uuid[])`)

/**
 * The job `recipients-told`: what a person has said where they asked, or that they were destroyed there, is told to everyone who was given their data
 * (152-ФЗ art. 20 ч.3, 21 ч.1–3), by number alone. A withdrawal and a destruction end what rests on the handing over; whatever else holds the person at
 * the dealer stays. Keyed hashes in a network go with the person.
 */
export const onRecipientsTold: LongJob = async (act, payload, _about, at) => {
  const { personId, what } = Payload.parse(payload)
  // What was handed over on a contract that the person asked for does not rest on the consent that they take back.
  const ends = ({ basis }: Pick<Handed, 'basis'>): boolean => what === 'destroyed' || (what === 'withdrawn' && basis !== 'contract')
  const { transfers, from } = await act(async (ctx) => {
    const rows = await ctx.run(handed, [personId])
    await queueLateNotices(ctx, personId, what)
    for (const row of rows.filter(ends)) await stopHere(ctx, row, what)
    for (const { transferId } of rows) await tellSystem(ctx, transferId, what)
    return { transfers: rows, from: ctx.tenantId }
  })
  for (const transfer of transfers) {
    if (!transfer.dealerTenantId) continue
    const isTaken = await at(transfer.dealerTenantId)((ctx) => takeNotice(ctx, { ...transfer, from, what, ends: ends(transfer) }))
    if (isTaken) await act((ctx) => markHeard(ctx, transfer.transferId, what, 'here'))
  }
  if (what === 'destroyed' || what === 'withdrawn') await forgetShares(act, at, personId)
}

/** Nothing more goes to the dealer, and a request that is still open is nobody's to answer but ours. */
async function stopHere(ctx: Ctx, { transferId, leadId, isCurrent }: Handed, what: What): Promise<void> {
  await ctx.run(stop, [transferId, ctx.now()])
  const lead = isCurrent ? await lockNetworkLead(ctx, leadId) : undefined
  if (lead) await leaveUnrouted(ctx, lead, what === 'destroyed' ? 'destroyed' : 'no_basis')
}

/** Taken away there first: a row that is still here is tried again. */
async function forgetShares(act: Act, at: (tenantId: string) => Act, personId: string): Promise<void> {
  const shared = await act((ctx) => ctx.run(shares, [personId]))
  for (const [network, rows] of Map.groupBy(shared, ({ distributorTenantId }) => distributorTenantId)) {
    const leadIds = rows.map(({ leadId }) => leadId)
    await at(network)((ctx) => ctx.run(forget, [leadIds]))
    await act((ctx) => ctx.run(drop, [personId, network, leadIds]))
  }
}

type Received = { leadId: string; personId: string | null }
const find = statement<Received>(
  'received_transfer_of',
  `
  select r.lead_id "leadId", l.person_id "personId" from received_transfers r join leads l on l.tenant_id = $1 and l.id = r.lead_id where r.tenant_id = $1 and r.id = $2 for update of r`,
)
const add = statement(
  'subject_notice_add',
  `
  insert into subject_notices (tenant_id, id, transfer_id, distributor_tenant_id, number, lead_id, what, ended_ground, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict (tenant_id, transfer_id, what) do update set at = excluded.at, ended_ground = subject_notices.ended_ground or excluded.ended_ground, seen_at = null`,
)
const end = statement(
  'received_transfer_over',
  `
  update received_transfers set ended_at = $3, ended_because = $4, version = version + 1 where tenant_id = $1 and id = $2 and ended_at is null`,
)

type Notice = Handed & { from: string; what: What; ends: boolean }
/** @returns whether there is anything there that it speaks of: then the dealer has heard. */
async function takeNotice(ctx: Ctx, { transferId, from, number, what, ends }: Notice): Promise<boolean> {
  const [received] = await ctx.run(find, [transferId])
  if (!received) return false
  const ended = ends && received.personId ? await endGroundsOf(ctx, received.personId, { transferId }, what === 'withdrawn' ? 'consent_withdrawn' : 'purpose_reached') : 0
  await ctx.run(add, [ctx.newId(), transferId, from, number, received.leadId, what, ended > 0, ctx.now()])
  if (ends) await ctx.run(end, [transferId, ctx.now(), what])
  ctx.audit('subject_notice.received', {
    persons: received.personId ? [received.personId] : [],
    object: { kind: 'lead', id: received.leadId },
    details: { transferId, number, what, endedGrounds: ended },
  })
  ctx.live({ kind: 'lead', id: received.leadId, outletId: null, responsibleId: null })
  return true
}
