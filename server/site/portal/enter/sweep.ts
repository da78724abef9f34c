import type { Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'

// An hour is what is counted in; nothing else needs the address of somebody who may be a stranger.
const challenges = statement('portal_sweep_challenges', `delete from portal_challenges where tenant_id = $1 and created_at < $2::timestamptz - interval '1 hour'`)
const links = statement('portal_sweep_links', `delete from portal_links where tenant_id = $1 and created_at < $2::timestamptz - interval '8 days'`)
const sessions = statement('portal_sweep_sessions', `delete from portal_sessions where tenant_id = $1 and expires_at < $2::timestamptz - interval '1 day'`)

export const sweepChallenges = async (ctx: Ctx): Promise<void> => void (await ctx.run(challenges, [ctx.now()]))

/** The job `sweep-portal`, nightly: what let people in is over and goes; the log alone remembers that they came. */
export async function sweepPortal(ctx: Ctx): Promise<void> {
  await sweepChallenges(ctx)
  for (const each of [links, sessions]) await ctx.run(each, [ctx.now()])
}
