import { leads } from '../../../contract/crm/lead.ts'
import { handle, wrongState } from '../../kernel/index.ts'
import { startTerm, stopTerm } from '../../people/index.ts'
import { tellLead, undoOf } from './change-lead.ts'
import { scheduleDeadline } from './lead-deadline.ts'
import { lockLead } from './one-lead.ts'
import { tellNetwork } from './tell-network.ts'

/** Takes back my own last act on a lead: everything stands as before, the client's colleague and outlet and the term of the ground too. The trace of both stays. */
export const undoLead = handle(leads.undo, async (ctx, { leadId, version }) => {
  const lead = await lockLead(ctx, leadId, version)
  const undo = await undoOf(ctx, lead)
  if (!undo) throw wrongState('nothing_to_undo')
  const next = version + 1
  await ctx.db
    .updateTable('leads')
    .set({ ...undo.before, undo: null, version: next })
    .where('id', '=', leadId)
    .execute()
  if (undo.act === 'take' || undo.act === 'assign')
    await ctx.db
      .updateTable('persons')
      .set({ responsibleId: undo.personResponsibleId, ...(undo.personOutletId === undefined ? {} : { outletId: undo.personOutletId }) })
      .where('id', '=', lead.personId)
      .execute()
  if (undo.act === 'close') await stopTerm(ctx, lead.personId, { leadId })
  if (undo.act === 'reopen') await startTerm(ctx, lead.personId, { leadId })
  if (undo.before.status !== 'closed' && !lead.firstContactAt) scheduleDeadline(ctx, leadId, ctx.now())
  ctx.audit('lead.undone', { persons: [lead.personId], object: { kind: 'lead', id: leadId }, details: { act: undo.act } })
  tellLead(ctx, leadId, lead, undo.before)
  tellNetwork(ctx, lead)
  return { id: leadId, version: next }
})
