import { leads } from '../../../contract/crm/lead.ts'
import { handle, wrongState } from '../../kernel/index.ts'
import { changeLead } from './change-lead.ts'
import { lockLead } from './one-lead.ts'

/** Asks the head of sales to step in: the lead stands in their tab from now on. It stays with whoever has it. */
export const escalateLead = handle(leads.escalate, async (ctx, { leadId, version }) => {
  const lead = await lockLead(ctx, leadId, version)
  if (lead.status === 'closed' || lead.escalatedAt !== null) throw wrongState(lead.status === 'closed' ? 'closed' : 'escalated')
  return changeLead(ctx, lead, { act: 'escalate', event: 'lead.escalated', change: { escalatedAt: ctx.now() }, details: { why: 'asked' } })
})
