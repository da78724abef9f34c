/** A database of one's own for a test: a copy of a template that has every migration, gone when the test is over. */
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import pg from 'pg'
import type { DatabaseConnection } from '../server/platform/config/runtime.ts'
import { readMigrations } from '../server/platform/db/migration-files.ts'
import { afterMigrateFile, migrationFolders, prepareDatabases } from '../server/platform/db/prepare.ts'
import { ensureDatabase, OWNER_ROLE } from '../server/platform/embedded/own-database.ts'
import { sharedCluster, type TestCluster } from './cluster/shared-cluster.ts'
import type { Ending } from './ends.ts'

export type FreshDatabase = {
  /** Owner of the main database: passes by row security. */
  owner: DatabaseConnection
  web: DatabaseConnection
  vault: DatabaseConnection
  worker: DatabaseConnection
  /** The key store, as the vault's role there. */
  keys: DatabaseConnection
  /** Owner of the key store. */
  keysOwner: DatabaseConnection
  /** Called by itself after the test. */
  drop(): Promise<void>
}

const TEMPLATE_LOCK = 7264010
/** object_in_use: after PostgreSQL has waited five seconds for the others to go. */
const IN_USE = '55006'
/** How often it waits for connections that are being closed before it cuts them, and how often for those that it has cut: a busy machine closes slowly. */
const PATIENCE = { closing: 3, cut: 5 }

/**
 * Two new databases, main and key store, in the shared cluster: about 100 ms.
 * @param t the test at whose end they are dropped; connections that are still open are cut.
 */
export async function freshDatabase(t: Ending): Promise<FreshDatabase> {
  const cluster = await sharedCluster()
  const templates = await ensureTemplates(cluster)
  const name = `test_${randomBytes(8).toString('hex')}`
  const names = { main: name, keys: `${name}_keys` }
  await asSuperuser(cluster, async (client) => {
    for (const each of ['main', 'keys'] as const) {
      await client.query(`create database ${names[each]} template ${templates[each]} owner ${OWNER_ROLE} strategy file_copy`)
    }
  })
  const drop = () => dropDatabases(cluster, Object.values(names))
  // Not awaited: hooks run in the order they were made, and the test's own pools close after this one. PostgreSQL waits some seconds for them.
  t.after(() => void drop().catch(() => {}))
  const login = (database: string, user: keyof TestCluster['passwords']) => ({ ...cluster.superuser, database, user, password: cluster.passwords[user] })
  const asOwner = (database: string) => ({ ...cluster.superuser, database, user: OWNER_ROLE, password: cluster.ownerPassword })
  return {
    owner: asOwner(names.main),
    web: login(names.main, 'infotech_web'),
    vault: login(names.main, 'infotech_vault_login'),
    worker: login(names.main, 'infotech_worker'),
    keys: login(names.keys, 'infotech_keys'),
    keysOwner: asOwner(names.keys),
    drop,
  }
}

async function asSuperuser<T>(cluster: TestCluster, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(cluster.superuser)
  client.on('error', () => {})
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end()
  }
}

/** A pool of a test. A connection that breaks when the test is over, or is cut with its database, fails no test: whoever still asks hears of it. */
export function testPool(connection: DatabaseConnection, max: number): pg.Pool {
  const pool = new pg.Pool({ ...connection, max })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

async function dropDatabases(cluster: TestCluster, names: string[]): Promise<void> {
  await asSuperuser(cluster, async (client) => {
    for (const name of names) {
      // Cutting a connection that is just being closed would fail the test it belongs to: only one that stays is cut.
      const statements = [...Array<string>(PATIENCE.closing).fill(''), ...Array<string>(PATIENCE.cut).fill('with (force)')]
      for (const [at, force] of statements.entries()) {
        const error = await client.query(`drop database if exists ${name} ${force}`).then(
          () => null,
          (failure: Error & { code?: string }) => failure,
        )
        if (!error) break
        if (error.code !== IN_USE || at === statements.length - 1) throw error
      }
    }
  })
}

/** Everything that makes a template what it is: a changed migration makes another one. */
function templateNames(): { main: string; keys: string } {
  const hash = createHash('sha256').update(readFileSync(afterMigrateFile))
  for (const folder of Object.values(migrationFolders)) for (const file of readMigrations(folder)) hash.update(file.hash)
  const id = hash.digest('hex').slice(0, 16)
  return { main: `template_${id}_main`, keys: `template_${id}_keys` }
}

async function ensureTemplates(cluster: TestCluster): Promise<{ main: string; keys: string }> {
  const names = templateNames()
  await asSuperuser(cluster, async (client) => {
    if (await exists(client, names.keys)) return
    // One builder; the others wait here and then find it done. The lock dies with the connection.
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
    if (!(await exists(client, names.keys))) await buildTemplates(client, cluster, names)
  })
  return names
}

async function exists(client: pg.Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
  return rowCount === 1
}

/** Built under other names and renamed, the key store last: a template is there whole or not at all. */
async function buildTemplates(client: pg.Client, cluster: TestCluster, names: { main: string; keys: string }): Promise<void> {
  const building = { main: `${names.main}_building`, keys: `${names.keys}_building` }
  for (const name of [...Object.values(building), ...Object.values(names)]) await client.query(`drop database if exists ${name} with (force)`)
  const main = await ensureDatabase(cluster.superuser, building.main, cluster.ownerPassword)
  const keys = await ensureDatabase(cluster.superuser, building.keys, cluster.ownerPassword)
  await prepareDatabases({ main, keys }, cluster.passwords, true)
  await client.query(`alter database ${building.main} rename to ${names.main}`)
  await client.query(`alter database ${building.keys} rename to ${names.keys}`)
}
