import type { z } from 'zod'
import { routing, type RuleDraft } from '../../../contract/crm/routing.ts'
import { handle, invalid, notFound, stale, type Ctx } from '../../kernel/index.ts'

const columns = ['id', 'place', 'name', 'sourceId', 'interest', 'outletId', 'toOutletId', 'toDepartmentKind', 'toEmployeeId', 'isActive', 'version'] as const
const MAX_RULES = 200

const readRules = (ctx: Ctx) =>
  ctx.db
    .selectFrom('routingRules')
    .select([...columns])
    .orderBy('place')
    .orderBy('id')
    .limit(MAX_RULES)
    .execute()

export const listRules = handle(routing.list, async (ctx) => {
  const rows = await readRules(ctx)
  return { rules: rows.map((row) => ({ ...row, interest: asInterest(row.interest), toDepartmentKind: asDepartment(row.toDepartmentKind) })) }
})
type Draft = z.output<typeof RuleDraft>
// The contract wrote these columns, and it parses them again on the way out.
const asInterest = (text: string | null): Draft['interest'] => text as Draft['interest']
const asDepartment = (text: string): Draft['toDepartmentKind'] => text as Draft['toDepartmentKind']

export const createRule = handle(routing.create, async (ctx, draft) => {
  await lockOrder(ctx)
  const rows = await readRules(ctx)
  if (rows.length >= MAX_RULES) throw invalid('name', 'too_many_rules')
  await checkTargets(ctx, draft)
  const id = ctx.newId()
  await ctx.db
    .insertInto('routingRules')
    .values({ id, place: (rows.at(-1)?.place ?? 0) + 1, ...draft })
    .execute()
  ctx.audit('routing.edited', { object: { kind: 'routing_rule', id }, details: { what: 'created' } })
  return { id, version: 1 }
})

export const editRule = handle(routing.edit, async (ctx, { ruleId, version, ...asked }) => {
  const rule = await lockRule(ctx, ruleId, version)
  const change = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as Partial<Draft>
  const changed = Object.keys(change)
  if (changed.length === 0) throw invalid('name', 'nothing_to_change')
  await checkTargets(ctx, { ...rule, ...change })
  await ctx.db
    .updateTable('routingRules')
    .set({ ...change, version: version + 1 })
    .where('id', '=', ruleId)
    .execute()
  ctx.audit('routing.edited', { object: { kind: 'routing_rule', id: ruleId }, details: { what: 'edited', changed: changed.join(',') } })
  return { id: ruleId, version: version + 1 }
})

export const removeRule = handle(routing.remove, async (ctx, { ruleId, version }) => {
  await lockRule(ctx, ruleId, version)
  await ctx.db.deleteFrom('routingRules').where('id', '=', ruleId).execute()
  ctx.audit('routing.edited', { object: { kind: 'routing_rule', id: ruleId }, details: { what: 'removed' } })
  return {}
})

/** The whole order at once: whoever did not see a rule that a colleague has just added is told so instead of losing its place. */
export const reorderRules = handle(routing.reorder, async (ctx, { ruleIds }) => {
  await lockOrder(ctx)
  const rows = await readRules(ctx)
  if (rows.length !== ruleIds.length || new Set(ruleIds).size !== ruleIds.length || rows.some(({ id }) => !ruleIds.includes(id))) throw stale({ ruleIds: rows.map(({ id }) => id) })
  for (const [at, id] of ruleIds.entries()) {
    if (rows.find((row) => row.id === id)?.place !== at + 1)
      await ctx.db
        .updateTable('routingRules')
        .set({ place: at + 1 })
        .where('id', '=', id)
        .execute()
  }
  ctx.audit('routing.edited', { details: { what: 'reordered', rules: ruleIds.length } })
  return {}
})

/** Adding and ordering at once would give two rules one place; whoever comes second waits here. */
const lockOrder = async (ctx: Ctx): Promise<void> => void (await ctx.db.selectFrom('routingRules').select('id').orderBy('id').forUpdate().execute())

async function lockRule(ctx: Ctx, ruleId: string, version: number) {
  const rule = await ctx.db
    .selectFrom('routingRules')
    .select([...columns])
    .where('id', '=', ruleId)
    .forUpdate()
    .executeTakeFirst()
  if (!rule) throw notFound()
  if (rule.version !== version)
    throw stale({ version: rule.version, name: rule.name, isActive: rule.isActive, toDepartmentKind: rule.toDepartmentKind, toEmployeeId: rule.toEmployeeId })
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
