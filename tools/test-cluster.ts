/** Keeps the tests' PostgreSQL: starts it, says in a file how to reach it, and removes everything when nobody has been connected for five minutes, and nobody is on their way in. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { takeLock } from '../server/platform/embedded/lock.ts'
import { startPostgres, type EmbeddedPostgres } from '../server/platform/embedded/postgres.ts'
import { clusterFile, clusterFolder, type TestCluster } from '../test/cluster/shared-cluster.ts'

const IDLE_MS = 5 * 60_000
const LOOK_EVERY_MS = 5000
/** Whoever has read the file is connected by then, also on a busy machine. */
const LAST_LOOKS = { count: 10, everyMs: 500 }

const folder = clusterFolder()
mkdirSync(folder, { recursive: true, mode: 0o711 })
const lock = takeLock(path.join(folder, 'keeper.lock'))
if ('release' in lock) await keep()

async function keep(): Promise<void> {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
  const postgres = await startPostgres({ folder: path.join(folder, 'cluster'), durable: false, log: console.log })
  const cluster = describe(postgres)
  void postgres.ended.then(() => stopping.abort())
  do {
    announce(cluster)
    await idle(postgres, stopping.signal)
    // From here on nobody finds us; a test that has read the file already would be cut off in its middle.
    rmSync(clusterFile(), { force: true })
  } while (await somebodyComes(postgres, stopping.signal))
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}

function describe({ connection, pid }: EmbeddedPostgres): TestCluster {
  const secret = () => randomBytes(18).toString('base64url')
  const passwords = { infotech_web: secret(), infotech_worker: secret(), infotech_vault_login: secret(), infotech_keys: secret() }
  return { superuser: connection, ownerPassword: secret(), passwords, pid }
}

function announce(cluster: TestCluster): void {
  // Renamed, so that nobody reads half of it.
  writeFileSync(`${clusterFile()}.new`, JSON.stringify(cluster), { mode: 0o600 })
  renameSync(`${clusterFile()}.new`, clusterFile())
}

async function idle(postgres: EmbeddedPostgres, stopping: AbortSignal): Promise<void> {
  for (let lastUsed = Date.now(); Date.now() - lastUsed < IDLE_MS && !stopping.aborted; await sleep(LOOK_EVERY_MS, undefined, { signal: stopping }).catch(() => {}))
    if (await isUsed(postgres)) lastUsed = Date.now()
}

async function somebodyComes(postgres: EmbeddedPostgres, stopping: AbortSignal): Promise<boolean> {
  for (let look = 0; look < LAST_LOOKS.count && !stopping.aborted; look++) {
    await sleep(LAST_LOOKS.everyMs, undefined, { signal: stopping }).catch(() => {})
    if (!stopping.aborted && (await isUsed(postgres))) return true
  }
  return false
}

async function isUsed({ connection }: EmbeddedPostgres): Promise<boolean> {
  const others = "select count(*)::int as connected from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
  const client = new pg.Client(connection)
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ connected: number }>(others)
    return (rows[0]?.connected ?? 0) > 0
  } catch {
    // Too many connections is use as well.
    return true
  } finally {
    await client.end().catch(() => {})
  }
}
