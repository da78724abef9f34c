import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { eventually } from '../../../test/eventually.ts'
import { fakeOpenBao } from '../../../test/fakes/openbao.ts'
import { openPool } from '../../platform/db/pool.ts'
import { VaultRefusal } from '../refusal.ts'
import { openBulkSealer } from '../start-vault.ts'
import { aContact, aNote, vaultStage } from '../vault-stage.ts'
import { annaAndClient, ask, count, otherStore } from './keys-stage.ts'
import { openRoot } from './root.ts'
import { rotateEpoch, rotateRoot } from './rotate.ts'
import { anchoredShreds, anchorShreds } from './shreds.ts'
import { sweep } from './sweep.ts'

const refused = (code: string) => (error: unknown) => error instanceof VaultRefusal && error.code === code

test('a person and fifty notes take two keys, and sealing more of the same takes none', async (t) => {
  const stage = await vaultStage(t)
  const { dealer, anna, vault, personId } = await annaAndClient(stage)
  await stage.keep(
    dealer,
    await vault.seal(
      anna.asker,
      dealer.tenantId,
      Array.from({ length: 50 }, (_, i) => aNote(personId, `заметка ${i}`)),
    ),
  )
  const [again] = await vault.seal(anna.asker, dealer.tenantId, [aNote(personId, 'ещё')])
  const used = (await stage.owner.query('select distinct class, key_id from facts where person_id = $1', [personId])).rows
  assert.equal(used.length, 2)
  assert.equal(again?.keyId, used.find((row) => row.class === 'communication')?.key_id)
  assert.equal(await count(stage.keysOwner, 'data_keys'), 256)
})

test('who is destroyed stays destroyed: at once, after a restart, and when the main database comes back from a backup', async (t) => {
  const stage = await vaultStage(t)
  const { dealer, anna, vault, personId, read } = await annaAndClient(stage)
  const officer = await stage.hire(dealer, 'privacy_officer')
  await assert.rejects(vault.destroy(anna.asker, dealer.tenantId, [personId], 'просьба'), refused('forbidden'))
  assert.equal(await read(), 'open')
  const backup = (await stage.owner.query('select * from facts')).rows
  assert.deepEqual(await vault.destroy(officer.asker, dealer.tenantId, [personId], 'term is over'), { keys: 1 })
  assert.equal(await read(), 'not_found')
  await stage.stop()
  await stage.start()
  assert.equal(await read(), 'not_found')
  assert.equal(await count(stage.owner, 'facts where person_id = $1', [personId]), 0, 'the restore gate removed what was left')
  assert.equal(await count(stage.owner, 'search_tokens where person_id = $1', [personId]), 0)
  assert.equal(await count(stage.owner, 'persons where id = $1 and destroy_after <= now()', [personId]), 1)
  await stage.stop()
  for (const row of backup)
    await stage.owner.query('insert into facts (tenant_id, person_id, class, record_id, version, key_id, payload) values ($1, $2, $3, $4, $5, $6, $7)', [
      row.tenant_id,
      row.person_id,
      row.class,
      row.record_id,
      row.version,
      row.key_id,
      row.payload,
    ])
  await stage.start()
  assert.equal(await count(stage.owner, 'facts where person_id = $1', [personId]), 0)
})

test('a key store older than its destructions does not start', async (t) => {
  const stage = await vaultStage(t)
  const { dealer, vault, personId } = await annaAndClient(stage)
  const officer = await stage.hire(dealer, 'privacy_officer')
  await vault.destroy(officer.asker, dealer.tenantId, [personId], 'term is over')
  await stage.stop()
  await stage.keysOwner.query('delete from shreds')
  await assert.rejects(stage.start(), /The key store knows of 0 destructions, .*shreds\.json of 1/)
  mkdirSync(stage.options.headsDir, { recursive: true })
  writeFileSync(join(stage.options.headsDir, 'shreds.json'), '{"count":0}')
  await stage.start()
})

test('the published number of destructions is never lowered, whichever of two comes last', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'anchor-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'heads', 'shreds.json')
  assert.equal(anchoredShreds(file), 0)
  for (const [count, left] of [
    [2, 2],
    [1, 2],
    [3, 3],
  ] as const) {
    anchorShreds(file, count)
    assert.equal(anchoredShreds(file), left)
  }
})

test('the vault’s login cannot take a destruction back', async (t) => {
  const stage = await vaultStage(t)
  const keys = new pg.Client(stage.database.keys)
  await keys.connect()
  stage.closing(() => keys.end())
  for (const text of ['delete from shreds', 'update shreds set reason = null', 'truncate shreds', 'delete from epochs', 'update data_keys set commitment = null'])
    await assert.rejects(keys.query(text), /permission denied/, text)
})

