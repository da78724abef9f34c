import { departments } from '../../../contract/identity/outlet.ts'
import { assertRoom, handle, notFound, stale, TryAgain } from '../../kernel/index.ts'
import { MOST_DEPARTMENTS } from './outlets.ts'

export const createDepartment = handle(departments.create, async (ctx, { outletId, kind, name }) => {
  const outlet = await ctx.db.selectFrom('outlets').select('id').where('id', '=', outletId).executeTakeFirst()
  if (!outlet) throw notFound()
  await assertRoom(ctx, 'departments', MOST_DEPARTMENTS)
  const id = ctx.newId()
  await ctx.db.insertInto('departments').values({ id, outletId, kind, name }).execute()
  ctx.audit('department.created', { object: { kind: 'department', id }, details: { outletId, kind } })
  return { id, version: 1 }
})

/** Its kind stays: leads are routed by it, and staff work in it. */
export const renameDepartment = handle(departments.rename, async (ctx, { departmentId, name, version }) => {
  const now = await ctx.db.selectFrom('departments').select(['version', 'name']).where('id', '=', departmentId).executeTakeFirst()
  if (!now) throw notFound()
  if (now.version !== version) throw stale({ ...now })
  const { numUpdatedRows } = await ctx.db
    .updateTable('departments')
    .set({ name, version: version + 1 })
    .where('id', '=', departmentId)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new TryAgain()
  ctx.audit('department.edited', { object: { kind: 'department', id: departmentId }, details: { version: version + 1 } })
  return { id: departmentId, version: version + 1 }
})
