import { sessions } from '../../../contract/identity/session.ts'
import { handle, invalid, Refusal } from '../../kernel/index.ts'
import { endSessions, endSessionsElsewhere } from './end-sessions.ts'
import { provePassword } from './failures.ts'
import { hashPassword } from './passwords.ts'

/** The password once more; opens dangerous acts of this session for ten minutes. */
export const confirmPassword = handle(sessions.confirm, async (ctx, { password }) => {
  const { sessionId } = ctx.actor
  if (sessionId === null) throw new Refusal('not_signed_in')
  const accountId = await provePassword(ctx, password)
  await ctx.db.updateTable('accounts').set({ failedCount: 0, lockedUntil: null }).where('id', '=', accountId).execute()
  await ctx.db.updateTable('sessions').set({ reauthenticatedAt: ctx.now() }).where('id', '=', sessionId).execute()
  ctx.audit('session.confirmed', { object: { kind: 'session', id: sessionId } })
  return {}
})

/** Whoever knew the old password is out: every other session ends, at every company. */
export const changePassword = handle(sessions.changePassword, async (ctx, { current, next }) => {
  const { sessionId } = ctx.actor
  const accountId = await provePassword(ctx, current)
  if (next.normalize('NFKC') === current.normalize('NFKC')) throw invalid('next', 'same_password')
  await ctx.db
    .updateTable('accounts')
    .set({ passwordHash: await hashPassword(next), failedCount: 0, lockedUntil: null })
    .where('id', '=', accountId)
    .execute()
  const ended = await endSessions(ctx, ctx.me, sessionId)
  await endSessionsElsewhere(ctx, { accountId, except: ctx.tenantId }, 'password_changed')
  ctx.audit('account.password_changed', { object: { kind: 'account', id: accountId }, details: { sessionsEnded: ended } })
  return {}
})
