import { sessions } from '../../../contract/identity/session.ts'
import { handle, notFound, Refusal } from '../../kernel/index.ts'
import { openSession } from './sign-in.ts'

/** On as staff of another company: a new session there, and this one is over. A company where I do not work does not exist for me. */
export const switchCompany = handle(sessions.switchCompany, async (ctx, { tenantId }) => {
  const { accountId, sessionId } = ctx.actor
  if (accountId === null || sessionId === null) throw new Refusal('not_signed_in')
  const place = await ctx.db.selectFrom('accountTenants').select('employeeId').where('accountId', '=', accountId).where('tenantId', '=', tenantId).executeTakeFirst()
  if (!place || tenantId === ctx.tenantId) throw notFound()
  const from = await ctx.db
    .updateTable('sessions')
    .set({ revokedAt: ctx.now() })
    .where('id', '=', sessionId)
    .returning(['expiresAt', 'reauthenticatedAt'])
    .executeTakeFirstOrThrow()
  await openSession(ctx, { tenantId, employeeId: place.employeeId, accountId, from })
  ctx.audit('session.closed', { object: { kind: 'session', id: sessionId }, details: { to: tenantId } })
  ctx.live({ kind: 'session', id: sessionId, outletId: null, responsibleId: ctx.actor.id })
  return {}
})
