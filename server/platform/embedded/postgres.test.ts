import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import pg from 'pg'
import type { DatabaseConnection } from '../config/runtime.ts'
import { isAlive, isZombie, until } from './orphan.ts'
import { startPostgres, type EmbeddedPostgres } from './postgres.ts'

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'infotech-pg-'))
  // Where root runs the tests PostgreSQL is another user, who must be able to walk in.
  chmodSync(folder, 0o711)
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return path.join(folder, 'cluster')
}

async function ask<Row extends pg.QueryResultRow>(connection: DatabaseConnection, sql: string): Promise<Row[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

async function started(t: TestContext, folder: string): Promise<EmbeddedPostgres> {
  const server = await startPostgres({ folder })
  t.after(() => server.stop())
  return server
}

test('whoever starts the database finds Russian words in the order of a Russian dictionary, and after a stop everything is still there', async (t) => {
  const folder = newFolder(t)
  const first = await started(t, folder)
  await ask(first.connection, "create table words (word text); insert into words values ('Жук'), ('яков'), ('ёж'), ('Ель'), ('apple'), ('ель')")
  await first.stop()
  assert.deepEqual(await first.ended, { code: 0, signal: null })
  const second = await started(t, folder)
  assert.deepEqual(second.connection, first.connection)
  const rows = await ask<{ word: string }>(second.connection, 'select word from words order by word')
  assert.deepEqual(
    rows.map(({ word }) => word),
    ['ёж', 'ель', 'Ель', 'Жук', 'яков', 'apple'],
  )
})

test('a database killed with -9 in the middle of work comes back with every row it had acknowledged', async (t) => {
  const folder = newFolder(t)
  const killed = await started(t, folder)
  const client = new pg.Client(killed.connection)
  client.on('error', () => {})
  await client.connect()
  await client.query('create table acknowledged (number int)')
  let acknowledged = 0
  const writing = (async () => {
    for (let number = 1; ; number++) {
      await client.query('insert into acknowledged values ($1)', [number])
      acknowledged = number
      if (number === 20) process.kill(killed.pid, 'SIGKILL')
    }
  })().catch(() => {})
  assert.deepEqual(await killed.ended, { code: null, signal: 'SIGKILL' })
  const back = await started(t, folder)
  await client.end().catch(() => {})
  await writing
  assert.ok(acknowledged >= 20)
  const [row] = await ask<{ rows: number }>(back.connection, 'select count(*)::int as rows from acknowledged')
  // The very last one may have been written without its acknowledgement reaching us.
  assert.ok(row && row.rows >= acknowledged && row.rows <= acknowledged + 1, `${row?.rows} rows of ${acknowledged} acknowledged`)
})

test('a database whose launcher was killed with -9 is stopped by the next start, not fought with', async (t) => {
  const folder = newFolder(t)
  const program = `import { startPostgres } from ${JSON.stringify(path.join(import.meta.dirname, 'postgres.ts'))}
    const { pid } = await startPostgres({ folder: ${JSON.stringify(folder)} })
    console.log(pid)`
  const launcher = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const orphan = await new Promise<number>((resolve) => launcher.stdout.once('data', (text: Buffer) => resolve(Number(text.toString()))))
  launcher.kill('SIGKILL')
  assert.ok(await until(() => launcher.signalCode === 'SIGKILL', 5000))
  assert.ok(isAlive(orphan))
  const said: string[] = []
  const server = await startPostgres({ folder, log: (sentence) => said.push(sentence) })
  t.after(() => server.stop())
  assert.ok(said.includes(`Stopping PostgreSQL ${orphan}, left by an earlier run.`), said.join(' '))
  assert.ok(!isAlive(orphan) || isZombie(orphan))
  assert.deepEqual(await ask(server.connection, 'select 1 as one'), [{ one: 1 }])
})

test('a cluster whose making was cut off is made anew', async (t) => {
  const folder = newFolder(t)
  const first = await started(t, folder)
  await first.stop()
  rmSync(path.join(folder, 'pgdata/PG_VERSION'))
  renameSync(path.join(folder, 'pgdata'), path.join(folder, 'pgdata.init'))
  const server = await started(t, folder)
  assert.deepEqual(await ask(server.connection, 'select 1 as one'), [{ one: 1 }])
  assert.ok(!existsSync(path.join(folder, 'pgdata.init')))
})

test('nobody on the network reaches the database, and nobody without the password', async (t) => {
  const { connection } = await started(t, newFolder(t))
  const [row] = await ask<{ listen: string }>(connection, "select current_setting('listen_addresses') as listen")
  assert.equal(row?.listen, '')
  await assert.rejects(ask({ ...connection, password: 'another' }, 'select 1'), { code: '28P01' })
})

test('when the database cannot start, the reason is told with the end of its own log', async (t) => {
  const folder = newFolder(t)
  const server = await started(t, folder)
  await server.stop()
  await assert.rejects(startPostgres({ folder, settings: { shared_buffers: 'plenty' } }), /PostgreSQL did not start[^]*invalid value for parameter "shared_buffers"/)
  assert.match(readFileSync(path.join(folder, 'postgres.log'), 'utf8'), /plenty/)
})
