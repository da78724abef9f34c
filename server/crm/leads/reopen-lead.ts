import { leads } from '../../../contract/crm/lead.ts'
import { handle, wrongState } from '../../kernel/index.ts'
import { stopTerm } from '../../people/index.ts'
import { changeLead } from './change-lead.ts'
import { scheduleDeadline } from './lead-deadline.ts'
import { lockLead } from './one-lead.ts'

/** Back into work: the purpose lives on, so its term stops running. A person whose term is over already is destroyed, not worked on. */
export const reopenLead = handle(leads.reopen, async (ctx, { leadId, version }) => {
  const lead = await lockLead(ctx, leadId, version)
  if (lead.status !== 'closed') throw wrongState(lead.status)
  if (lead.result === 'taken_back') throw wrongState('taken_back')
  const person = await ctx.db.selectFrom('persons').select('destroyAfter').where('id', '=', lead.personId).executeTakeFirst()
  if (!person || (person.destroyAfter && person.destroyAfter <= ctx.now())) throw wrongState('term_over')
  const after = await changeLead(ctx, lead, { act: 'reopen', event: 'lead.reopened', change: { status: lead.takenAt ? 'in_work' : 'new', result: null, closedAt: null } })
  await stopTerm(ctx, lead.personId, { leadId })
  if (!lead.firstContactAt) scheduleDeadline(ctx, leadId, ctx.now())
  return after
})
