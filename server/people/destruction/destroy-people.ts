import type { DestructionReason } from '../../../contract/privacy/destruction.ts'
import { changedByDestruction, declaredPersonalData, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { tellRecipients } from '../disclosures/tell-recipients.ts'
import { writeAct } from './write-act.ts'

/** At most so many at once: what the vault takes in one question, and a transaction of some hundred milliseconds. */
export const DESTROY_BATCH = 500

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
 * run removes them. What goes with the person, and what stays without one and how it is emptied, each module declares (`PersonalData`); objections stay as hashes. Sealed objects are removed by a job that this transaction adds. Whoever has their own page open
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
  await emptyRows(ctx, ids)
  await ctx.run(noteOnPages, [ids, actId, ctx.now()])
  await ctx.run(removeTokens, [ids])
  await ctx.run(remove, [ids])
  // One event for one act: a single proof shows that all of them went.
  ctx.audit('person.destroyed', { persons: ids, object: { kind: 'destruction_act', id: actId }, details: { reason, count: ids.length } })
  if (objects.length > 0) ctx.emit('remove-objects', { fileIds: objects.map(({ id }) => id) })
  for (const personId of ids.length === 1 ? ids : []) ctx.live({ kind: 'person', id: personId, outletId: null, responsibleId: null })
  return actId
}

/** What stays without the person is emptied as the module that keeps it declares. */
async function emptyRows(ctx: Ctx, ids: string[]): Promise<void> {
  for (const { table, emptied } of changedByDestruction(declaredPersonalData()))
    if (emptied !== undefined) await ctx.run(statement(`person_${table}_emptied`, emptied), emptied.includes('$3') ? [ids, ctx.now()] : [ids])
}
