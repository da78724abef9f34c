import { leads } from '../../../contract/crm/lead.ts'
import { handle, wrongState } from '../../kernel/index.ts'
import { startTerm } from '../../people/index.ts'
import { changeLead } from './change-lead.ts'
import { lockLead } from './one-lead.ts'

/** Closes a lead with a result. The request is answered, so the term of its ground begins to run (152-ФЗ art. 5 ч.7). */
export const closeLead = handle(leads.close, async (ctx, { leadId, version, result }) => {
  const lead = await lockLead(ctx, leadId, version)
  if (lead.status === 'closed') throw wrongState('closed')
  const after = await changeLead(ctx, lead, { act: 'close', event: 'lead.closed', change: { status: 'closed', result, closedAt: ctx.now() }, details: { result } })
  await startTerm(ctx, lead.personId, { leadId })
  return after
})
