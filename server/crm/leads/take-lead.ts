import { leads } from '../../../contract/crm/lead.ts'
import { handle, wrongState } from '../../kernel/index.ts'
import { changeLead } from './change-lead.ts'
import { leadOnPerson } from './lead-on-person.ts'
import { lockLead } from './one-lead.ts'

/** Takes a lead into work: the first clock stops. Of two who press at once the second is told who has it. */
export const takeLead = handle(leads.take, async (ctx, { leadId, version }) => {
  const lead = await lockLead(ctx, leadId, version)
  if (lead.status === 'closed' || (lead.status === 'in_work' && lead.responsibleId !== ctx.actor.id)) throw wrongState(lead.status)
  const responsibleId = ctx.me
  const after = await changeLead(ctx, lead, {
    act: 'take',
    event: 'lead.taken',
    change: { status: 'in_work', responsibleId, takenAt: lead.takenAt ?? ctx.now(), assignedBecause: 'taken' },
  })
  await leadOnPerson(ctx, lead.personId, responsibleId)
  return after
})
