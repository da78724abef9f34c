import { interactions, isGenuineContact, UNDO_MINUTES, type InteractionKind, type InteractionResult } from '../../../contract/crm/interaction.ts'
import { handle, notFound, Refusal, wrongState, type Ctx } from '../../kernel/index.ts'
import { tellPerson, visiblePerson } from '../../people/index.ts'
import { tellLead } from '../leads/change-lead.ts'
import { scheduleDeadline } from '../leads/lead-deadline.ts'
import { tellNetwork } from '../leads/tell-network.ts'
import { Effects } from './effects.ts'

/** Takes back one's own fresh record: its sealed text, the clocks it stopped, the step it planned and the one it finished. */
export const undoInteraction = handle(interactions.undo, async (ctx, { interactionId }) => {
  const row = await ctx.db.selectFrom('interactions').select(['personId', 'leadId', 'byId', 'at', 'effects', 'kind', 'result']).where('id', '=', interactionId).executeTakeFirst()
  if (!row) throw notFound()
  const person = await visiblePerson(ctx, row.personId)
  if (row.byId !== ctx.actor.id) throw new Refusal('forbidden')
  if (ctx.now().getTime() - row.at.getTime() > UNDO_MINUTES * 60_000) throw wrongState('too_late')
  const { numDeletedRows } = await ctx.db.deleteFrom('interactions').where('id', '=', interactionId).executeTakeFirst()
  // Pressed twice at once: the other one has taken it back.
  if (numDeletedRows !== 1n) throw notFound()
  await ctx.db.deleteFrom('facts').where('personId', '=', row.personId).where('class', '=', 'communication').where('recordId', '=', interactionId).execute()
  const effects = Effects.parse(row.effects)
  if (row.leadId) await giveBackLead(ctx, row.leadId, effects)
  const { hands } = effects
  // Unless somebody else has got the client meanwhile.
  if (hands) await ctx.db.updateTable('persons').set({ responsibleId: hands.before }).where('id', '=', row.personId).where('responsibleId', '=', hands.after).execute()
  if (effects.taskId) await ctx.db.deleteFrom('tasks').where('id', '=', effects.taskId).where('doneAt', 'is', null).execute()
  if (effects.doneTaskId)
    await ctx.db
      .updateTable('tasks')
      .set((eb) => ({ doneAt: null, version: eb('version', '+', 1) }))
      .where('id', '=', effects.doneTaskId)
      .where('doneAt', '=', row.at)
      .execute()
  ctx.audit('interaction.undone', { persons: [row.personId], object: { kind: 'interaction', id: interactionId }, details: { kind: row.kind, result: row.result } })
  tellPerson(ctx, person.id, hands ? { ...person, responsibleId: hands.before } : person)
  return {}
})

/** The lead is again what it was, unless somebody has worked on it since; the first contact is then the earliest genuine one that remains. */
async function giveBackLead(ctx: Ctx, leadId: string, { took, isFirstContact }: Effects): Promise<void> {
  if (!took && !isFirstContact) return
  const lead = await ctx.db
    .selectFrom('leads')
    .select(['version', 'status', 'outletId', 'responsibleId', 'firstContactAt', 'networkLeadId'])
    .where('id', '=', leadId)
    .forUpdate()
    .executeTakeFirst()
  if (!lead || lead.status === 'closed') return
  const given = took && lead.version === took.leadVersion ? { status: 'new' as const, takenAt: null, responsibleId: took.responsibleId, assignedBecause: took.assignedBecause } : {}
  const firstContactAt = isFirstContact ? await earliestContact(ctx, leadId) : lead.firstContactAt
  await ctx.db
    .updateTable('leads')
    .set({ ...given, firstContactAt, version: lead.version + 1 })
    .where('id', '=', leadId)
    .execute()
  // Its clocks run again, and the look that was planned may have found them stopped.
  if (firstContactAt === null) scheduleDeadline(ctx, leadId, ctx.now())
  tellNetwork(ctx, { id: leadId, networkLeadId: lead.networkLeadId })
  tellLead(ctx, leadId, lead, { outletId: lead.outletId, responsibleId: took ? took.responsibleId : lead.responsibleId })
}

async function earliestContact(ctx: Ctx, leadId: string): Promise<Date | null> {
  const rows = await ctx.db.selectFrom('interactions').select(['kind', 'result', 'isAutomatic', 'at']).where('leadId', '=', leadId).orderBy('at').limit(500).execute()
  return rows.find((row) => isGenuineContact({ kind: row.kind as InteractionKind, result: row.result as InteractionResult, isAutomatic: row.isAutomatic }))?.at ?? null
}
