import type pg from 'pg'
import { withTenant } from '../db.ts'
import { anchoredShreds, anchorShreds, countShreds } from './shreds.ts'

const REPLAY_BATCH = 1_000

/**
 * Before anything is served: a main database that came back from a backup may hold people who were destroyed since. They are
 * destroyed again. A key store that came back from a backup would hold their keys: then the vault does not start at all.
 * @returns how many rows were removed. @throws Error with a sentence.
 */
export async function passRestoreGate(keys: pg.Pool, main: pg.Pool, anchorFile: string | null): Promise<number> {
  const known = await countShreds(keys)
  const anchored = anchorFile ? anchoredShreds(anchorFile) : 0
  if (anchored > known) {
    throw new Error(
      `The key store knows of ${known} destructions, ${anchorFile} of ${anchored}: the key store is older than they are, so destroyed people would be readable again. Restore a newer copy of the key store.`,
    )
  }
  if (anchorFile && known > anchored) anchorShreds(anchorFile, known)
  let removed = 0
  let after = 0
  for (;;) {
    const { rows } = await keys.query<{ n: number; tenant_id: string; subject_id: string; key_ids: string[] }>(
      'select n, tenant_id, subject_id, key_ids from shreds where n > $1 order by n limit $2',
      [after, REPLAY_BATCH],
    )
    const last = rows.at(-1)
    if (!last) return removed
    after = last.n
    for (const tenantId of new Set(rows.map((row) => row.tenant_id))) {
      const mine = rows.filter((row) => row.tenant_id === tenantId)
      removed += await replay(
        main,
        tenantId,
        mine.map((row) => row.subject_id),
        mine.flatMap((row) => row.key_ids),
      )
    }
  }
}

/** What is left of a destroyed person has no personal data; it is handed to retention by a term that is over. */
async function replay(main: pg.Pool, tenantId: string, subjectIds: string[], keyIds: string[]): Promise<number> {
  return withTenant(main, tenantId, async (client) => {
    const remove = async (text: string, values: unknown[]): Promise<number> => (await client.query(text, [tenantId, ...values])).rowCount ?? 0
    const removed =
      (await remove('delete from facts where tenant_id = $1 and person_id = any($2::uuid[]) and key_id = any($3::uuid[])', [subjectIds, keyIds])) +
      (await remove(
        'delete from search_tokens t where t.tenant_id = $1 and t.person_id = any($2::uuid[]) and not exists (select from facts f where f.tenant_id = $1 and f.person_id = t.person_id)',
        [subjectIds],
      )) +
      (await remove('delete from intake_messages where tenant_id = $1 and (id = any($2::uuid[]) or person_id = any($2::uuid[])) and key_id = any($3::uuid[])', [
        subjectIds,
        keyIds,
      ])) +
      (await remove('delete from files where tenant_id = $1 and (id = any($2::uuid[]) or person_id = any($2::uuid[])) and key_id = any($3::uuid[])', [subjectIds, keyIds]))
    if (removed > 0) {
      await client.query(
        'update persons p set destroy_after = now() where p.tenant_id = $1 and p.id = any($2::uuid[]) and not exists (select from facts f where f.tenant_id = $1 and f.person_id = p.id)',
        [tenantId, subjectIds],
      )
    }
    return removed
  })
}
