import { CODE_MINUTES, portal } from '../../../../contract/site/portal.ts'
import { handle, Refusal } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import { networkLimit } from '../../requests/limits.ts'
import { readAddress, sealAddress } from './address.ts'

/** An office behind one address, not a machine. */
const countNetwork = networkLimit(60)
const MAX_AN_HOUR = 5

// Counted in the database, so that a restart forgives nobody.
const add = statement<{ id: string }>(
  'portal_challenge_add',
  `
  insert into portal_challenges (tenant_id, id, address_key, sealed, created_at, expires_at)
  select $1, $2, $3, $4, $5, $6 where (select count(*) from portal_challenges where tenant_id = $1 and address_key = $3 and created_at > $5::timestamptz - interval '1 hour') < ${MAX_AN_HOUR}
  returning id`,
)

// Questions about one address wait for each other: of a hundred at once each would find that nobody had asked.
const turn = statement('portal_challenge_turn', `select pg_advisory_xact_lock($2::bigint) where $1::uuid is not null`)

/**
 * Takes an address in. Nobody is looked up here: a row and a job are made for every address alike, and the job alone finds out whether there is anyone to
 * write to. So neither the answer nor its time can tell.
 */
export const askCode = handle(portal.askCode, async (ctx, { address: typed, language }) => {
  const address = readAddress(typed)
  countNetwork(ctx)
  const challengeId = ctx.newId()
  const expiresAt = new Date(ctx.now().getTime() + CODE_MINUTES * 60_000)
  const [[addressKey], sealed] = await Promise.all([ctx.vault.turnKeys(ctx.tenantId, address), sealAddress(ctx, challengeId, address)])
  await ctx.run(turn, [addressKey])
  const [added] = await ctx.run(add, [challengeId, addressKey, sealed, ctx.now(), expiresAt])
  if (!added) throw new Refusal('too_many')
  ctx.emit('portal-code', { challengeId, language })
  ctx.audit('portal.code_asked', { object: { kind: 'portal_challenge', id: challengeId } })
  return { challengeId, expiresAt: expiresAt.toISOString() }
})
