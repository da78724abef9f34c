import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { verify } from '@node-rs/argon2'
import type pg from 'pg'
import { freshDatabase, testPool } from '../../test/database.ts'
import { openBulkSealer } from '../vault/bulk.ts'
import { castMember, demoPassword } from './cast.ts'
import { dealerHistory } from './history.ts'
import { companyIn, dealersOf, demoNetwork } from './network.ts'
import { recentPeople } from './network-told.ts'
import { defaultSeed } from './random.ts'
import { demoSignIns, demoState, seedDemo, type Sealer, type SeedProgress } from './seed.ts'

const PEOPLE = 60
/** Whom the importer has handed over lately: held at both sides. */
const HANDED = 2 * 3 * recentPeople
const now = new Date('2026-11-19T10:30:00.000Z')

type Stage = {
  pool: pg.Pool
  sealer: Sealer
  fill: (more?: { sealer?: Sealer; progress?: (progress: SeedProgress) => void }) => Promise<{ people: number }>
  number: (sql: string, values?: unknown[]) => Promise<number>
}

async function emptyStage(t: TestContext): Promise<Stage> {
  // Hooks run in the order they were added: ours must come before the one that drops the databases.
  const ends: (() => Promise<void> | void)[] = []
  t.after(async () => {
    for (const end of ends) await end()
  })
  const database = await freshDatabase(t)
  const folder = mkdtempSync(join(tmpdir(), 'demo-'))
  const pool = testPool(database.owner, 3)
  const sealer = await openBulkSealer({ keystore: database.keys, rootKey: join(folder, 'root.key') })
  ends.push(
    () => sealer.close(),
    () => pool.end(),
    () => rmSync(folder, { recursive: true }),
  )
  const number = async (sql: string, values: unknown[] = []): Promise<number> => Number((await pool.query<{ n: string }>(sql, values)).rows[0]?.n)
  return { pool, sealer, number, fill: (more = {}) => seedDemo({ pool, sealer, now, peoplePerDealer: PEOPLE, ...more }) }
}

