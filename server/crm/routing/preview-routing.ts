import { routing, type RoutingPreview } from '../../../contract/crm/routing.ts'
import { handle, invalid } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { addWorkingMinutes } from '../clock/working-hours.ts'
import { chooseAssignee, openLoad, takingRoles } from './choose-assignee.ts'

const candidates = statement<{ employeeId: string; openLeads: number }>(
  'routing_candidates',
  `
  select e.id "employeeId", ${openLoad('e.id')} "openLeads" from employees e join departments d on d.tenant_id = $1 and d.id = e.department_id
  where e.tenant_id = $1 and e.is_active and e.role = any ($2::text[]) and d.kind = $3 and (e.outlet_id is null or e.outlet_id = $4) order by "openLeads", e.id limit 50`,
)

type Rule = { id: string; name: string; isActive: boolean; sourceId: string | null; interest: string | null; outletId: string | null }
type Asked = { sourceId: string; interest: string; outletId: string | null }

/** Asks the very function that assigns, and tells what it left aside on the way. */
export const previewRouting = handle(routing.preview, async (ctx, { sourceId, interest, outletId }) => {
  const asked: Asked = { sourceId, interest, outletId: outletId ?? null }
  const source = await ctx.db.selectFrom('leadSources').select('id').where('id', '=', sourceId).executeTakeFirst()
  if (!source) throw invalid('sourceId', 'unknown')
  const chosen = await chooseAssignee(ctx, asked)
  const [rules, people] = await Promise.all([
    ctx.db.selectFrom('routingRules').select(['id', 'name', 'isActive', 'sourceId', 'interest', 'outletId']).orderBy('place').orderBy('id').limit(200).execute(),
    ctx.run(candidates, [takingRoles, chosen.departmentKind, chosen.outletId]),
  ])
  const at = rules.findIndex(({ id }) => id === chosen.ruleId)
  return {
    ruleId: chosen.ruleId,
    because: chosen.because,
    outletId: chosen.outletId,
    departmentKind: chosen.departmentKind as RoutingPreview['departmentKind'],
    responsibleId: chosen.responsibleId,
    candidates: people,
    passedOver: (at === -1 ? rules : rules.slice(0, at)).flatMap((rule) => {
      const why = misfit(rule, asked)
      return why ? [{ ruleId: rule.id, name: rule.name, why }] : []
    }),
    takeDueAt: addWorkingMinutes(chosen.hours, ctx.now(), chosen.takeMinutes).toISOString(),
    firstContactDueAt: addWorkingMinutes(chosen.hours, ctx.now(), chosen.firstContactMinutes).toISOString(),
  }
})

function misfit(rule: Rule, asked: Asked): RoutingPreview['passedOver'][number]['why'] | null {
  if (!rule.isActive) return 'inactive'
  if (rule.sourceId !== null && rule.sourceId !== asked.sourceId) return 'source'
  if (rule.interest !== null && rule.interest !== asked.interest) return 'interest'
  return rule.outletId !== null && rule.outletId !== asked.outletId ? 'outlet' : null
}
