import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import pg from 'pg'
import { freshDatabase } from '../../../test/database.ts'
import type { DatabaseConnection } from '../config/runtime.ts'
import { migrate } from './migrate.ts'
import { readMigrations, stampMigrations, verifyChain } from './migration-files.ts'
import { scramVerifier } from './scram.ts'

function folderOf(t: TestContext, files: Record<string, string>): string {
  const folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'infotech-migrations-')), 'migrations')
  mkdirSync(folder)
  t.after(() => rmSync(path.dirname(folder), { recursive: true, force: true }))
  write(folder, files)
  return folder
}

function write(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text)
}

const two = {
  '0001_cars.sql': '-- previous: pending\ncreate table cars (id int primary key);\n',
  '0002_keys.sql': '-- previous: pending\ncreate table car_keys (car int references cars);\n',
}

/** An empty database beside the test's own, which belongs to the same owner. */
async function emptyDatabase(t: TestContext): Promise<DatabaseConnection> {
  const { owner } = await freshDatabase(t)
  const client = new pg.Client(owner)
  await client.connect()
  await client.query('drop schema graphile_worker cascade; drop schema public cascade; create schema public')
  await client.end()
  return owner
}

async function ask(connection: pg.ClientConfig, sql: string): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('the second run of the same migrations does nothing', async (t) => {
  const owner = await emptyDatabase(t)
  const folder = folderOf(t, two)
  stampMigrations(folder)
  assert.deepEqual(await migrate(owner, { folder, passwords: {} }), ['0001_cars.sql', '0002_keys.sql'])
  assert.deepEqual(await migrate(owner, { folder, passwords: {} }), [])
  const rows = await ask(owner, 'select name, hash from migrations order by name')
  assert.deepEqual(
    rows,
    readMigrations(folder).map(({ name, hash }) => ({ name, hash })),
  )
})

test('two who migrate at the same time do it once', async (t) => {
  const owner = await emptyDatabase(t)
  const folder = folderOf(t, two)
  stampMigrations(folder)
  const runs = await Promise.all([1, 2, 3].map(() => migrate(owner, { folder, passwords: {} })))
  assert.deepEqual(runs.flat().toSorted(), ['0001_cars.sql', '0002_keys.sql'])
})

test('whoever changes a migration after it was applied is refused', async (t) => {
  const owner = await emptyDatabase(t)
  const folder = folderOf(t, two)
  stampMigrations(folder)
  await migrate(owner, { folder, passwords: {} })
  write(folder, { '0001_cars.sql': '-- previous: none\ncreate table cars (id int primary key, colour text);\n' })
  stampMigrations(folder)
  await assert.rejects(migrate(owner, { folder, passwords: {} }), /Migration 0001_cars\.sql was changed after it was applied/)
})

test('whoever changes, removes or inserts a file breaks the chain', (t) => {
  const folder = folderOf(t, { ...two, '0003_more.sql': '-- previous: pending\nselect 3;\n' })
  stampMigrations(folder)
  const files = readMigrations(folder)
  verifyChain(files, false)
  write(folder, { '0001_cars.sql': '-- previous: none\ncreate table lorries (id int primary key);\n' })
  assert.throws(() => verifyChain(readMigrations(folder), false), /0002_keys\.sql names [0-9a-f]{64} as the one before/)
  assert.throws(
    () =>
      verifyChain(
        files.filter(({ name }) => name !== '0002_keys.sql'),
        false,
      ),
    /0003_more\.sql names/,
  )
})

test('a migration that is still being written passes on a desk and not in production', (t) => {
  const files = readMigrations(folderOf(t, { '0001_cars.sql': '-- previous: none\nselect 1;\n', '0002_keys.sql': '-- previous: pending\nselect 2;\n' }))
  verifyChain(files, true)
  assert.throws(() => verifyChain(files, false), /0002_keys\.sql names pending/)
})

test('a migration that fails leaves nothing of itself and says where it failed', async (t) => {
  const owner = await emptyDatabase(t)
  const folder = folderOf(t, { '0001_cars.sql': '-- previous: none\ncreate table cars (id int);\nselect nonsense from cars;\n' })
  await assert.rejects(migrate(owner, { folder, passwords: {} }), /Migration 0001_cars\.sql, line 3: column "nonsense" does not exist/)
  assert.deepEqual(await ask(owner, "select to_regclass('cars') as cars"), [{ cars: null }])
})

test('a migration numbered before one that is applied already is refused', async (t) => {
  const owner = await emptyDatabase(t)
  const folder = folderOf(t, { '0002_keys.sql': '-- previous: none\nselect 2;\n' })
  await migrate(owner, { folder, passwords: {} })
  write(folder, { '0001_cars.sql': '-- previous: none\nselect 1;\n' })
  stampMigrations(folder)
  await assert.rejects(migrate(owner, { folder, passwords: {} }), /0002_keys\.sql was changed|0001_cars\.sql comes before 0002_keys\.sql/)
})

test('the web signs in and can read nothing until it becomes the one who works', async (t) => {
  const { web } = await freshDatabase(t)
  await assert.rejects(ask(web, 'select * from public.tenants'), { code: '42501' })
  assert.deepEqual(await ask({ ...web, options: '-c role=infotech_app' }, 'select * from tenants'), [])
})

test('an act adds a job it cannot read, and the vault sees whether the worker is at it', async (t) => {
  const { web, vault, worker } = await freshDatabase(t)
  const act = { ...web, options: '-c role=infotech_app' }
  const [job] = await ask(act, "select jobs_add('lead-deadline', '{}') as id")
  await assert.rejects(ask(act, 'select * from graphile_worker._private_jobs'), { code: '42501' })
  await assert.rejects(ask(act, `select job_is_running(${job?.id}, 'lead-deadline')`), { code: '42501' })
  const isRunning = async (task: string) => (await ask(vault, `select job_is_running(${job?.id}, '${task}') as running`))[0]?.running
  assert.equal(await isRunning('lead-deadline'), false)
  await ask(worker, `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker-1' where id = ${job?.id}`)
  assert.equal(await isRunning('lead-deadline'), true)
  assert.equal(await isRunning('destroy-people'), false)
})

test('a password is given to the database as RFC 7677 has it', () => {
  // The example of RFC 7677 §3: user "user", password "pencil".
  const verifier = scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'), 4096)
  assert.equal(verifier, 'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=')
})
