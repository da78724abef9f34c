import type { z } from 'zod'
import { interactions, UNDO_MINUTES, type InteractionDraft } from '../../../contract/crm/interaction.ts'
import { handle, invalid, may, Refusal, seer, type Ctx } from '../../kernel/index.ts'
import { addFacts, assertHeld, tellPerson, visiblePerson } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues, type SealItem } from '../../vault/index.ts'
import { addTask } from '../tasks/add-task.ts'
import type { Effects } from './effects.ts'
import { applyContact, leadOfContact } from './lead-of-contact.ts'

type Draft = z.output<typeof InteractionDraft>

const insert = statement(
  'interaction_insert',
  `
  with touched as (update persons set updated_at = $10 where tenant_id = $1 and id = $3)
  insert into interactions (tenant_id, id, person_id, lead_id, deal_id, kind, result, has_text, by_id, at, effects) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb)`,
)

/** Records what a member of staff and a client did: the text sealed, the lead's clocks, the finished task and the next step in one transaction. */
export const logInteraction = handle(interactions.log, async (ctx, draft) => {
  if ((draft.next || draft.doneTaskId) && !may(ctx.actor, 'task.edit')) throw new Refusal('forbidden')
  const id = ctx.newId()
  const text = draft.text ?? ''
  const said: SealItem = { personId: draft.personId, class: 'communication', recordId: id, version: 1, facts: { text } }
  // Sealing stores nothing, so it need not wait for the answers that may still refuse.
  const [person, lead, sealed] = await Promise.all([
    visiblePerson(ctx, draft.personId),
    leadOfContact(ctx, draft),
    text === '' ? [] : ctx.vault.seal(ctx.asker, ctx.tenantId, [said]),
    assertDeal(ctx, draft),
    assertHeld(ctx, draft.personId),
  ])
  if (person.restrictedAt) throw new Refusal('restricted')
  const dealId = draft.dealId ?? null
  const changed = await applyContact(ctx, lead, person.id, draft)
  if (draft.doneTaskId) await finishTask(ctx, draft.doneTaskId, person.id)
  const taskId = draft.next ? await addTask(ctx, { ...draft.next, person, leadId: lead?.id ?? null, dealId }) : null
  const effects: Effects = { ...changed, ...(taskId ? { taskId } : {}), ...(draft.doneTaskId ? { doneTaskId: draft.doneTaskId } : {}) }
  await Promise.all([
    ctx.run(insert, [id, person.id, lead?.id ?? null, dealId, draft.kind, draft.result, text !== '', ctx.actor.id, ctx.now(), JSON.stringify(effects)]),
    ...(sealed.length > 0 ? [addFacts(ctx, person.id, sealed)] : []),
  ])
  ctx.audit('interaction.logged', {
    persons: [person.id],
    object: { kind: 'interaction', id },
    details: { kind: draft.kind, result: draft.result, firstContact: changed.isFirstContact ?? false },
  })
  tellPerson(ctx, person.id, person)
  return {
    id,
    leadId: lead?.id ?? null,
    taskId,
    tookLead: changed.took !== undefined,
    isFirstContact: changed.isFirstContact ?? false,
    undoUntil: new Date(ctx.now().getTime() + UNDO_MINUTES * 60_000).toISOString(),
  }
})

const deal = statement<{ id: string }>('contact_deal', `select d.id from deals d where d.tenant_id = $1 and d.id = $5 and d.person_id = $6 and ${seenText('d', 2)}`)

async function assertDeal(ctx: Ctx, { dealId, personId }: Draft): Promise<void> {
  if (!dealId) return
  const [found] = may(ctx.actor, 'deal.read') ? await ctx.run(deal, [...seerValues(seer(ctx.actor, 'deal.read_all')), dealId, personId]) : []
  if (!found) throw invalid('dealId', 'unknown')
}

const finish = statement<{ id: string }>(
  'contact_task_done',
  `
  update tasks set done_at = $4, version = version + 1 where tenant_id = $1 and id = $2 and person_id = $3 and done_at is null returning id`,
)

/** The planned step is fulfilled by this contact; one that is not open with this client is refused by name. */
async function finishTask(ctx: Ctx, taskId: string, personId: string): Promise<void> {
  const [done] = await ctx.run(finish, [taskId, personId, ctx.now()])
  if (!done) throw invalid('doneTaskId', 'unknown')
  ctx.audit('task.done', { persons: [personId], object: { kind: 'task', id: taskId }, details: { by: 'contact' } })
}
