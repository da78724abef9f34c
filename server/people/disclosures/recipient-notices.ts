import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { Told } from './tell-recipients.ts'

/** How a recipient heard: their own CRM here took it in, their system answered the message or fetched it, or the officer told them. */
export type Heard = 'here' | 'push' | 'poll' | 'by_hand'

// Who has the data: whom a handing over reached, or may have (a try that we heard no answer to), and of a destruction whoever else was written down.
const handedOver = `select $1::uuid, gen_random_uuid(), $4::uuid, t.id, t.dealer_id, d.name, n.number, $3::text, $5::timestamptz
  from network_transfers t join network_dealers d on d.tenant_id = $1 and d.id = t.dealer_id join network_leads n on n.tenant_id = $1 and n.id = t.lead_id
  where t.tenant_id = $1 and t.person_id = any ($2::uuid[])
    and (t.state = 'done' or exists (select from network_pushes p where p.tenant_id = $1 and p.transfer_id = t.id and p.what = 'request' and p.attempts > 0))`
const otherwise = `select $1::uuid, gen_random_uuid(), $4::uuid, null::uuid, null::uuid, o.recipient_name, null::bigint, $3::text, $5::timestamptz
  from (select distinct person_id, recipient_name, recipient_tenant_id from disclosures where tenant_id = $1 and person_id = any ($2::uuid[])) o
  where $3 = 'destroyed' and not exists (select from network_transfers t join network_dealers d on d.tenant_id = $1 and d.id = t.dealer_id
    where t.tenant_id = $1 and t.person_id = o.person_id and (d.dealer_tenant_id = o.recipient_tenant_id or d.name = o.recipient_name))`
const into = 'insert into recipient_notices (tenant_id, id, act_id, transfer_id, dealer_id, recipient, number, what, queued_at)'
const queue = statement(
  'recipient_notices_queue',
  `${into} ${handedOver} union all ${otherwise}
  on conflict (tenant_id, transfer_id, what) do update set queued_at = excluded.queued_at, told_at = null, how = null`,
)
const queueLate = statement('recipient_notices_late', `${into} ${handedOver.replace('$4::uuid', lateAct())} on conflict (tenant_id, transfer_id, what) do nothing`)

/** The act by which they went meanwhile; another kind of notice has none. */
function lateAct(): string {
  return `case when $3 = 'destroyed' then (select a.id from destruction_acts a where a.tenant_id = $1 and a.person_ids && $2::uuid[] order by a.at desc limit 1) else $4::uuid end`
}

/** Writes down who is to hear of it, in the transaction in which it happens: from here on each of them is told, or stands as not told yet. */
export const queueNotices = async (ctx: Ctx, personIds: readonly string[], what: Told, actId: string | null): Promise<void> =>
  void (await ctx.run(queue, [[...personIds], what, actId, ctx.now()]))

/** The same of what has arrived at the recipient only since. Whoever stands there already stays as they are. */
export const queueLateNotices = async (ctx: Ctx, personId: string, what: Told): Promise<void> => void (await ctx.run(queueLate, [[personId], what, null, ctx.now()]))

const heard = statement('recipient_notice_heard', `update recipient_notices set told_at = $4, how = $5 where tenant_id = $1 and transfer_id = $2 and what = $3 and told_at is null`)

/** The recipient of this handing over has heard: only what they themselves confirmed counts. */
export const markHeard = async (ctx: Ctx, transferId: string, what: Told, how: Exclude<Heard, 'by_hand'>): Promise<void> =>
  void (await ctx.run(heard, [transferId, what, ctx.now(), how]))
