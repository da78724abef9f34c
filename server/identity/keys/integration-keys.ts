import { integrationKeys } from '../../../contract/identity/key.ts'
import { full, handle, notFound, wrongState } from '../../kernel/index.ts'
import { hashToken, newToken } from '../../vault/index.ts'
import { namesOfStaff } from '../staff/names-of-staff.ts'

/** Of those in force. The list shows all of them and then the latest that were revoked. */
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
    .orderBy(({ eb }) => eb('integrationKeys.revokedAt', 'is not', null))
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

/** Only the hash of the token is kept; the answer is kept sealed for some minutes, so that a retry brings the same key. */
export const createKey = handle(integrationKeys.create, async (ctx, { name, scopes }) => {
  const { live } = await ctx.db
    .selectFrom('integrationKeys')
    .select(({ fn }) => fn.countAll<number>().as('live'))
    .where('revokedAt', 'is', null)
    .executeTakeFirstOrThrow()
  if (live >= MOST_KEYS) throw full(MOST_KEYS)
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
