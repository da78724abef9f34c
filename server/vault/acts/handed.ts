import { askerLook, type Actor, type Peer } from '../asking.ts'
import type { Look, Row } from '../db.ts'
import type { Asker } from '../protocol.ts'

/**
 * The people among these who were handed to the dealer of this very key and not taken back, to be read together with all else that decides. Whoever is no
 * key has no such question.
 */
export const handedLook = (asker: Asker, tenantId: string, peer: Peer, personIds: readonly string[]): Look[] =>
  asker.kind === 'key' ? [{ name: 'handed', text: handedText, values: [...askerLook(asker, tenantId, peer).values, `{${personIds.join(',')}}`] }] : []

/** A key of a dealer's system opens only whom it was handed; a key of nobody's opens nobody. Whoever is no key is left as they are. */
export const boundToHanded = (actor: Actor, rows: readonly Row[]): Actor => (actor.kind === 'key' ? { ...actor, persons: rows.map((row) => row.person_id as string) } : actor)

const handedText = `select distinct t.person_id from integration_keys k join network_dealers d on d.tenant_id = $1 and d.key_id = k.id
  join network_transfers t on t.tenant_id = $1 and t.dealer_id = d.id
  where k.tenant_id = $1 and k.token_hash = $2 and k.revoked_at is null and d.is_active and t.person_id = any($3::uuid[]) and t.state in ('ready', 'done') and t.ended_at is null`
