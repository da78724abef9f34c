import type { Role } from '../../../contract/permissions.ts'
import { invalid, notFound, Refusal, stale, type Ctx } from '../../kernel/index.ts'

export type Employee = {
  id: string
  accountId: string
  personId: string
  role: Role
  position: string
  outletId: string | null
  departmentId: string | null
  isActive: boolean
  version: number
}

/** A member of staff of this company, locked for a change; refuses a lost update and shows what stands there now. */
export async function lockEmployee(ctx: Ctx, employeeId: string, version: number): Promise<Employee> {
  const row = await ctx.db
    .selectFrom('employees')
    .select(['id', 'accountId', 'personId', 'role', 'position', 'outletId', 'departmentId', 'isActive', 'version'])
    .where('id', '=', employeeId)
    .forUpdate()
    .executeTakeFirst()
  if (!row || row.personId === null) throw notFound()
  const { role, position, outletId, departmentId, isActive } = row
  if (row.version !== version) throw stale({ version: row.version, role, position, outletId, departmentId, isActive })
  return { ...row, personId: row.personId, role: role as Role }
}

/** A company without an administrator could never appoint one. All of them are locked, in one order, so that two who dismiss each other do not both succeed. */
export async function keepAnAdministrator(ctx: Ctx, leaving: Employee): Promise<void> {
  if (leaving.role !== 'administrator' || !leaving.isActive) return
  const all = await ctx.db.selectFrom('employees').select(['id', 'accountId']).where('role', '=', 'administrator').where('isActive', '=', true).orderBy('id').forUpdate().execute()
  if (all.every(({ id }) => id === leaving.id)) throw new Refusal('last_administrator')
}

/** A department belongs to an outlet: whoever works in one works there, or everywhere. */
export async function checkPlace(ctx: Ctx, { outletId, departmentId }: { outletId: string | null; departmentId: string | null }): Promise<void> {
  if (outletId !== null) {
    const outlet = await ctx.db.selectFrom('outlets').select('id').where('id', '=', outletId).executeTakeFirst()
    if (!outlet) throw invalid('outletId', 'unknown')
  }
  if (departmentId === null) return
  const department = await ctx.db.selectFrom('departments').select('outletId').where('id', '=', departmentId).executeTakeFirst()
  if (!department) throw invalid('departmentId', 'unknown')
  if (outletId !== null && department.outletId !== outletId) throw invalid('departmentId', 'of_another_outlet')
}
