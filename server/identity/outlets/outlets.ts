import { outlets, type DepartmentKind, type WeekHours } from '../../../contract/identity/outlet.ts'
import { assertRoom, handle, notFound, stale, TryAgain } from '../../kernel/index.ts'

export const MOST_OUTLETS = 200
export const MOST_DEPARTMENTS = 2_000

export const listOutlets = handle(outlets.list, async (ctx) => {
  const rows = await ctx.db.selectFrom('outlets').select(['id', 'name', 'address', 'timeZone', 'hours', 'version']).orderBy('name').orderBy('id').limit(MOST_OUTLETS).execute()
  const departments = await ctx.db.selectFrom('departments').select(['id', 'outletId', 'kind', 'name', 'version']).orderBy('name').orderBy('id').limit(MOST_DEPARTMENTS).execute()
  const of = Map.groupBy(
    departments.map((row) => ({ ...row, kind: row.kind as DepartmentKind })),
    ({ outletId }) => outletId,
  )
  return { outlets: rows.map((row) => ({ ...row, hours: row.hours as WeekHours, departments: of.get(row.id) ?? [] })) }
})

export const createOutlet = handle(outlets.create, async (ctx, { hours, ...draft }) => {
  await assertRoom(ctx, 'outlets', MOST_OUTLETS)
  const id = ctx.newId()
  await ctx.db
    .insertInto('outlets')
    .values({ id, ...draft, hours: JSON.stringify(hours), createdAt: ctx.now() })
    .execute()
  ctx.emit('network-outlets', {}, { key: `network-outlets:${ctx.tenantId}` })
  ctx.audit('outlet.created', { object: { kind: 'outlet', id }, details: { timeZone: draft.timeZone } })
  return { id, version: 1 }
})

export const editOutlet = handle(outlets.edit, async (ctx, { outletId, version, hours, ...draft }) => {
  const now = await ctx.db.selectFrom('outlets').select(['version', 'name', 'address', 'timeZone', 'hours']).where('id', '=', outletId).executeTakeFirst()
  if (!now) throw notFound()
  if (now.version !== version) throw stale({ ...now })
  const next = version + 1
  const { numUpdatedRows } = await ctx.db
    .updateTable('outlets')
    .set({ ...draft, hours: JSON.stringify(hours), version: next })
    .where('id', '=', outletId)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new TryAgain()
  // The clocks of its open leads go by these hours.
  if (draft.timeZone !== now.timeZone || JSON.stringify(hours) !== JSON.stringify(now.hours)) ctx.emit('leads-replan', { outletId })
  const changed = (Object.keys(draft) as (keyof typeof draft)[]).filter((name) => draft[name] !== now[name])
  // And the networks that send people here show them.
  ctx.emit('network-outlets', {}, { key: `network-outlets:${ctx.tenantId}` })
  ctx.audit('outlet.edited', { object: { kind: 'outlet', id: outletId }, details: { changed: [...changed, 'hours'].join(','), version: next } })
  return { id: outletId, version: next }
})
