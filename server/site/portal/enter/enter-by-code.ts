import { CODE_ATTEMPTS, portal } from '../../../../contract/site/portal.ts'
import { passwordFits } from '../../../identity/index.ts'
import { handle, type Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import { networkLimit } from '../../requests/limits.ts'
import { clientsWith, openAddress } from './address.ts'
import { openOwnSession } from './open-own-session.ts'
import { refused } from './refused.ts'

const attempt = statement<{ sealed: Buffer; codeHash: string | null }>(
  'portal_challenge_try',
  `
  update portal_challenges set attempts = attempts + 1
  where tenant_id = $1 and id = $2 and used_at is null and expires_at > $3 and attempts < ${CODE_ATTEMPTS} returning sealed, code_hash "codeHash"`,
)
const use = statement('portal_challenge_use', `update portal_challenges set used_at = $3 where tenant_id = $1 and id = $2`)

/** Each try costs a slow hash, so a machine may not have many. */
const countNetwork = networkLimit(120)

/**
 * Whoever brings the code that was sent comes in, as everyone who has the address; only whose alone it is reads anything (decision 0016). A "no" is an answer and no refusal: a refusal would roll the count of
 * attempts back. Whatever is wrong, the answer is one and the same.
 */
export const enterByCode = handle(portal.enter, async (ctx, { challengeId, code }) => {
  countNetwork(ctx)
  const sealed = await tryCode(ctx, challengeId, code)
  if (!sealed) return refused(ctx)
  const opened = await clientsWith(ctx, await openAddress(ctx, challengeId, sealed))
  return opened.personIds.length > 0 ? openOwnSession(ctx, 'code', opened) : refused(ctx)
})

/** Counts the attempt before the code is looked at, so that of many guesses at once each counts. Where no code was ever sent one is compared all the same: the time is the same. */
async function tryCode(ctx: Ctx, challengeId: string, code: string): Promise<Buffer | null> {
  const [challenge] = await ctx.run(attempt, [challengeId, ctx.now()])
  const fits = await passwordFits(challenge?.codeHash ?? null, code)
  if (!challenge || !fits) return null
  await ctx.run(use, [challengeId, ctx.now()])
  return challenge.sealed
}
