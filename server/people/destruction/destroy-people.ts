import type { DestructionReason } from '../../../contract/privacy/destruction.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { tellRecipients } from '../disclosures/tell-recipients.ts'
import { writeAct } from './write-act.ts'

/** At most so many at once: what the vault takes in one question, and a transaction of some hundred milliseconds. */
export const DESTROY_BATCH = 500

/** What is left of a request is a row of statistics: no person, no number of the sender by which one could be found again. */
const emptyLeads = statement(
  'person_leads_emptied',
  `
  update leads set external_ref = null, version = version + 1, status = 'closed', closed_at = coalesce(closed_at, $3) where tenant_id = $1 and person_id = any ($2::uuid[])`,
)
const emptyDeals = statement(
  'person_deals_emptied',
  `
  update deals set version = version + 1, stage = 'lost', lost_reason = 'other', stage_since = $3, closed_at = $3
  where tenant_id = $1 and person_id = any ($2::uuid[]) and stage not in ('won', 'lost')`,
)
const emptyDrives = statement(
  'person_drives_emptied',
  `
  update test_drives set version = version + 1, status = 'cancelled' where tenant_id = $1 and person_id = any ($2::uuid[]) and status = 'booked'`,
)
const emptyMessages = statement(
  'person_messages_emptied',
  `
  update outbound_messages set state = 'cancelled', because = 'destroyed', address_token = null, settled_at = $3
  where tenant_id = $1 and person_id = any ($2::uuid[]) and state in ('queued', 'sending')`,
)
// What they had asked for otherwise has happened with this; nobody could close it afterwards.
const settleRequests = statement(
  'person_requests_settled',
  `
  with done as (update subject_requests set state = 'executed', answered_at = $3, version = version + 1, updated_at = $3
    where tenant_id = $1 and person_id = any ($2::uuid[]) and state in ('new', 'in_work') and kind in ('destroy', 'stop', 'withdraw', 'stop_marketing') returning id)
  insert into request_events (tenant_id, id, request_id, kind, at) select $1, gen_random_uuid(), id, 'executed', $3 from done`,
)
// Search tokens have no foreign key (millions of rows, each checked): they go by hand.
const removeTokens = statement('person_tokens_remove', `delete from search_tokens where tenant_id = $1 and person_id = any ($2::uuid[])`)
const remove = statement('person_remove', `delete from persons where tenant_id = $1 and id = any ($2::uuid[])`)
const objectsOf = statement<{ id: string }>('person_objects', `select id from files where tenant_id = $1 and person_id = any ($2::uuid[])`)

// Whoever reads their page in this hour finds the act there, and nothing that leads to them: their line of the page goes with them.
const noteOnPages = statement(
  'person_pages_noted',
  `
  update portal_sessions s set act_ids = array_append(s.act_ids, $3) where s.tenant_id = $1 and s.ended_at is null and s.expires_at > $4
    and s.id in (select p.session_id from portal_session_persons p where p.tenant_id = $1 and p.person_id = any ($2::uuid[]))`,
)

export type Destruction = { personIds: readonly string[]; reason: DestructionReason; requestId?: string }

/**
 * The one way in which clients are destroyed (152-ФЗ art. 3 п.8, 21 ч.3–7; order РКН 179): the nightly job, the officer's act and a person's own demand all come
 * here, with people whom they have locked and may destroy. Keys first: if this transaction fails afterwards, its rows are noise already and the next
 * run removes them. Facts, tokens, grounds, contacts, tasks, messages and files go with the person, what waits to be sent is cancelled; leads, deals and
 * test drives stay without one; objections stay as hashes. Sealed objects are removed by a job that this transaction adds. Whoever has their own page open
 * keeps it, empty, for its two hours: there they read that nothing is held.
 * @returns the id of the act of destruction, one for all of them.
 */
export async function destroyPeople(ctx: Ctx, { personIds, reason, requestId }: Destruction): Promise<string> {
  if (personIds.length === 0 || personIds.length > DESTROY_BATCH) throw new RangeError(`1 to ${DESTROY_BATCH} people are destroyed at once`)
  const ids = [...personIds]
  const objects = await ctx.run(objectsOf, [ids])
  const actId = await writeAct(ctx, { personIds: ids, reason, requestId: requestId ?? null })
  await tellRecipients(ctx, ids, 'destroyed', actId)
  await ctx.vault.destroy(ctx.asker, ctx.tenantId, ids, reason)
  for (const emptied of [emptyLeads, emptyDeals, emptyMessages, settleRequests]) await ctx.run(emptied, [ids, ctx.now()])
  await ctx.run(noteOnPages, [ids, actId, ctx.now()])
  await ctx.run(emptyDrives, [ids])
  await ctx.run(removeTokens, [ids])
  await ctx.run(remove, [ids])
  // One event for one act: a single proof shows that all of them went.
  ctx.audit('person.destroyed', { persons: ids, object: { kind: 'destruction_act', id: actId }, details: { reason, count: ids.length } })
  if (objects.length > 0) ctx.emit('remove-objects', { fileIds: objects.map(({ id }) => id) })
  for (const personId of ids.length === 1 ? ids : []) ctx.live({ kind: 'person', id: personId, outletId: null, responsibleId: null })
  return actId
}
