import { notFound, seer, stale, wrongState, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'
import { leadColumns, leadJoins, type LeadColumns } from './lead-row.ts'

const one = (lock: string) =>
  statement<LeadColumns>(`lead_one${lock ? '_locked' : ''}`, `select ${leadColumns} from ${leadJoins} where l.tenant_id = $1 and l.id = $5 and ${seenText('l', 2)}${lock}`)
const reading = one('')
const changing = one(' for update of l')

/** A lead that the actor may see; one of another tenant, outlet or seller does not exist. */
export async function readLead(ctx: Ctx, leadId: string): Promise<LeadColumns> {
  const [row] = await ctx.run(reading, [...seerValues(seer(ctx.actor, 'lead.read_all')), leadId])
  if (!row) throw notFound()
  return row
}

/** The same, locked for a change; refuses a lost update and shows what stands there now. What is left of a destroyed person's lead changes no more. */
export async function lockLead(ctx: Ctx, leadId: string, version: number): Promise<LeadColumns & { personId: string }> {
  const [row] = await ctx.run(changing, [...seerValues(seer(ctx.actor, 'lead.read_all')), leadId])
  if (!row) throw notFound()
  if (row.version !== version) throw stale({ version: row.version, status: row.status, responsibleId: row.responsibleId })
  if (row.personId === null) throw wrongState('destroyed')
  return { ...row, personId: row.personId }
}
