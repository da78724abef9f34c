import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

const BATCH = 200
const due = statement<{ id: string; destroyAfter: Date }>(
  'person_due',
  `
  select id, destroy_after "destroyAfter" from persons
  where tenant_id = $1 and kind = 'customer' and destroy_after <= $2 and restricted_at is null order by destroy_after, id limit ${BATCH} for update skip locked`,
)

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
// Search tokens have no foreign key (millions of rows, each checked): they go by hand.
const removeTokens = statement('person_tokens_remove', `delete from search_tokens where tenant_id = $1 and person_id = any ($2::uuid[])`)
const remove = statement('person_remove', `delete from persons where tenant_id = $1 and id = any ($2::uuid[])`)

/**
 * The job `destroy-due`, nightly for each tenant: destroys the clients whose last ground is over (152-ФЗ art. 21 ч.4, приказ РКН № 179).
 * Keys first: if this transaction fails afterwards, its rows are noise already and the next run removes them. Facts, tokens, grounds,
 * contacts, tasks and messages go with the person; leads, deals and test drives stay without one. Under a restriction (art. 21 ч.1) nothing is destroyed.
 */
export async function destroyDue(ctx: Ctx): Promise<void> {
  const people = await ctx.run(due, [ctx.now()])
  if (people.length === 0) return
  const ids = people.map(({ id }) => id)
  await ctx.vault.destroy(ctx.asker, ctx.tenantId, ids, 'term_over')
  await ctx.run(emptyLeads, [ids, ctx.now()])
  await ctx.run(emptyDeals, [ids, ctx.now()])
  await ctx.run(emptyDrives, [ids])
  await ctx.run(removeTokens, [ids])
  await ctx.run(remove, [ids])
  for (const { id, destroyAfter } of people)
    ctx.audit('person.destroyed', { persons: [id], object: { kind: 'person', id }, details: { reason: 'term_over', dueAt: destroyAfter.toISOString() } })
  if (people.length === BATCH) ctx.emit('destroy-due', {}, { key: `destroy-due:${ctx.tenantId}` })
}
