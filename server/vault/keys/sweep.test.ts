import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { freshDatabase } from '../../../test/database.ts'
import { openPool } from '../../platform/db/pool.ts'
import { vaultStage, type VaultStage } from '../vault-stage.ts'
import { KeyStore } from './key-store.ts'
import { openRoot } from './root.ts'
import { sweep } from './sweep.ts'

const LATER_MS = 3 * 60 * 60 * 1000

/** Twenty people of one dealer, swept once, and the stock they left. */
async function swept(t: TestContext) {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  for (let i = 0; i < 20; i++) await stage.person(vault, dealer, anna)
  const keys = openPool(stage.database.keys, 3)
  const main = openPool(stage.database.vault, 2)
  stage.closing(async () => void (await Promise.all([keys.end(), main.end()])))
  const store = new KeyStore(keys, openRoot(stage.options.rootKey))
  await store.open()
  assert.equal(await sweep(store, main, { now: Date.now() + LATER_MS }), 236)
  return { stage, store, main }
}
const keysOf = async (stage: VaultStage): Promise<number> => Number((await stage.keysOwner.query('select count(*) from data_keys')).rows[0].count)

test('an empty database of another installation costs no key', async (t) => {
  const { stage, store } = await swept(t)
  const other = await freshDatabase(t)
  const [owner, stranger] = [openPool(other.owner, 1), openPool(other.vault, 2)]
  // The databases of tests are copies of one.
  await owner.query('update installation set id = gen_random_uuid()')
  stage.closing(async () => void (await Promise.all([owner.end(), stranger.end()])))
  await assert.rejects(sweep(store, stranger, { now: Date.now() + 2 * LATER_MS, all: true }), /belongs to another main database/)
  assert.equal(await keysOf(stage), 20)
})

test('an older copy of the right database costs no key, one note less is no older copy', async (t) => {
  const { stage, store, main } = await swept(t)
  await stage.owner.query('delete from facts where (tenant_id, person_id) in (select tenant_id, person_id from facts limit 1)')
  assert.equal(await sweep(store, main, { now: Date.now() + 2 * LATER_MS, all: true }), 1)
  await stage.owner.query('delete from facts where (tenant_id, person_id) in (select tenant_id, person_id from facts limit 10)')
  await assert.rejects(sweep(store, main, { now: Date.now() + 3 * LATER_MS, all: true }), /Of the 19 keys .* 10 belong to nothing in this database: it seems to be an older copy/)
  assert.equal(await keysOf(stage), 19)
})

test('whatever table names a key is asked before the key is swept', async (t) => {
  const stage = await vaultStage(t)
  const { rows } = await stage.owner.query<{ name: string }>(
    `select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'key_id' and not a.attisdropped
       and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any(k.conkey)) order by 1`,
  )
  assert.deepEqual(
    rows.map(({ name }) => name),
    ['cookie_choices', 'facts', 'files', 'intake_messages'],
    'a new table that holds sealed bytes goes into server/vault/keys/sweep.ts, acts/destroy.ts and keys/restore-gate.ts, then here',
  )
})
