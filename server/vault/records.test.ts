import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { VaultRefusal } from './refusal.ts'
import { vaultStage, type Dealer, type VaultStage } from './vault-stage.ts'

const refused = (code: string) => (error: unknown) => error instanceof VaultRefusal && error.code === code

async function aMessage(stage: VaultStage, dealer: Dealer, sealed: { keyId: string; payload: Buffer }, id: string): Promise<void> {
  const sourceId = randomUUID()
  await stage.owner.query(`insert into lead_sources (tenant_id, id, code, name, channel) values ($1, $2, $2::uuid::text, 'Почта', 'email')`, [dealer.tenantId, sourceId])
  await stage.owner.query(
    `insert into intake_messages (tenant_id, id, source_id, format, status, key_id, payload, received_at) values ($1, $2, $3, 'mail', 'unparsed', $4, $5, now())`,
    [dealer.tenantId, id, sourceId, sealed.keyId, sealed.payload],
  )
}

test('an original message is kept sealed, opened by those who fix it, destroyed for good', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const [anna, seller] = [await stage.hire(dealer, 'operator'), await stage.hire(dealer, 'seller')]
  const vault = stage.client()
  const id = randomUUID()
  const original = Buffer.from('<adf>Шереметьевская, +7 916 123-45-67</adf>')
  await aMessage(stage, dealer, await vault.sealRecord(anna.asker, dealer.tenantId, id, original), id)
  const open = (who: typeof anna) => vault.openRecord(who.asker, dealer.tenantId, { purpose: 'request_handling', recordId: id, door: 'POST /messages/open' })
  assert.deepEqual(await open(anna), original)
  await assert.rejects(open(seller), refused('forbidden'))
  assert.deepEqual(
    (await stage.events(dealer)).map(({ event, actor_id: actor }) => [event, actor]),
    [['message.opened', anna.employeeId]],
  )
  assert.deepEqual(await vault.destroy(anna.asker, dealer.tenantId, [id], 'discarded'), { keys: 1 })
  await assert.rejects(open(anna), refused('not_found'))
})

test('a file’s key comes back to those who may, and is another for every file', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const [head, seller] = [await stage.hire(dealer, 'head_of_sales'), await stage.hire(dealer, 'seller')]
  const vault = stage.client()
  const [fileId, otherId] = [randomUUID(), randomUUID()]
  const { keyId, key } = await vault.fileKey(head.asker, dealer.tenantId, fileId)
  for (const id of [fileId, otherId])
    await stage.owner.query(`insert into files (tenant_id, id, kind, bytes, key_id, sha256) values ($1, $2, 'lead_file', 1, $3, '\\x00')`, [dealer.tenantId, id, keyId])
  const open = (who: typeof head, id: string) => vault.openFileKey(who.asker, dealer.tenantId, { purpose: 'request_handling', fileId: id, door: 'job import' })
  assert.deepEqual(await open(head, fileId), key)
  assert.notDeepEqual(await open(head, otherId), key)
  await assert.rejects(open(seller, fileId), refused('forbidden'))
  await assert.rejects(open(head, randomUUID()), refused('not_found'))
})

test('a job is believed on the worker’s connection only, and only while it runs', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const [web, worker] = [stage.client('web'), stage.client('worker')]
  const { rows } = await stage.owner.query<{ id: string }>(`select id::text from graphile_worker.add_job('lead-import', '{}')`)
  const job = { kind: 'job', task: 'lead-import', jobId: rows[0]?.id ?? '' } as const
  const seal = (vault: typeof web) => vault.sealRecord(job, dealer.tenantId, randomUUID(), Buffer.from('x'))
  await assert.rejects(seal(worker), refused('forbidden'), 'it waits, so nobody carries it out')
  await stage.owner.query('update graphile_worker._private_jobs set locked_at = now(), locked_by = $1 where id = $2', ['worker', job.jobId])
  assert.ok((await seal(worker)).keyId)
  await assert.rejects(seal(web), refused('forbidden'))
  await assert.rejects(worker.sealRecord({ ...job, task: 'another' }, dealer.tenantId, randomUUID(), Buffer.from('x')), refused('forbidden'))
})

test('a secret of an account opens in its own context only', async (t) => {
  const stage = await vaultStage(t)
  const vault = stage.client()
  const sealed = await vault.protect('totp:anna', Buffer.from('JBSWY3DPEHPK3PXP'))
  assert.equal((await vault.unprotect('totp:anna', sealed)).toString(), 'JBSWY3DPEHPK3PXP')
  await assert.rejects(vault.unprotect('totp:boris', sealed), refused('internal'))
  for (const context of ['unsubscribe', `site-form/${randomUUID()}`])
    for (const brought of [Buffer.from('made up'), sealed])
      await assert.rejects(vault.unprotect(context, brought), refused('not_found'), 'that a stranger brings nonsense is no fault')
  assert.notDeepEqual(await vault.loginToken('anna@mail.example'), await vault.loginToken('boris@mail.example'))
})

test('an original is a look like any other: it counts against the hour, and a canary’s rings', async (t) => {
  const stage = await vaultStage(t, { limits: { revealed: 2 } })
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  const personId = await stage.person(vault, dealer, anna, { purposes: ['request_handling'] })
  await stage.keysOwner.query('insert into canaries values ($1, $2)', [dealer.tenantId, personId])
  await stage.stop()
  await stage.start()
  const ids = [randomUUID(), randomUUID(), randomUUID()]
  for (const id of ids) await aMessage(stage, dealer, await vault.sealRecord(anna.asker, dealer.tenantId, id, Buffer.from('…')), id)
  await stage.owner.query('update intake_messages set person_id = $1 where id = $2', [personId, ids[0]])
  const open = (recordId = '') => vault.openRecord(anna.asker, dealer.tenantId, { purpose: 'request_handling', recordId, door: 'POST /messages/open' })
  await open(ids[0])
  await open(ids[1])
  await open(ids[1])
  await assert.rejects(open(ids[2]), refused('quota'))
  await stage.stop()
  await stage.start()
  await assert.rejects(open(ids[2]), refused('quota'))
  const rung = (await stage.events(dealer)).filter(({ event }) => event === 'canary.revealed')
  assert.deepEqual(
    rung.map(({ person_ids: people }) => people),
    [[personId]],
  )
})

test('a process opens only what it needs under the platform’s key, and nobody seals under a context that is none', async (t) => {
  const stage = await vaultStage(t)
  const [web, worker] = [stage.client('web'), stage.client('worker')]
  const totp = await web.protect('totp:anna', Buffer.from('JBSWY3DPEHPK3PXP'))
  await assert.rejects(worker.unprotect('totp:anna', totp), refused('forbidden'))
  const invitation = await web.protect('invitation:1', Buffer.from('link'))
  await assert.rejects(web.unprotect('invitation:1', invitation), refused('forbidden'))
  assert.equal((await worker.unprotect('invitation:1', invitation)).toString(), 'link')
  await assert.rejects(web.protect('a purpose of my own', Buffer.from('x')), refused('forbidden'))
})
