import { sessions } from '../../../contract/identity/session.ts'
import { staffRoles, type Role } from '../../../contract/permissions.ts'
import { handle, Refusal } from '../../kernel/index.ts'
import { MOST_OUTLETS } from '../outlets/outlets.ts'
import { namesOfStaff } from '../staff/names-of-staff.ts'

/** Who I am, where, and which companies I may go to. */
export const showMe = handle(sessions.me, async (ctx) => {
  const employee = await ctx.db
    .selectFrom('employees')
    .innerJoin('tenants', 'tenants.tenantId', 'employees.tenantId')
    .innerJoin('accounts', 'accounts.id', 'employees.accountId')
    .select([
      'employees.id',
      'employees.personId',
      'employees.accountId',
      'employees.position',
      'employees.outletId',
      'tenants.name as tenantName',
      'tenants.kind',
      'accounts.totpConfirmedAt',
      'accounts.language',
    ])
    .where('employees.id', '=', ctx.actor.id)
    .executeTakeFirst()
  if (!employee) throw new Refusal('not_signed_in')
  const outlets = await ctx.db.selectFrom('outlets').select(['id', 'name', 'timeZone']).orderBy('name').orderBy('id').limit(MOST_OUTLETS).execute()
  const companies = await ctx.db.selectFrom('accountTenants').select('tenantId').where('accountId', '=', employee.accountId).limit(50).execute()
  const names = await namesOfStaff(ctx, [employee.personId])
  const others = await Promise.all(
    companies
      .filter(({ tenantId }) => tenantId !== ctx.tenantId)
      .map(({ tenantId }) =>
        ctx.elsewhere(tenantId, ctx.door, async (there) => ({ tenantId, name: (await there.db.selectFrom('tenants').select('name').executeTakeFirstOrThrow()).name })),
      ),
  )
  return {
    employeeId: employee.id,
    accountId: employee.accountId,
    name: names.get(employee.personId) ?? '',
    role: staffRole(ctx.actor.role),
    position: employee.position,
    tenant: { tenantId: ctx.tenantId, name: employee.tenantName, kind: employee.kind as 'dealer' | 'distributor' | 'platform' },
    outlet: outlets.find(({ id }) => id === employee.outletId) ?? null,
    outlets,
    companies: [{ tenantId: ctx.tenantId, name: employee.tenantName }, ...others],
    hasSecondFactor: employee.totpConfirmedAt !== null,
    language: employee.language as 'ru' | 'en' | null,
    reauthenticatedAt: (ctx.actor.reauthenticatedAt ?? ctx.now()).toISOString(),
  }
})

function staffRole(role: Role): Role {
  if (!staffRoles.includes(role)) throw new Refusal('forbidden')
  return role
}
