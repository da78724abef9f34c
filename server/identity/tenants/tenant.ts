import { tenants, type TenantKind } from '../../../contract/identity/tenant.ts'
import { handle, notFound, stale, TryAgain } from '../../kernel/index.ts'

export const showTenant = handle(tenants.show, async (ctx) => {
  const row = await ctx.db.selectFrom('tenants').select(['tenantId', 'kind', 'name', 'inn', 'kpp', 'ogrn', 'address', 'version', 'createdAt']).executeTakeFirst()
  if (!row) throw notFound()
  return { ...row, kind: row.kind as TenantKind, createdAt: row.createdAt.toISOString() }
})

export const editTenant = handle(tenants.edit, async (ctx, { version, ...details }) => {
  const now = await ctx.db.selectFrom('tenants').select(['version', 'name', 'inn', 'kpp', 'ogrn', 'address']).executeTakeFirst()
  if (!now) throw notFound()
  if (now.version !== version) throw stale({ ...now })
  const next = version + 1
  const { numUpdatedRows } = await ctx.db
    .updateTable('tenants')
    .set({ ...details, version: next })
    .where('version', '=', version)
    .executeTakeFirst()
  // Somebody was faster between the two statements: the next run tells them so.
  if (numUpdatedRows !== 1n) throw new TryAgain()
  const changed = (Object.keys(details) as (keyof typeof details)[]).filter((name) => details[name] !== now[name])
  ctx.audit('tenant.edited', { object: { kind: 'tenant', id: ctx.tenantId }, details: { changed: changed.join(','), version: next } })
  return { version: next }
})