test('keys turn while people are sealed and revealed, and nobody notices', async (t) => {
  const stage = await vaultStage(t)
  const { dealer, anna, vault, read } = await annaAndClient(stage)
  const running = { goes: true, reads: 0 }
  const people: string[] = []
  const load = Array.from({ length: 4 }, async () => {
    while (running.goes) {
      people.push(await stage.person(vault, dealer, anna))
      assert.equal(await read(), 'open')
      running.reads++
    }
  })
  const { store, end } = await otherStore(stage)
  stage.closing(end)
  for (let i = 0; i < 3; i++) await rotateEpoch(store)
  running.goes = false
  await Promise.all(load)
  assert.ok(running.reads > 0)
  await stage.stop()
  await stage.start()
  for (let i = 0; i < people.length; i += 200) {
    const page = people.slice(i, i + 200)
    const answers = await vault.reveal(anna.asker, dealer.tenantId, ask(page, { masked: true }))
    assert.deepEqual(new Set(answers.map(({ state }) => state)), new Set(['open']))
  }
  const { rows } = await stage.keysOwner.query('select e, destroyed_at is null as live, wrapped is null as gone from epochs order by e')
  assert.deepEqual(rows, [
    { e: 1, live: false, gone: true },
    { e: 2, live: false, gone: true },
    { e: 3, live: true, gone: false },
    { e: 4, live: true, gone: false },
  ])
  assert.equal(await count(stage.keysOwner, 'data_keys where e < 3'), 0)
})

test('a rotation that was cut short goes on where it was', async (t) => {
  const stage = await vaultStage(t)
  const { read } = await annaAndClient(stage)
  const { store, end } = await otherStore(stage)
  stage.closing(end)
  const cut = new AbortController()
  cut.abort(new Error('power failure'))
  await assert.rejects(rotateEpoch(store, { signal: cut.signal }), /power failure/)
  assert.equal(await count(stage.keysOwner, 'data_keys where e = 2'), 0)
  assert.equal(await read(), 'open')
  const rotation = await rotateEpoch(store)
  assert.equal(rotation?.epoch, 2, 'no third epoch was opened')
  assert.equal(await count(stage.keysOwner, 'data_keys where e < 2'), 0)
  await stage.stop()
  await stage.start()
  assert.equal(await read(), 'open')
})

test('an old backup of the key store is useless once its epoch is destroyed', async (t) => {
  const stage = await vaultStage(t)
  await annaAndClient(stage)
  const old = (await stage.keysOwner.query<{ e: number; wrapped: Buffer }>('select e, wrapped from epochs')).rows[0]
  const root = openRoot(stage.options.rootKey)
  assert.ok(old && (await root.unwrap(1, old.wrapped)).length === 32)
  const { store, end } = await otherStore(stage)
  stage.closing(end)
  await rotateEpoch(store)
  await rotateEpoch(store)
  await assert.rejects(openRoot(stage.options.rootKey).unwrap(1, old.wrapped), /holds no key of epoch 1/)
})

