import type { Ctx } from '../../kernel/index.ts'

/** Ends the sessions of a member of staff in this company; open screens hear of it at the commit. Returns how many there were. */
export async function endSessions(ctx: Ctx, employeeId: string, except: string | null = null): Promise<number> {
  let living = ctx.db.updateTable('sessions').set({ revokedAt: ctx.now() }).where('employeeId', '=', employeeId).where('revokedAt', 'is', null)
  if (except !== null) living = living.where('id', '!=', except)
  const ended = await living.returning('id').execute()
  for (const { id } of ended) ctx.live({ kind: 'session', id, outletId: null, responsibleId: employeeId })
  return ended.length
}

/** The same at every company of the account but one, each with its own trace. */
export async function endSessionsElsewhere(ctx: Ctx, { accountId, except }: { accountId: string; except: string }, reason: string): Promise<void> {
  const places = await ctx.db.selectFrom('accountTenants').select(['tenantId', 'employeeId']).where('accountId', '=', accountId).where('tenantId', '!=', except).limit(50).execute()
  for (const { tenantId, employeeId } of places) {
    await ctx.elsewhere(tenantId, ctx.door, async (there) => {
      const ended = await endSessions(there, employeeId)
      if (ended > 0) there.audit('session.revoked', { details: { sessions: ended, reason, employeeId } })
    })
  }
}
