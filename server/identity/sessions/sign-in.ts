import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { sessions } from '../../../contract/identity/session.ts'
import type { Role } from '../../../contract/permissions.ts'
import { handle, Refusal, type Ctx } from '../../kernel/index.ts'
import { hashToken, newToken } from '../../vault/index.ts'
import { RateLimit } from '../rate-limit.ts'
import { countFailure, countStranger, refuseLocked, strangerOf } from './failures.ts'
import { passwordFits } from './passwords.ts'
import { matchingStep } from './totp.ts'

/** A working day: whoever signed in has to do it again, however busy (OWASP ASVS 5.0 §7.3.2). */
export const SESSION_MS = 12 * 3_600_000
const perAddress = new RateLimit(60, 5 * 60_000)
const perEmail = new RateLimit(15, 5 * 60_000)

type Account = {
  id: string
  passwordHash: string | null
  totpSealed: Buffer | null
  totpConfirmedAt: Date | null
  totpLastStep: number | null
  recoveryHashes: string[]
  lockedUntil: Date | null
}

/** Password, then the second factor when the account has one; the answer never tells a wrong e-mail from a wrong password. */
export const signIn = handle(sessions.signIn, async (ctx, { email, password, code }) => {
  const loginToken = await ctx.vault.loginToken(email)
  const token = loginToken.toString('base64')
  if (!perAddress.take(ctx.caller.addressKey, ctx.now()) || !perEmail.take(token, ctx.now())) throw new Refusal('locked')
  const account: Account | undefined = await ctx.db.selectFrom('accounts').selectAll().where('loginToken', '=', loginToken).executeTakeFirst()
  refuseLocked(account ?? strangerOf(token), ctx.now())
  const fits = await passwordFits(account?.passwordHash ?? null, password)
  const home = account && (await ctx.db.selectFrom('accountTenants').selectAll().where('accountId', '=', account.id).orderBy('tenantId').limit(1).executeTakeFirst())
  if (!account || !home) return countStranger(token, ctx.now())
  if (!fits) return countFailure(ctx, account.id, home.tenantId)
  if (account.totpConfirmedAt) {
    if (!code) return { next: 'code' as const }
    if (!(await spendCode(ctx, account, home.tenantId, code))) return countFailure(ctx, account.id, home.tenantId)
  }
  await openSession(ctx, { tenantId: home.tenantId, employeeId: home.employeeId, accountId: account.id })
  return { next: 'in' as const }
})

type Opening = {
  tenantId: string
  employeeId: string
  accountId: string
  /** Going on from another session: neither its end nor its last proof of the password is made younger by the way. */
  from?: { expiresAt: Date; reauthenticatedAt: Date }
}

/** A new session in a transaction of its own; the cookie leaves with the answer. The token is always new, whatever the caller brought. */
export async function openSession(ctx: Ctx, to: Opening): Promise<void> {
  const token = newToken(to.tenantId)
  const expiresAt = to.from?.expiresAt ?? new Date(ctx.now().getTime() + SESSION_MS)
  await ctx.elsewhere(to.tenantId, ctx.door, async (there) => {
    const employee = await there.db.selectFrom('employees').select(['id', 'isActive', 'role']).where('id', '=', to.employeeId).executeTakeFirst()
    if (!employee?.isActive) throw new Refusal(to.from ? 'not_found' : 'wrong_credentials')
    const sessionId = there.newId()
    await there.db
      .insertInto('sessions')
      .values({
        id: sessionId,
        tokenHash: hashToken(token),
        employeeId: to.employeeId,
        device: ctx.caller.device,
        createdAt: there.now(),
        lastSeenAt: there.now(),
        expiresAt,
        reauthenticatedAt: to.from?.reauthenticatedAt ?? there.now(),
      })
      .execute()
    if (!to.from) await there.db.updateTable('accounts').set({ failedCount: 0, lockedUntil: null }).where('id', '=', to.accountId).execute()
    there.audit('session.opened', { object: { kind: 'session', id: sessionId }, by: { id: to.employeeId, role: employee.role as Role } })
  })
  ctx.cookie.set(token, expiresAt)
}

/** True once per code: the database decides between two who bring the same one at the same instant (RFC 6238 §5.2). */
async function spendCode(ctx: Ctx, account: Account, tenantId: string, code: string): Promise<boolean> {
  const step = account.totpSealed ? matchingStep(await ctx.vault.unprotect(`totp:${account.id}`, account.totpSealed), code, ctx.now(), account.totpLastStep) : undefined
  const recovery = recoveryHash(code)
  if (step === undefined && !account.recoveryHashes.includes(recovery)) return false
  return ctx.elsewhere(tenantId, ctx.door, async (there) => {
    const update = there.db.updateTable('accounts').where('id', '=', account.id)
    const spent =
      step === undefined
        ? update.set({ recoveryHashes: sql<string[]>`array_remove(recovery_hashes, ${recovery})` }).where(sql<boolean>`${recovery} = any(recovery_hashes)`)
        : update.set({ totpLastStep: step }).where(sql<boolean>`coalesce(totp_last_step, -1) < ${step}`)
    const { numUpdatedRows } = await spent.executeTakeFirst()
    if (numUpdatedRows !== 1n) return false
    there.audit('session.confirmed', { details: { accountId: account.id, recoveryCode: step === undefined } })
    return true
  })
}

/** Recovery codes carry 80 random bits, so a fast hash is enough. */
export const recoveryHash = (code: string): string =>
  createHash('sha256')
    .update(code.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .digest('base64url')
