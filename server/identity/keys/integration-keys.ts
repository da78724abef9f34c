import { integrationKeys } from '../../../contract/identity/key.ts'
import { handle, notFound, wrongState } from '../../kernel/index.ts'
import { hashToken, newToken } from '../../vault/index.ts'
import { namesOfStaff } from '../staff/names-of-staff.ts'

const MOST_KEYS = 200

export const listKeys = handle(integrationKeys.list, async (ctx) => {
  const rows = await ctx.db
    .selectFrom('integrationKeys')
    .innerJoin('employees', 'employees.id', 'integrationKeys.createdBy')
    .select([
      'integrationKeys.id',
      'integrationKeys.name',
      'integrationKeys.scopes',
      'integrationKeys.createdAt',
      'integrationKeys.lastUsedAt',
      'integrationKeys.revokedAt',
      'employees.personId',
    ])
    .orderBy('integrationKeys.createdAt', 'desc')
    .orderBy('integrationKeys.id', 'desc')
    .limit(MOST_KEYS)
    .execute()
  const names = await namesOfStaff(
    ctx,
    rows.map(({ personId }) => personId),
  )
  return {
    keys: rows.map(({ personId, ...row }) => ({
      ...row,
      createdBy: names.get(personId) ?? '',
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      revokedAt: row.revokedAt?.toISOString() ?? null,
    })),
  }
})

/** Only the hash of the token is kept, and the answer is not kept for a replay either: a retry makes another key, and the first can be revoked. */
export const createKey = handle(integrationKeys.create, async (ctx, { name, scopes }) => {
  const [id, token] = [ctx.newId(), newToken(ctx.tenantId)]
  await ctx.db
    .insertInto('integrationKeys')
    .values({ id, name, tokenHash: hashToken(token), scopes: [...new Set<string>(scopes)], createdBy: ctx.me, createdAt: ctx.now() })
    .execute()
  ctx.audit('key.created', { object: { kind: 'key', id }, details: { scopes: scopes.join(',') } })
  return { id, token }
})

export const revokeKey = handle(integrationKeys.revoke, async (ctx, { keyId }) => {
  const key = await ctx.db.selectFrom('integrationKeys').select('revokedAt').where('id', '=', keyId).forUpdate().executeTakeFirst()
  if (!key) throw notFound()
  if (key.revokedAt) throw wrongState('revoked')
  await ctx.db.updateTable('integrationKeys').set({ revokedAt: ctx.now() }).where('id', '=', keyId).execute()
  ctx.audit('key.revoked', { object: { kind: 'key', id: keyId } })
  return {}
})
