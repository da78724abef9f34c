import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { aNote, vaultStage } from '../vault-stage.ts'
import { annaAndClient, ask, count, otherStore } from './keys-stage.ts'
import { openRoot } from './root.ts'
import { rotateEpoch, rotateRoot } from './rotate.ts'

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
