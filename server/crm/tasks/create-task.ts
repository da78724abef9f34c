import { tasks } from '../../../contract/crm/task.ts'
import { handle, invalid, Refusal, type Ctx } from '../../kernel/index.ts'
import { assertHeld, visiblePerson } from '../../people/index.ts'
import { addTask } from './add-task.ts'

export const createTask = handle(tasks.create, async (ctx, { personId, leadId, dealId, kind, dueAt, responsibleId }) => {
  const person = await visiblePerson(ctx, personId)
  if (person.restrictedAt) throw new Refusal('restricted')
  await assertHeld(ctx, personId)
  await assertOfPerson(ctx, personId, leadId, dealId)
  const id = await addTask(ctx, { person, leadId, dealId, kind, dueAt, responsibleId })
  return { id, version: 1 }
})

/** A step belongs to the client's own lead or deal. */
async function assertOfPerson(ctx: Ctx, personId: string, leadId: string | null, dealId: string | null): Promise<void> {
  if (leadId && !(await ctx.db.selectFrom('leads').select('id').where('id', '=', leadId).where('personId', '=', personId).executeTakeFirst())) throw invalid('leadId', 'unknown')
  if (dealId && !(await ctx.db.selectFrom('deals').select('id').where('id', '=', dealId).where('personId', '=', personId).executeTakeFirst())) throw invalid('dealId', 'unknown')
}
