import { randomInt } from 'node:crypto'
import { hashPassword } from '../../../identity/index.ts'
import type { Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import { openAddress, type Address } from './address.ts'

const waiting = statement<{ sealed: Buffer; company: string; expiresAt: Date }>(
  'portal_challenge_to_send',
  `
  select c.sealed, s.name company, c.expires_at "expiresAt" from portal_challenges c join sites s on s.tenant_id = $1
  where c.tenant_id = $1 and c.id = $2 and c.used_at is null and c.expires_at > $3`,
)
const keep = statement('portal_challenge_code', `update portal_challenges set code_hash = $3 where tenant_id = $1 and id = $2`)

export type MadeCode = { code: string; address: Address; company: string; expiresAt: Date }

/**
 * Makes the code at the moment it is sent: before that there is none, and nowhere is it kept but as a slow hash. Sent again by a job that is tried again, it
 * is a new one and the older ends. Null when there is nothing to send any more.
 */
export async function makeCode(ctx: Ctx, challengeId: string): Promise<MadeCode | null> {
  const [challenge] = await ctx.run(waiting, [challengeId, ctx.now()])
  if (!challenge) return null
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  await ctx.run(keep, [challengeId, await hashPassword(code)])
  return { code, address: await openAddress(ctx, challengeId, challenge.sealed), company: challenge.company, expiresAt: challenge.expiresAt }
}
