import { leads, type LeadRow } from '../../../contract/crm/lead.ts'
import { handle, notFound, seer } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'

const find = statement<Pick<LeadRow, 'id' | 'number' | 'status' | 'source' | 'interest'>>(
  'lead_by_number',
  `
  select l.id, l.number, l.status, s.name source, l.interest from leads l join lead_sources s on s.tenant_id = $1 and s.id = l.source_id
  where l.tenant_id = $1 and l.number = $5 and ${seenText('l', 2)}`,
)

/** By the number that a colleague or a client names; a lead that the asker does not see does not exist. */
export const findLead = handle(leads.find, async (ctx, { number }) => {
  const [lead] = await ctx.run(find, [...seerValues(seer(ctx.actor, 'lead.read_all')), number])
  if (!lead) throw notFound()
  return lead
})
