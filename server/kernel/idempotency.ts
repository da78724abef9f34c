import { createHmac } from 'node:crypto'
import { statement } from '../platform/db/session.ts'
import type { Actor } from './actor.ts'
import { Refusal } from './refusal.ts'
import type { Query } from './work.ts'

/** `key` as the caller sent it; `hash` of endpoint and body; `keep` is false for answers that show people: those acts run again. */
export type Idempotency = { key: string; hash: Buffer; keep: boolean }

/**
 * Keyed by the caller's own token, which the database does not hold: a bare hash of a body with a phone in it could be tried out.
 */
export const requestHash = (token: string, door: string, body: unknown): Buffer =>
  createHmac('sha256', token)
    .update(door)
    .update('\0')
    .update(body instanceof Uint8Array ? body : (JSON.stringify(body) ?? ''))
    .digest()

type Kept = { actorId: string; requestHash: Buffer; response: { result: unknown } | null }
const find = statement<Kept>('idempotency_find', `select actor_id "actorId", request_hash "requestHash", response from idempotency_keys where tenant_id = $1 and key = $2`)
const keep = statement('idempotency_keep', `insert into idempotency_keys (tenant_id, actor_id, key, request_hash, response) values ($1, $2, $3, $4, $5)`)
const again = statement(
  'idempotency_again',
  `insert into idempotency_keys (tenant_id, actor_id, key, request_hash) values ($1, $2, $3, $4) on conflict (tenant_id, key, actor_id) do nothing`,
)

/** The kept answer for this caller, or undefined to run the act. Same key, other body: refused. */
export async function findReply(query: Query, tenantId: string, asked: Idempotency): Promise<(actor: Actor) => unknown> {
  const rows = await query(find, [tenantId, asked.key])
  return (actor) => {
    const kept = rows.find((row) => row.actorId === actor.id)
    if (!kept) return undefined
    if (!kept.requestHash.equals(asked.hash)) throw new Refusal('idempotency_reused')
    return kept.response?.result
  }
}

/** In the act's own transaction: answer and effect exist together or not at all. A racing twin waits here and then finds this answer. */
export const keepReply = (query: Query, tenantId: string, actorId: string, asked: Idempotency, result: unknown): Promise<unknown> =>
  asked.keep ? query(keep, [tenantId, actorId, asked.key, asked.hash, JSON.stringify({ result })]) : query(again, [tenantId, actorId, asked.key, asked.hash])
