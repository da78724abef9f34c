import { leads, type Assignee } from '../../../contract/crm/lead.ts'
import { handle, seer } from '../../kernel/index.ts'
import { namesOfStaff } from '../../identity/index.ts'
import { statement } from '../../platform/db/session.ts'
import { openLoad, takingRoles } from '../routing/choose-assignee.ts'
import { heatOf } from './burning.ts'
import { clockRules } from './lead-row.ts'
import { readUnanswered } from './list-leads.ts'

type Row = Omit<Assignee, 'name' | 'overdueLeads'> & { personId: string }
const list = statement<Row>(
  'lead_assignees',
  `
  select e.id "employeeId", e.person_id "personId", e.role, e.outlet_id "outletId", d.kind "departmentKind", ${openLoad('e.id')} "openLeads"
  from employees e left join departments d on d.tenant_id = $1 and d.id = e.department_id
  where e.tenant_id = $1 and e.is_active and e.role = any ($2::text[]) and ($3::uuid is null or e.outlet_id is null or e.outlet_id = $3) order by "openLeads", e.id limit 200`,
)

/** Who can be given a lead: names for the purpose of employment, and what each has in hand. */
export const listAssignees = handle(leads.assignees, async (ctx, { outletId }) => {
  const now = ctx.now()
  const [rows, rules, waiting] = await Promise.all([ctx.run(list, [takingRoles, outletId ?? null]), clockRules(ctx), readUnanswered(ctx, {}, seer(ctx.actor, 'lead.read_all'))])
  const names = await namesOfStaff(
    ctx,
    rows.map(({ personId }) => personId),
  )
  const overdue = (id: string): number => waiting.rows.filter((lead) => lead.responsibleId === id && heatOf(lead, rules, now).heat === 'overdue').length
  return { assignees: rows.map(({ personId, ...row }) => ({ ...row, name: names.get(personId) ?? '···', overdueLeads: overdue(row.employeeId) })) }
})
