import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPool } from '../../platform/db/pool.ts'
import { vaultStage } from '../vault-stage.ts'
import { KeyStore } from './key-store.ts'
import { rebuildSearch } from './rebuild-search.ts'
import { openRoot } from './root.ts'

test('a main database that was backed up without its search tokens gets the very same ones again, and nobody destroyed is among them', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const [anna, officer] = [await stage.hire(dealer, 'operator'), await stage.hire(dealer, 'privacy_officer')]
  const vault = stage.client()
  const [kept, gone] = [await stage.person(vault, dealer, anna), await stage.person(vault, dealer, anna)]
  const tokens = async () => (await stage.owner.query('select token::text, person_id, kind from search_tokens order by 1, 2')).rows
  const before = await tokens()
  assert.ok(before.length > 10)
  await vault.destroy(officer.asker, dealer.tenantId, [gone], 'term is over')
  await stage.owner.query('delete from search_tokens')
  const [keys, main] = [openPool(stage.database.keys, 2), openPool(stage.database.vault, 2)]
  stage.closing(async () => void (await Promise.all([keys.end(), main.end()])))
  const store = new KeyStore(keys, openRoot(stage.options.rootKey))
  await store.open()
  const mine = before.filter((row) => row.person_id === kept)
  assert.equal(await rebuildSearch(store, main), mine.length)
  assert.deepEqual(await tokens(), mine)
  assert.equal(await rebuildSearch(store, main), 0, 'run again, it changes nothing')
  assert.equal((await vault.search(anna.asker, dealer.tenantId, { purpose: 'sale', query: 'Шереметьевская', limit: 5, door: 'test' }))[0]?.personId, kept)
})