test('the root moves from a file to OpenBao and back, and the vault says when it is asked with the old one', async (t) => {
  const bao = await fakeOpenBao()
  t.after(bao.close)
  process.env.OPENBAO_TOKEN = bao.token
  t.after(() => delete process.env.OPENBAO_TOKEN)
  const stage = await vaultStage(t)
  const { dealer, read } = await annaAndClient(stage)
  const address = `openbao+${bao.address}/transit/keys/infotech`
  const { store, end } = await otherStore(stage)
  stage.closing(end)
  assert.deepEqual(await rotateRoot(store, openRoot(address)), { epochs: 1 })
  assert.deepEqual([...bao.keys.keys()], ['infotech-e1'])
  assert.equal(await read(), 'open', 'while the vault serves under the old root')
  await stage.stop()
  await assert.rejects(stage.start(), /under another root key \(openbao:/)
  stage.options.rootKey = address
  const running = await stage.start()
  assert.equal(await read(), 'open')
  await running.rotate()
  await running.rotate()
  assert.deepEqual([...bao.keys.keys()], ['infotech-e2', 'infotech-e3'])
  assert.deepEqual(
    (await stage.events(dealer)).filter(({ event }) => event === 'keys.rotated').map(({ details }) => details),
    [{ epoch: 2 }, { epoch: 3 }],
  )
  assert.equal(await read(), 'open')
  await stage.stop()
  bao.isSealed = true
  await assert.rejects(stage.start(), /OpenBao answered 503/)
})

test('keys of work that never committed are swept, all others stay', async (t) => {
  const stage = await vaultStage(t)
  const { dealer, anna, vault, read } = await annaAndClient(stage)
  await vault.seal(anna.asker, dealer.tenantId, [{ personId: dealer.outletId, class: 'contact', recordId: dealer.outletId, version: 1, facts: aContact() }])
  const { store, end } = await otherStore(stage)
  const main = openPool(stage.database.vault, 2)
  stage.closing(async () => void (await Promise.all([end(), main.end()])))
  assert.equal(await sweep(store, main), 0, 'fresh keys may still be on their way into a row')
  assert.equal(await sweep(store, main, { now: Date.now() + 3 * 60 * 60 * 1000 }), 255)
  await stage.stop()
  await stage.start()
  assert.equal(await read(), 'open')
})

test('the root key file is for its owner alone, and a damaged one is named', async (t) => {
  const stage = await vaultStage(t)
  assert.equal(statSync(stage.options.rootKey).mode & 0o777, 0o600)
  assert.equal(statSync(stage.options.vaultSocket).mode & 0o777, 0o600)
  writeFileSync(stage.options.rootKey, readFileSync(stage.options.rootKey).subarray(0, 20))
  assert.throws(() => openRoot(stage.options.rootKey), /is damaged: put it back from its backup/)
})

test('the seed seals in bulk, and what it sealed is found by those who sign in later', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const sealer = await openBulkSealer(stage.options)
  stage.closing(() => sealer.close())
  const personId = dealer.outletId
  await stage.owner.query('insert into persons (tenant_id, id) values ($1, $2)', [dealer.tenantId, personId])
  await stage.keep(dealer, await sealer.seal(dealer.tenantId, [{ personId, class: 'contact', recordId: personId, version: 1, facts: aContact() }]))
  await stage.hold(dealer, personId, dealer.activityId)
  const vault = stage.client()
  assert.equal((await vault.search(anna.asker, dealer.tenantId, { purpose: 'sale', query: 'Шереметьевская', limit: 5, door: 'test' }))[0]?.personId, personId)
  assert.deepEqual(await vault.loginToken(' Anna@Mail.example '), await sealer.loginToken('anna@mail.example'))
})

test('neither database by itself shows a name, a phone or an address', async (t) => {
  const stage = await vaultStage(t)
  const { dealer, anna, vault, personId } = await annaAndClient(stage)
  await stage.keep(dealer, await vault.seal(anna.asker, dealer.tenantId, [aNote(personId, 'Шереметьевская просила скидку')]))
  await vault.reveal(anna.asker, dealer.tenantId, ask([personId], { classes: ['contact', 'communication'] }))
  await vault.search(anna.asker, dealer.tenantId, { purpose: 'sale', query: 'Шереметьевская', limit: 5, door: 'test' })
  const planted = ['Шереметьевская', 'Аглая', 'Тихоновна', '79161234567', '9161234567', 'aglaya', 'скидку']
  for (const pool of [stage.owner, stage.keysOwner]) {
    const dump = await dumpOf(pool)
    assert.ok(dump.length > 1_000)
    for (const value of planted)
      for (const form of [value, Buffer.from(value).toString('hex'), Buffer.from(value).toString('base64').replace(/=+$/, '')])
        assert.ok(!dump.includes(form), `${value} as ${form}`)
  }
})

async function dumpOf(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const tables = await Promise.all(rows.map(async ({ name }) => (await pool.query<{ row: string }>(`select t::text as row from ${name} t`)).rows.map(({ row }) => row).join('\n')))
  return tables.join('\n')
}

test('the vault turns its keys by itself: not before two weeks are over, then within the hour, while a client is read', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const stage = await vaultStage(t)
  const { dealer, read } = await annaAndClient(stage)
  const epochs = async (): Promise<number[]> => (await stage.keysOwner.query<{ e: number }>('select e from epochs order by e')).rows.map(({ e }) => e)
  const age = (days: number) => stage.keysOwner.query(`update epochs set opened_at = now() - make_interval(days => $1)`, [days])
  const rotations = async () => (await stage.events(dealer)).filter(({ event }) => event === 'keys.rotated')
  await age(13)
  t.mock.timers.tick(3_600_000)
  // The same hourly work sweeps when it has answered whether a rotation is due.
  await eventually(async () => (await count(stage.keysOwner, 'sweeps')) > 0, 'the hourly work')
  assert.deepEqual([await epochs(), (await rotations()).length], [[1], 0])
  await age(15)
  t.mock.timers.tick(3_600_000)
  await eventually(async () => (await rotations()).length === 1, 'the rotation')
  assert.deepEqual([await epochs(), await count(stage.keysOwner, 'data_keys where e = 1'), await read()], [[1, 2], 0, 'open'])
})
