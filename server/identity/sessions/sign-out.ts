import { sessions } from '../../../contract/identity/session.ts'
import { handle, Refusal } from '../../kernel/index.ts'

export const signOut = handle(sessions.signOut, async (ctx) => {
  const { sessionId } = ctx.actor
  if (sessionId === null) throw new Refusal('not_signed_in')
  await ctx.db.updateTable('sessions').set({ revokedAt: ctx.now() }).where('id', '=', sessionId).execute()
  ctx.cookie.clear()
  ctx.audit('session.closed', { object: { kind: 'session', id: sessionId } })
  ctx.live({ kind: 'session', id: sessionId, outletId: null, responsibleId: ctx.actor.id })
  return {}
})
