import { z } from 'zod'
import type { Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import { clientsWith, openAddress } from './address.ts'
import { sweepChallenges } from './sweep.ts'

const CodeJob = z.object({ challengeId: z.uuid(), language: z.enum(['ru', 'en']) })

const waiting = statement<{ sealed: Buffer }>(
  'portal_challenge_waiting',
  `
  select sealed from portal_challenges where tenant_id = $1 and id = $2 and used_at is null and expires_at > $3`,
)

/** The job `portal-code`: only here it turns out whether somebody with this address is held; if not, nothing more happens and nobody learns of it. */
export async function sendCode(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const { challengeId, language } = CodeJob.parse(payload)
  await sweepChallenges(ctx)
  const [challenge] = await ctx.run(waiting, [challengeId, ctx.now()])
  if (!challenge) return
  const address = await openAddress(ctx, challengeId, challenge.sealed)
  const { personIds } = await clientsWith(ctx, address)
  if (personIds.length === 0) return
  ctx.emit(address.emails.length > 0 ? 'mail' : 'sms', { letter: 'portal-code', challengeId, language })
}
