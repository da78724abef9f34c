/** Keeps the tests' PostgreSQL: starts it, says in a file how to reach it, and removes everything when nobody has been connected for five minutes. */
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

const folder = clusterFolder()
mkdirSync(folder, { recursive: true, mode: 0o711 })
const lock = takeLock(path.join(folder, 'keeper.lock'))
if ('release' in lock) await keep()

async function keep(): Promise<void> {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
  const postgres = await startPostgres({ folder: path.join(folder, 'cluster'), durable: false, log: console.log })
  announce(postgres)
  void postgres.ended.then(() => stopping.abort())
  await idle(postgres, stopping.signal)
  rmSync(clusterFile(), { force: true })
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}

function announce({ connection, pid }: EmbeddedPostgres): void {
  const secret = () => randomBytes(18).toString('base64url')
  const passwords = { infotech_web: secret(), infotech_worker: secret(), infotech_vault_login: secret(), infotech_keys: secret() }
  const cluster: TestCluster = { superuser: connection, ownerPassword: secret(), passwords, pid }
  // Renamed, so that nobody reads half of it.
  writeFileSync(`${clusterFile()}.new`, JSON.stringify(cluster), { mode: 0o600 })
  renameSync(`${clusterFile()}.new`, clusterFile())
}

async function idle({ connection }: EmbeddedPostgres, stopping: AbortSignal): Promise<void> {
  const others = "select count(*)::int as connected from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
  for (let lastUsed = Date.now(); Date.now() - lastUsed < IDLE_MS && !stopping.aborted; await sleep(LOOK_EVERY_MS, undefined, { signal: stopping }).catch(() => {})) {
    const client = new pg.Client(connection)
    client.on('error', () => {})
    try {
      await client.connect()
      const { rows } = await client.query<{ connected: number }>(others)
      if (rows[0]?.connected) lastUsed = Date.now()
    } catch {
      // Too many connections is use as well.
      lastUsed = Date.now()
    } finally {
      await client.end().catch(() => {})
    }
  }
}
