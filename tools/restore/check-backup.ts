import path from 'node:path'
import pg from 'pg'
import type { DatabaseConnection } from '../../server/platform/config/runtime.ts'
import { openPool } from '../../server/platform/db/pool.ts'
import { isTied } from '../../server/vault/keys/tie.ts'
import { passRestoreGate } from '../../server/vault/keys/restore-gate.ts'
import { mustBe, type Say } from './say.ts'
import { vaultRuntime } from '../vault-runtime.ts'

const leftOf = `select count(*)::int as people, coalesce(sum(facts), 0)::int as facts, coalesce(sum(tokens), 0)::int as tokens from (
  select s.id, (select count(*) from facts f where f.person_id = s.id and f.key_id = any ($2::uuid[])) as facts,
    (select count(*) from search_tokens t where t.person_id = s.id and not exists (select from facts f where f.person_id = t.person_id and f.key_id <> all ($2::uuid[]))) as tokens
  from unnest($1::uuid[]) s(id) where exists (select from persons p where p.id = s.id)) each_one`

type Left = { people: number; facts: number; tokens: number }

/**
 * A backup restored into a scratch database: who in it was destroyed since, whether any of their keys still lives, and what the vault's own restore gate
 * leaves of them. No vault is started against it: one that ran beside the true main database would take keys that the backup does not name for idle.
 */
export async function checkBackup(scratch: DatabaseConnection, say: Say): Promise<void> {
  const runtime = vaultRuntime()
  const owner = new pg.Pool({ ...scratch, max: 2 })
  const keys = openPool(runtime.keystore, 2)
  const main = openPool({ ...scratch, user: runtime.database.user, password: runtime.database.password }, 2)
  try {
    mustBe(await isTied(keys, main), 'The backup and the living key store belong together.', say)
    const { rows } = await keys.query<{ subject_id: string; key_ids: string[] }>('select subject_id, key_ids from shreds order by n')
    const [subjects, keyIds] = [rows.map((row) => row.subject_id), rows.flatMap((row) => row.key_ids)]
    const left = async (): Promise<Left> => (await owner.query<Left>(leftOf, [subjects, keyIds])).rows[0] ?? { people: 0, facts: 0, tokens: 0 }
    const before = await left()
    say(
      `The key store knows of ${subjects.length} destructions; the backup still holds ${before.people} of those people, with ${before.facts} sealed facts and ${before.tokens} search tokens.`,
    )
    const { rows: alive } = await keys.query<{ count: number }>('select count(*)::int as count from data_keys where key_id = any ($1::uuid[])', [keyIds])
    mustBe(alive[0]?.count === 0, `None of their ${keyIds.length} keys is in the key store: the facts in the backup are noise.`, say)
    const removed = await passRestoreGate(keys, main, path.join(runtime.headsDir, 'shreds.json'))
    say(`The gate that every start of the vault passes has removed ${removed} rows from the restored database.`)
    const after = await left()
    mustBe(after.facts === 0 && after.tokens === 0, 'No fact and no search token of a destroyed person is left in it.', say)
  } finally {
    await Promise.all([owner.end(), keys.end(), main.end()])
  }
}
