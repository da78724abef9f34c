import type { Actor } from '../asking.ts'
import type { VaultContext } from '../context.ts'
import { look } from '../db.ts'

/**
 * A key of a dealer's system opens only the people who were handed to that dealer and not taken back; a key of nobody's opens nobody. Whoever is no key
 * is left as they are.
 */
export async function boundToHanded(vault: VaultContext, tenantId: string, actor: Actor, personIds: readonly string[]): Promise<Actor> {
  if (actor.kind !== 'key') return actor
  const [rows] = await look(vault.main, tenantId, [{ name: 'handed', text: handedText, values: [actor.id, `{${personIds.join(',')}}`] }])
  return { ...actor, persons: (rows ?? []).map((row) => row.person_id as string) }
}

const handedText = `select distinct t.person_id from network_dealers d join network_transfers t on t.tenant_id = $1 and t.dealer_id = d.id
  where d.tenant_id = $1 and d.key_id = $2 and d.is_active and t.person_id = any($3::uuid[]) and t.state in ('ready', 'done') and t.ended_at is null`
