import { createHmac } from 'node:crypto'
import { statement } from '../platform/db/session.ts'
import type { WrappedVault } from '../vault/index.ts'
import type { Actor } from './actor.ts'
import type { Ctx } from './ctx.ts'
import { Refusal, wrongState } from './refusal.ts'
import type { Query } from './work.ts'

/**
 * `key` as the caller sent it; `told`: endpoint and body. What becomes of the answer: `kept` as it is; `sealed` for some minutes, when it is shown once
 * and cannot be made again; `none` when it shows people: those acts run again.
 */
export type Idempotency = { key: string; told: Buffer; answer: 'kept' | 'sealed' | 'none' }

/** What a caller told, as bytes; `body` is what came as no JSON, or the hash of what was streamed. */
export const toldBytes = (door: string, told: unknown, body?: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${door}\0${JSON.stringify(told) ?? ''}\0`), body ?? Buffer.alloc(0)])

const secrets = new WeakMap<WrappedVault, Promise<Buffer>>()

/** A secret of the installation that neither database shows: what the vault makes of a word that is nobody's e-mail. */
function secretOf(vault: WrappedVault): Promise<Buffer> {
  const known = secrets.get(vault)
  if (known) return known
  const asked = vault.loginToken('requests').catch((error: unknown) => {
    secrets.delete(vault)
    throw error
  })
  secrets.set(vault, asked)
  return asked
}

/**
 * Keyed by a secret that the database does not hold, because a bare hash of a body with a phone in it could be tried out; and by the actor, not by their
 * session: whoever has signed in again and repeats their request is still the same.
 */
const hashOf = (secret: Buffer, actorId: string | null, { told }: Idempotency): Buffer => createHmac('sha256', secret).update(`${actorId}\0`).update(told).digest()

type Kept = { actorId: string; requestHash: Buffer; response: { result: unknown } | null; wasSealed: boolean; sealed: Buffer | null }
const find = statement<Kept>(
  'idempotency_find',
  `select actor_id "actorId", request_hash "requestHash", response, sealed is not null "wasSealed", case when created_at > now() - interval '10 minutes' then sealed end sealed
    from idempotency_keys where tenant_id = $1 and key = $2`,
)
const keep = statement('idempotency_keep', `insert into idempotency_keys (tenant_id, actor_id, key, request_hash, response, sealed) values ($1, $2, $3, $4, $5, $6)`)
const again = statement(
  'idempotency_again',
  `insert into idempotency_keys (tenant_id, actor_id, key, request_hash) values ($1, $2, $3, $4) on conflict (tenant_id, key, actor_id) do nothing`,
)

/** The kept answer for this caller, or undefined to run the act. Same key, other body: refused. */
export async function findReply(query: Query, vault: WrappedVault, tenantId: string, asked: Idempotency): Promise<(actor: Actor) => Promise<unknown>> {
  const [rows, secret] = await Promise.all([query(find, [tenantId, asked.key]), secretOf(vault)])
  return async (actor) => {
    const kept = rows.find((row) => row.actorId === actor.id)
    if (!kept) return undefined
    if (!kept.requestHash.equals(hashOf(secret, actor.id, asked))) throw new Refusal('idempotency_reused')
    if (!kept.wasSealed) return kept.response?.result
    if (!kept.sealed) throw wrongState('answered')
    return JSON.parse((await vault.unprotect(placeOf(tenantId, kept.actorId, kept.requestHash), kept.sealed)).toString())
  }
}

/**
 * What keeps the answer, to be run in the act's own transaction: answer and effect exist together or not at all. A racing twin waits there and then
 * finds this answer.
 */
export async function replyToKeep(vault: WrappedVault, tenantId: string, actorId: string, asked: Idempotency, result: unknown): Promise<(query: Query) => Promise<unknown>> {
  const hash = hashOf(await secretOf(vault), actorId, asked)
  if (asked.answer === 'none') return (query) => query(again, [tenantId, actorId, asked.key, hash])
  if (asked.answer === 'kept') return (query) => query(keep, [tenantId, actorId, asked.key, hash, JSON.stringify({ result }), null])
  const sealed = await vault.protect(placeOf(tenantId, actorId, hash), Buffer.from(JSON.stringify(result)))
  return (query) => query(keep, [tenantId, actorId, asked.key, hash, null, sealed])
}

const old = statement(
  'idempotency_sweep',
  `delete from idempotency_keys where tenant_id = $1
    and (created_at < $2::timestamptz - interval '30 days' or (sealed is not null and created_at < $2::timestamptz - interval '1 day'))`,
)
/** At night. A sealed answer is told to nobody after its minutes, so it need not lie here as long as the others. */
export const sweepReplies = async (ctx: Pick<Ctx, 'run' | 'now'>): Promise<void> => void (await ctx.run(old, [ctx.now()]))

const placeOf = (tenantId: string, actorId: string, hash: Buffer): string => `reply:${tenantId}/${actorId}/${hash.toString('base64url')}`
