import { sessions } from '../../../contract/identity/session.ts'
import { handle, notFound, Refusal, type Ctx } from '../../kernel/index.ts'
import { SESSION_IDLE_MS } from '../../vault/index.ts'

const SHOWN = 50
type Place = { tenantId: string; employeeId: string }

/** Where I work, this company first. */
async function myPlaces(ctx: Ctx): Promise<[Place, ...Place[]]> {
  const { accountId } = ctx.actor
  if (accountId === null) throw new Refusal('not_signed_in')
  const others = await ctx.db
    .selectFrom('accountTenants')
    .select(['tenantId', 'employeeId'])
    .where('accountId', '=', accountId)
    .where('tenantId', '!=', ctx.tenantId)
    .limit(SHOWN)
    .execute()
  return [{ tenantId: ctx.tenantId, employeeId: ctx.me }, ...others]
}

async function sessionsAt(ctx: Ctx, employeeId: string) {
  const { name: company } = await ctx.db.selectFrom('tenants').select('name').executeTakeFirstOrThrow()
  const rows = await ctx.db
    .selectFrom('sessions')
    .select(['id', 'device', 'createdAt', 'lastSeenAt'])
    .where('employeeId', '=', employeeId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', ctx.now())
    .where('lastSeenAt', '>', new Date(ctx.now().getTime() - SESSION_IDLE_MS))
    .orderBy('lastSeenAt', 'desc')
    .limit(SHOWN)
    .execute()
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), lastSeenAt: row.lastSeenAt.toISOString(), company }))
}

/** My living sessions at all my companies, last used first; those that idled out are over already. */
export const listSessions = handle(sessions.list, async (ctx) => {
  const [here, ...others] = await myPlaces(ctx)
  const found = [await sessionsAt(ctx, here.employeeId)]
  for (const { tenantId, employeeId } of others) found.push(await ctx.elsewhere(tenantId, ctx.door, (there) => sessionsAt(there, employeeId)))
  const shown = found.flat().map((session) => ({ ...session, isCurrent: session.id === ctx.actor.sessionId }))
  return { sessions: shown.sort((a, b) => b.lastSeenAt.localeCompare(a.lastSeenAt)) }
})

/** Ends one of my sessions, wherever it is; somebody else's does not exist for me. */
export const revokeSession = handle(sessions.revoke, async (ctx, { sessionId }) => {
  const [here, ...others] = await myPlaces(ctx)
  const isHere = await revokeAt(ctx, here.employeeId, sessionId)
  if (isHere) {
    if (sessionId === ctx.actor.sessionId) ctx.cookie.clear()
    return {}
  }
  for (const { tenantId, employeeId } of others) {
    if (!(await ctx.elsewhere(tenantId, ctx.door, (there) => revokeAt(there, employeeId, sessionId)))) continue
    ctx.audit('session.revoked', { object: { kind: 'session', id: sessionId }, details: { tenantId } })
    return {}
  }
  throw notFound()
})

async function revokeAt(ctx: Ctx, employeeId: string, sessionId: string): Promise<boolean> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('sessions')
    .set({ revokedAt: ctx.now() })
    .where('id', '=', sessionId)
    .where('employeeId', '=', employeeId)
    .where('revokedAt', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return false
  ctx.audit('session.revoked', { object: { kind: 'session', id: sessionId }, details: { employeeId } })
  ctx.live({ kind: 'session', id: sessionId, outletId: null, responsibleId: employeeId })
  return true
}
