import { allows, staffRoles } from '../../../contract/permissions.ts'
import { invalid, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { OutletHours } from '../clock/working-hours.ts'
import { defaultPolicy } from './default-policy.ts'

/** `because` is a code with parameters, told in words by the screen: see `readBecause` of the contract. */
export type Assignment = {
  ruleId: string | null
  outletId: string
  departmentKind: string
  responsibleId: string | null
  because: string
  hours: OutletHours
  takeMinutes: number
  firstContactMinutes: number
}
/** `personId`: the client, when known already. `keepsOutlet`: whoever writes the lead down keeps it where it is. */
export type RoutedLead = { sourceId: string; interest: string; outletId: string | null; personId?: string | null; keepsOutlet?: boolean }

type Row = {
  ruleId: string | null
  rule: string | null
  outletId: string | null
  departmentKind: string | null
  namedId: string | null
  clientId: string | null
  leastId: string | null
  open: number | null
  timeZone: string
  hours: OutletHours['week']
  takeMinutes: number | null
  firstContactMinutes: number | null
}

/** Roles whose people work on leads at all: nobody else is chosen by load. */
export const takingRoles: readonly string[] = staffRoles.filter((role) => allows(role, 'lead.take'))

/** Loads above the cap count as equal, so that the question stays cheap however many leads are open. */
const LOAD_CAP = 100
export const openLoad = (employee: string): string =>
  `(select count(*)::int from (select from leads l where l.tenant_id = $1 and l.responsible_id = ${employee} and l.status in ('new', 'in_work') limit ${LOAD_CAP}) few)`

// A client in the middle of something with a colleague comes back to that colleague. Operators and advisers see every client, so their departments take whoever is free.
const choose = statement<Row>(
  'routing_choose',
  `
  with rule as (
    select id, name, to_outlet_id, to_department_kind, (select e.id from employees e where e.tenant_id = $1 and e.id = to_employee_id and e.is_active) named_id from routing_rules
    where tenant_id = $1 and is_active and (source_id is null or source_id = $2) and (interest is null or interest = $3) and (outlet_id is null or outlet_id = $4)
    order by place, id limit 1),
  place as (
    select case when $6::boolean then $4::uuid else coalesce((select to_outlet_id from rule), $4, (select id from outlets where tenant_id = $1 order by created_at, id limit 1)) end outlet_id)
  select r.id "ruleId", r.name rule, o.id "outletId", r.to_department_kind "departmentKind", r.named_id "namedId", client.id "clientId", least.id "leastId", least.open,
    o.time_zone "timeZone", o.hours, p.take_minutes "takeMinutes", p.first_contact_minutes "firstContactMinutes"
  from place left join outlets o on o.tenant_id = $1 and o.id = place.outlet_id
  left join rule r on true
  left join lead_policies p on p.tenant_id = $1 and p.interest = $3
  left join lateral (
    select e.id from persons c join employees e on e.tenant_id = $1 and e.id = c.responsible_id
    where c.tenant_id = $1 and c.id = $5 and r.to_department_kind not in ('call_centre', 'service') and e.is_active and (e.outlet_id is null or e.outlet_id = r.to_outlet_id) and (
      exists (select from leads l where l.tenant_id = $1 and l.person_id = c.id and l.responsible_id = e.id and l.status in ('new', 'in_work'))
      or exists (select from deals d where d.tenant_id = $1 and d.person_id = c.id and d.responsible_id = e.id and d.stage not in ('won', 'lost')))) client on true
  left join lateral (
    select e.id, ${openLoad('e.id')} open
    from employees e join departments d on d.tenant_id = $1 and d.id = e.department_id
    where e.tenant_id = $1 and e.is_active and e.role = any ($7::text[]) and r.named_id is null and client.id is null and d.kind = r.to_department_kind and (e.outlet_id is null or e.outlet_id = r.to_outlet_id)
    order by open, e.id limit 1) least on true`,
)

/**
 * The first rule that fits decides; within its department whoever has the fewest open leads, unless the client is in a colleague's hands. Explains itself.
 * @throws Refusal `invalid` (outletId) when the lead names an outlet that is not there.
 */
export async function chooseAssignee(ctx: Ctx, lead: RoutedLead): Promise<Assignment> {
  const [row] = await ctx.run(choose, [lead.sourceId, lead.interest, lead.outletId, lead.personId ?? null, lead.keepsOutlet === true && lead.outletId !== null, takingRoles])
  if (!row?.outletId || !(await isOurs(ctx, lead.outletId, row.outletId))) throw invalid('outletId', 'unknown')
  return {
    ruleId: row.ruleId,
    outletId: row.outletId,
    departmentKind: row.departmentKind ?? 'call_centre',
    responsibleId: row.clientId ?? row.namedId ?? row.leastId,
    because: reason(row),
    hours: { timeZone: row.timeZone, week: row.hours },
    takeMinutes: row.takeMinutes ?? defaultPolicy.takeMinutes,
    firstContactMinutes: row.firstContactMinutes ?? defaultPolicy.firstContactMinutes,
  }
}

/** A rule may send the lead elsewhere, but the outlet it named must be one of ours all the same. */
async function isOurs(ctx: Ctx, named: string | null, chosen: string): Promise<boolean> {
  if (named === null || named === chosen) return true
  return (await ctx.db.selectFrom('outlets').select('id').where('id', '=', named).executeTakeFirst()) !== undefined
}

function reason(row: Row): string {
  if (row.rule === null) return 'no_rule'
  if (row.clientId !== null) return `rule_client|${row.rule}`
  if (row.namedId !== null) return `rule_employee|${row.rule}`
  return row.leastId === null ? `rule_nobody|${row.rule}` : `rule_least|${row.rule}|${row.open}`
}