test('a demo that was filled once', async (t) => {
  const { pool, sealer, fill, number } = await emptyStage(t)
  const heard: SeedProgress[] = []
  const staff = demoSignIns().length

  await t.test('tells of every dealer as it goes', async () => {
    assert.deepEqual(await fill({ progress: (progress) => heard.push(progress) }), { people: 3 * PEOPLE })
    assert.deepEqual(
      heard.map(({ people, total }) => [people, total]),
      [
        [PEOPLE, PEOPLE],
        [PEOPLE, PEOPLE],
        [PEOPLE, PEOPLE],
      ],
    )
  })
  await t.test('holds its people and its staff, sealed, searchable and grounded', async () => {
    assert.equal(await number(`select count(*) n from persons where kind = 'customer'`), 3 * PEOPLE + HANDED)
    assert.equal(await number(`select count(*) n from employees`), staff)
    assert.equal(await number(`select count(*) n from facts where class = 'contact'`), 3 * PEOPLE + HANDED + staff)
    assert.equal(await number(`select count(*) n from persons p where not exists (select from search_tokens s where s.tenant_id = p.tenant_id and s.person_id = p.id)`), 0)
    const live = 'select from grounds g where g.tenant_id = p.tenant_id and g.person_id = p.id and (g.until is null or g.until > $1)'
    assert.equal(await number(`select count(*) n from persons p where not exists (${live})`, [now]), 0)
    const { rows } = await pool.query<{ payload: Buffer }>('select payload from facts')
    const surname = Buffer.from(castMember('anna').surname)
    assert.ok(rows.length > 3 * PEOPLE && rows.every(({ payload }) => !payload.includes(surname)), 'no name lies open')
  })
  await t.test('knows what they said of advertising, and keeps every "no" by the hash the vault would make of the address', async () => {
    assert.equal(await number('select count(distinct kind) n from consent_texts'), 7)
    assert.ok((await number('select count(*) n from consent_events')) > PEOPLE)
    const { rows } = await pool.query<{ tenant_id: string; token: Buffer; channel: string }>(
      `select o.tenant_id, token, channel from objections o join tenants t on t.tenant_id = o.tenant_id and t.kind = 'dealer'`,
    )
    const batches = dealersOf(demoNetwork(defaultSeed)).flatMap((company) => [...dealerHistory(demoNetwork(defaultSeed), company, { people: PEOPLE, now })])
    const expected = await Promise.all(
      batches.flatMap(({ tenantId, objections }) =>
        objections.map(async ({ address, channel }) => {
          const { emails, phones } = await sealer.addressTokens(tenantId, channel === 'email' ? { emails: [address], phones: [] } : { emails: [], phones: [address] })
          return `${channel} ${[...emails, ...phones][0]}`
        }),
      ),
    )
    assert.ok(expected.length > 5)
    assert.deepEqual(rows.map(({ token, channel }) => `${channel} ${token.toString('base64')}`).sort(), expected.sort())
  })
  await t.test('has visitors on every site for weeks, and of each request from there the policy that was seen', async () => {
    assert.equal(await number('select min(days) n from (select count(distinct day) days from site_visits group by tenant_id) each'), 60)
    const asked = await number('select count(*) n from site_requests')
    assert.ok(asked > 10, `${asked} requests`)
    assert.equal(await number('select count(*) n from policy_marks'), asked)
  })
  await t.test('has their making on the record', async () => {
    assert.equal(await number(`select sum((details->>'people')::int) n from log_events where event = 'person.created'`), 3 * PEOPLE + HANDED + staff)
    assert.equal(await number(`select count(*) n from log_events where event = 'tenant.created'`), 5)
  })
  await t.test('lets Anna in by the demo password, to her own dealer only', async () => {
    const token = await sealer.loginToken(castMember('anna').email)
    const { rows } = await pool.query<{ id: string; password_hash: string }>('select id, password_hash from accounts where login_token = $1', [token])
    assert.equal(rows.length, 1)
    assert.ok(await verify(rows[0]?.password_hash ?? '', demoPassword))
    const places = await pool.query<{ tenant_id: string }>('select tenant_id from account_tenants where account_id = $1', [rows[0]?.id])
    assert.deepEqual(
      places.rows.map((row) => row.tenant_id),
      [companyIn(demoNetwork(defaultSeed), 'zvezda').tenant.tenantId],
    )
  })
  await t.test('is left as it is by a second filling', async () => {
    const before = await number('select count(*) n from facts')
    assert.deepEqual(await fill(), { people: 0 })
    assert.equal(await number('select count(*) n from facts'), before)
    assert.equal(await demoState(pool), 'whole')
  })
})

test('a filling cut short half-way is begun anew and comes out whole', async (t) => {
  const { pool, sealer, fill, number } = await emptyStage(t)
  const ural = companyIn(demoNetwork(defaultSeed), 'ural').tenant.tenantId
  const cutShort: Sealer = {
    ...sealer,
    seal: (tenantId, items) => (tenantId === ural && items.length > 20 ? Promise.reject(new Error('the power went out')) : sealer.seal(tenantId, items)),
  }
  await assert.rejects(fill({ sealer: cutShort }), /the power went out/)
  assert.equal(await demoState(pool), 'partial')
  assert.deepEqual(await fill(), { people: 3 * PEOPLE })
  assert.equal(await number(`select count(*) n from persons where kind = 'customer'`), 3 * PEOPLE + HANDED)
})

test('a filling cut short before its first company is begun anew as well', async (t) => {
  const { sealer, fill, pool } = await emptyStage(t)
  await assert.rejects(fill({ sealer: { ...sealer, seal: () => Promise.reject(new Error('the power went out')) } }), /the power went out/)
  assert.equal(await demoState(pool), 'empty')
  assert.deepEqual(await fill(), { people: 3 * PEOPLE })
})

test('a database with somebody’s own company is left alone', async (t) => {
  const { pool, fill, number } = await emptyStage(t)
  await pool.query(`insert into tenants (tenant_id, kind, name, inn, ogrn, address) values (gen_random_uuid(), 'dealer', 'Чужая', '7707083893', '1027700132195', 'Москва')`)
  await assert.rejects(fill(), /already holds companies/)
  assert.equal(await number('select count(*) n from tenants'), 1)
})
