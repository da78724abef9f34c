import { actorOf, askerLook, needsAny } from '../asking.ts'
import type { Question, VaultContext } from '../context.ts'
import { look } from '../db.ts'
import { anchorShreds, countShreds, shred, type Shred } from '../keys/shreds.ts'

/**
 * Destroys the keys of people, messages and files for ever: noted and deleted in one commit of the key store, then forgotten here.
 * Subjects whose rows are not there are noted too, so that a restored database does not bring them back.
 * A note or a car shares its key with its person's other notes and cars: it dies with its row, its key with the person.
 */
export async function destroy(vault: VaultContext, question: Question, subjectIds: readonly string[], reason: string): Promise<{ keys: number }> {
  const { asker, tenantId, peer } = question
  const ids = [`{${subjectIds.join(',')}}`]
  const [actorRows, personRows = [], keyRows = []] = await look(vault.main, tenantId, [
    askerLook(asker, tenantId, peer),
    { name: 'people-among', text: 'select 1 from persons where tenant_id = $1 and id = any($2::uuid[]) limit 1', values: ids },
    { name: 'keys-of-subjects', text: keysText, values: ids },
  ])
  // Who fixes messages may throw one away; people are destroyed by retention, by the privacy officer, or with the import that brought them.
  needsAny(actorOf(asker, actorRows ?? []), personRows.length > 0 ? ['ground.end', 'lead.import'] : ['ground.end', 'lead.import', 'message.fix'])
  const keysOf = Map.groupBy(keyRows, (row) => row.subject_id)
  const shreds: Shred[] = subjectIds.map((subjectId) => ({ subjectId, keyIds: (keysOf.get(subjectId) ?? []).map((row) => row.key_id as string) }))
  const keys = await shred(vault.store.pool, tenantId, shreds, reason)
  vault.dataKeys.forget(
    tenantId,
    keyRows.map((row) => row.key_id as string),
  )
  if (vault.anchorFile) anchorShreds(vault.anchorFile, await countShreds(vault.store.pool))
  return { keys }
}

const keysText = `select f.person_id as subject_id, f.key_id from facts f where f.tenant_id = $1 and f.person_id = any($2::uuid[])
  union select s.id, m.key_id from unnest($2::uuid[]) s (id) join intake_messages m on m.tenant_id = $1 and (m.id = s.id or m.person_id = s.id)
  union select s.id, d.key_id from unnest($2::uuid[]) s (id) join files d on d.tenant_id = $1 and (d.id = s.id or d.person_id = s.id)
  union select s.id, c.key_id from unnest($2::uuid[]) s (id) join cookie_choices c on c.tenant_id = $1 and c.id = s.id`
