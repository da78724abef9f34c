import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type pg from 'pg'
import { openPool } from '../../platform/db/pool.ts'
import type { RevealRequest } from '../protocol.ts'
import { aNote, vaultStage, type VaultStage } from '../vault-stage.ts'
import { KeyStore } from './key-store.ts'
import { openRoot } from './root.ts'
import { rotateEpoch, rotateRoot } from './rotate.ts'

const ask = (personIds: string[]): RevealRequest => ({ purpose: 'sale', personIds, classes: ['contact'], masked: false, door: 'test' })
const count = async (pool: pg.Pool, text: string): Promise<number> => Number((await pool.query(`select count(*) from ${text}`)).rows[0].count)

async function annaAndClient(stage: VaultStage) {
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  const personId = await stage.person(vault, dealer, anna)
  const read = async () => (await vault.reveal(anna.asker, dealer.tenantId, ask([personId])))[0]?.state
  return { dealer, anna, vault, personId, read }
}

async function otherStore(stage: VaultStage, rootKey = stage.options.rootKey): Promise<{ store: KeyStore; end: () => Promise<void> }> {
  const pool = openPool(stage.database.keys, 3)
  const store = new KeyStore(pool, openRoot(rootKey))
  await store.open()
  return { store, end: () => pool.end() }
}

test('whoever seals under an epoch that two quick rotations have destroyed is brought to the newest one', async (t) => {
  const stage = await vaultStage(t)
  const { dealer, anna, vault, read } = await annaAndClient(stage)
  const { store, end } = await otherStore(stage)
  stage.closing(end)
  await rotateEpoch(store)
  await rotateEpoch(store)
  // More people than the stock made before holds: the vault has not heard of either rotation.
  const notes = Array.from({ length: 300 }, (_, i) => ({ ...aNote(dealer.outletId, `заметка ${i}`), personId: randomUUID() }))
  const sealed = await vault.seal(anna.asker, dealer.tenantId, notes)
  assert.equal(sealed.length, 300)
  assert.equal(await count(stage.keysOwner, 'data_keys where e < 2'), 0, 'no key lies under the destroyed epoch')
  assert.equal(await read(), 'open')
})

test('a key that is lost with its epoch hides its own person and nobody else', async (t) => {
  const stage = await vaultStage(t)
  const { dealer, anna, vault, personId } = await annaAndClient(stage)
  const lost = await stage.person(vault, dealer, anna)
  const { store, end } = await otherStore(stage)
  stage.closing(end)
  await rotateEpoch(store)
  await rotateEpoch(store)
  await stage.keysOwner.query('update data_keys set e = 1 where key_id = $1', [(await stage.owner.query('select key_id from facts where person_id = $1', [lost])).rows[0].key_id])
  await stage.stop()
  await stage.start()
  const answers = await vault.reveal(anna.asker, dealer.tenantId, ask([personId, lost]))
  assert.deepEqual(
    answers.map(({ state }) => state),
    ['open', 'not_found'],
  )
})

test('a rotation that spares no older epoch makes every older copy of the key store useless at once', async (t) => {
  const stage = await vaultStage(t)
  const { read } = await annaAndClient(stage)
  const { store, end } = await otherStore(stage)
  stage.closing(end)
  assert.deepEqual((await rotateEpoch(store, { living: 1 }))?.destroyed, [1])
  assert.equal(await count(stage.keysOwner, 'data_keys where e < 2'), 0)
  assert.equal(await read(), 'open')
})

test('the root is not moved while keys are being rotated', async (t) => {
  const stage = await vaultStage(t)
  await annaAndClient(stage)
  const { store, end } = await otherStore(stage)
  stage.closing(end)
  const rotating = await stage.keysOwner.connect()
  await rotating.query('select pg_advisory_lock(7264004)')
  assert.equal(await rotateRoot(store, openRoot(`${stage.options.rootKey}.new`)), null)
  await rotating.query('select pg_advisory_unlock(7264004)')
  rotating.release()
  assert.deepEqual(await rotateRoot(store, openRoot(`${stage.options.rootKey}.new`)), { epochs: 1 })
})
