import { sessions } from '../../../contract/identity/session.ts'
import { handle, Refusal, type Ctx } from '../../kernel/index.ts'
import { hashToken, tokenTenant } from '../../vault/index.ts'
import { RateLimit } from '../rate-limit.ts'
import { endSessions, endSessionsElsewhere } from '../sessions/end-sessions.ts'
import { countFailure, refuseLocked } from '../sessions/failures.ts'
import { hashPassword, passwordFits } from '../sessions/passwords.ts'
import { resumeEmployment } from './employment.ts'

const perAddress = new RateLimit(30, 5 * 60_000)

type Found = { id: string; kind: 'join' | 'reset'; employeeId: string; personId: string; accountId: string; passwordHash: string | null; lockedUntil: Date | null }

/**
 * Whoever holds the link of the letter joins. A new account gets this password; an account that works elsewhere already proves its own, so that
 * an invitation can never take somebody's account over. A link of kind `reset` sets a new password and ends every session.
 */
export const acceptInvitation = handle(sessions.acceptInvitation, async (ctx, { token, password }) => {
  if (!perAddress.take(ctx.caller.addressKey, ctx.now())) throw new Refusal('locked')
  const tenantId = tokenTenant(token)
  if (tenantId === null) throw new Refusal('invitation_over')
  const found = await ctx.elsewhere(tenantId, ctx.door, (there) => find(there, hashToken(token)))
  if (!found) throw new Refusal('invitation_over')
  const isProof = found.kind === 'join' && found.passwordHash !== null
  if (isProof) {
    refuseLocked(found, ctx.now())
    if (!(await passwordFits(found.passwordHash, password))) return countFailure(ctx, found.accountId, tenantId)
  }
  const passwordHash = isProof ? null : await hashPassword(password)
  // First, so that no failure can leave the thief of a password inside at another company.
  if (found.kind === 'reset') await endSessionsElsewhere(ctx, { accountId: found.accountId, except: tenantId }, 'password_reset')
  await ctx.elsewhere(tenantId, ctx.door, (there) => accept(there, found, passwordHash))
  return {}
})

/** An open invitation by its hash; `undefined` for none, an old one and one that was used: the caller cannot tell them apart. */
async function find(ctx: Ctx, tokenHash: Buffer): Promise<Found | undefined> {
  const row = await ctx.db
    .selectFrom('invitations')
    .innerJoin('employees', 'employees.id', 'invitations.employeeId')
    .innerJoin('accounts', 'accounts.id', 'employees.accountId')
    .select(['invitations.id', 'invitations.kind', 'invitations.employeeId', 'employees.personId', 'employees.accountId', 'accounts.passwordHash', 'accounts.lockedUntil'])
    .where('invitations.tokenHash', '=', tokenHash)
    .where('invitations.acceptedAt', 'is', null)
    .where('invitations.expiresAt', '>', ctx.now())
    .executeTakeFirst()
  return row && row.personId !== null ? { ...row, personId: row.personId, kind: row.kind as Found['kind'] } : undefined
}

async function accept(ctx: Ctx, { id, kind, employeeId, personId, accountId }: Found, passwordHash: string | null): Promise<void> {
  // The row decides between two who open the same link at once.
  const { numUpdatedRows } = await ctx.db
    .updateTable('invitations')
    .set({ acceptedAt: ctx.now() })
    .where('id', '=', id)
    .where('acceptedAt', 'is', null)
    .where('expiresAt', '>', ctx.now())
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new Refusal('invitation_over')
  if (passwordHash !== null) await ctx.db.updateTable('accounts').set({ passwordHash, failedCount: 0, lockedUntil: null }).where('id', '=', accountId).execute()
  if (kind === 'join') await join(ctx, { employeeId, personId, accountId })
  else await reset(ctx, { employeeId, accountId })
}

async function join(ctx: Ctx, { employeeId, personId, accountId }: { employeeId: string; personId: string; accountId: string }): Promise<void> {
  await ctx.db
    .updateTable('employees')
    .set((eb) => ({ isActive: true, version: eb('version', '+', 1) }))
    .where('id', '=', employeeId)
    .execute()
  await ctx.db
    .insertInto('accountTenants')
    .values({ accountId, employeeId, tenantId: ctx.tenantId })
    .onConflict((conflict) => conflict.columns(['accountId', 'tenantId']).doNothing())
    .execute()
  await resumeEmployment(ctx, personId)
  ctx.audit('staff.joined', { persons: [personId], object: { kind: 'employee', id: employeeId }, details: { employeeId } })
}

/**
 * A lost phone is forgotten with the password, but only when this company is the account's only one: an administrator must not be able
 * to take the second factor off at somebody else's company. There a recovery code helps.
 */
async function reset(ctx: Ctx, { employeeId, accountId }: { employeeId: string; accountId: string }): Promise<void> {
  const places = await ctx.db.selectFrom('accountTenants').select('tenantId').where('accountId', '=', accountId).limit(2).execute()
  const isOnlyHere = places.length < 2
  if (isOnlyHere)
    await ctx.db
      .updateTable('accounts')
      .set({ totpSealed: null, totpPending: null, totpConfirmedAt: null, totpLastStep: null, recoveryHashes: [] })
      .where('id', '=', accountId)
      .execute()
  const ended = await endSessions(ctx, employeeId)
  ctx.audit('account.password_changed', {
    object: { kind: 'account', id: accountId },
    details: { employeeId, byInvitation: true, secondFactorRemoved: isOnlyHere, sessionsEnded: ended },
  })
}
