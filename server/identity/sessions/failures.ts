import { sql } from 'kysely'
import { Refusal, type Ctx } from '../../kernel/index.ts'
import { RateLimit } from '../rate-limit.ts'
import { passwordFits } from './passwords.ts'

const LOCK_AFTER = 10
const LOCK_MS = 15 * 60_000
const perAccount = new RateLimit(15, 5 * 60_000)

/** Counts a wrong password or code where a rollback cannot lose it; every tenth in a row locks the account for a quarter of an hour. Then refuses. */
export async function countFailure(ctx: Ctx, accountId: string, tenantId: string): Promise<never> {
  await ctx.elsewhere(tenantId, ctx.door, async (there) => {
    const until = new Date(there.now().getTime() + LOCK_MS)
    // One statement, so that ten at the same instant count as ten.
    const row = await there.db
      .updateTable('accounts')
      .set((eb) => ({
        failedCount: eb('failedCount', '+', 1),
        lockedUntil: sql<Date | null>`case when (failed_count + 1) % ${sql.lit(LOCK_AFTER)} = 0 then ${until}::timestamptz else locked_until end`,
      }))
      .where('id', '=', accountId)
      .returning('failedCount')
      .executeTakeFirstOrThrow()
    there.audit('session.refused', { details: { accountId, locked: row.failedCount % LOCK_AFTER === 0 } })
  })
  throw new Refusal('wrong_credentials')
}

type Guesses = { failedCount: number; lockedUntil: Date | null }
const MAX_STRANGERS = 100_000
const strangers = new Map<string, Guesses>()

/** E-mails that are nobody's are counted and locked like accounts, or the lock itself would tell which are somebody's. In memory: the latest hundred thousand. */
export function countStranger(loginToken: string, now: Date): never {
  const { failedCount, lockedUntil } = strangers.get(loginToken) ?? { failedCount: 0, lockedUntil: null }
  strangers.delete(loginToken)
  if (strangers.size >= MAX_STRANGERS) strangers.delete(strangers.keys().next().value ?? '')
  const isLocking = (failedCount + 1) % LOCK_AFTER === 0
  strangers.set(loginToken, { failedCount: failedCount + 1, lockedUntil: isLocking ? new Date(now.getTime() + LOCK_MS) : lockedUntil })
  throw new Refusal('wrong_credentials')
}
export const strangerOf = (loginToken: string): Locked | undefined => strangers.get(loginToken)

export type Locked = { lockedUntil: Date | null }
export function refuseLocked(account: Locked | undefined, now: Date): void {
  if (account?.lockedUntil && account.lockedUntil > now) throw new Refusal('locked', { details: { until: account.lockedUntil.toISOString() } })
}

/** The password of whoever acts, once more. A wrong one counts towards the lock like at the door: a stolen session must not become a place to guess. */
export async function provePassword(ctx: Ctx, password: string): Promise<string> {
  const { accountId } = ctx.actor
  if (accountId === null) throw new Refusal('not_signed_in')
  if (!perAccount.take(accountId, ctx.now())) throw new Refusal('locked')
  const account = await ctx.db.selectFrom('accounts').select(['passwordHash', 'lockedUntil']).where('id', '=', accountId).executeTakeFirstOrThrow()
  refuseLocked(account, ctx.now())
  if (!(await passwordFits(account.passwordHash, password))) return countFailure(ctx, accountId, ctx.tenantId)
  return accountId
}
