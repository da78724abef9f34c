import type { z } from 'zod'
import { MAX_RULES, routing, type RuleDraft } from '../../../contract/crm/routing.ts'
import { handle, invalid, notFound, saidIn, stale, type Ctx } from '../../kernel/index.ts'
import { ruleOrder } from './rule-order.ts'

const columns = ['id', 'place', 'name', 'sourceId', 'interest', 'outletId', 'toOutletId', 'toDepartmentKind', 'toEmployeeId', 'isActive', 'version'] as const
const order = ruleOrder('routing_rules')

export const listRules = handle(routing.list, async (ctx) => {
  const rows = await ctx.db
    .selectFrom('routingRules')
    .select([...columns])
    .orderBy('place')
    .orderBy('id')
    .limit(MAX_RULES)
    .execute()
  return { rules: rows.map((row) => ({ ...row, interest: asInterest(row.interest), toDepartmentKind: asDepartment(row.toDepartmentKind) })) }
})
type Draft = z.output<typeof RuleDraft>
// The contract wrote these columns, and it parses them again on the way out.
const asInterest = (text: string | null): Draft['interest'] => text as Draft['interest']
const asDepartment = (text: string): Draft['toDepartmentKind'] => text as Draft['toDepartmentKind']

export const createRule = handle(routing.create, async (ctx, draft) => {
  const place = await order.nextPlace(ctx)
  await checkTargets(ctx, draft)
  const id = ctx.newId()
  await ctx.db
    .insertInto('routingRules')
    .values({ id, place, ...draft })
    .execute()
  ctx.audit('routing.edited', { object: { kind: 'routing_rule', id }, details: { what: 'created' } })
  return { id, version: 1 }
})

export const editRule = handle(routing.edit, async (ctx, { ruleId, version, ...asked }) => {
  const rule = await lockRule(ctx, ruleId, version)
  const { change, changed } = saidIn(asked, 'name')
  await checkTargets(ctx, { ...rule, ...change })
  await ctx.db
    .updateTable('routingRules')
    .set({ ...change, version: version + 1 })
    .where('id', '=', ruleId)
    .execute()
  ctx.audit('routing.edited', { object: { kind: 'routing_rule', id: ruleId }, details: { what: 'edited', changed } })
  return { id: ruleId, version: version + 1 }
})

export const removeRule = handle(routing.remove, async (ctx, { ruleId, version }) => {
  await lockRule(ctx, ruleId, version)
  await ctx.db.deleteFrom('routingRules').where('id', '=', ruleId).execute()
  ctx.audit('routing.edited', { object: { kind: 'routing_rule', id: ruleId }, details: { what: 'removed' } })
  return {}
})

export const reorderRules = handle(routing.reorder, async (ctx, { ruleIds }) => {
  await order.reorder(ctx, ruleIds)
  ctx.audit('routing.edited', { details: { what: 'reordered', rules: ruleIds.length } })
  return {}
})

async function lockRule(ctx: Ctx, ruleId: string, version: number) {
  const rule = await ctx.db
    .selectFrom('routingRules')
    .select([...columns])
    .where('id', '=', ruleId)
    .forUpdate()
    .executeTakeFirst()
  if (!rule) throw notFound()
  if (rule.version !== version) throw stale({ ...rule })
  return rule
}

type Targets = { sourceId: string | null; outletId: string | null; toOutletId: string; toDepartmentKind: string; toEmployeeId: string | null }

/** What a rule names must be there: a rule that leads nowhere would leave requests lying. */
async function checkTargets(ctx: Ctx, rule: Targets): Promise<void> {
  const { sourceId, outletId, toOutletId, toDepartmentKind, toEmployeeId } = rule
  const [source, outlets, department, employee] = await Promise.all([
    sourceId && ctx.db.selectFrom('leadSources').select('id').where('id', '=', sourceId).executeTakeFirst(),
    ctx.db
      .selectFrom('outlets')
      .select('id')
      .where('id', 'in', [toOutletId, outletId ?? toOutletId])
      .execute(),
    ctx.db
      .selectFrom('departments')
      .select('id')
      .where('outletId', '=', toOutletId)
      .where('kind', '=', toDepartmentKind as Draft['toDepartmentKind'])
      .executeTakeFirst(),
    toEmployeeId && ctx.db.selectFrom('employees').select('outletId').where('id', '=', toEmployeeId).where('isActive', '=', true).executeTakeFirst(),
  ])
  if (sourceId && !source) throw invalid('sourceId', 'unknown')
  if (outletId && !outlets.some(({ id }) => id === outletId)) throw invalid('outletId', 'unknown')
  if (!outlets.some(({ id }) => id === toOutletId)) throw invalid('toOutletId', 'unknown')
  if (!department) throw invalid('toDepartmentKind', 'not_at_this_outlet')
  if (toEmployeeId && !employee) throw invalid('toEmployeeId', 'unknown')
  if (employee && employee.outletId !== null && employee.outletId !== toOutletId) throw invalid('toEmployeeId', 'not_at_this_outlet')
}
