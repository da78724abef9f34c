/** The two databases of an installation: clusters of our own that are kept alive, or servers named by URL. */
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../config/config.ts'
import { parseDatabaseUrl } from '../config/database-url.ts'
import type { DatabaseConnection } from '../config/runtime.ts'
import { examineServer } from '../db/examine-server.ts'
import { clusterHome } from './binaries.ts'
import { ensureDatabase } from './own-database.ts'
import { startPostgres, type EmbeddedPostgres } from './postgres.ts'

export type Databases = {
  /** As the owners. */
  main: DatabaseConnection
  keys: DatabaseConnection
  stop(): Promise<void>
}
type Opened = { owner: DatabaseConnection; stop(): Promise<void> }

export const DATABASE_NAMES = { main: 'infotech', keys: 'infotech_keys' } as const
export const clusterFolders = (dataDir: string): { main: string; keys: string } => ({ main: path.join(dataDir, 'postgres'), keys: path.join(dataDir, 'keystore') })

/** The key store is small: it needs little memory and few connections. */
const KEYS_SETTINGS = { shared_buffers: '24MB', max_connections: '30' }
const RETRY_MS = { first: 500, most: 10_000 }

/** @throws Error with a sentence when one of them does not come up. */
export async function openDatabases(config: Config, ownerPassword: string, log: (sentence: string) => void): Promise<Databases> {
  await examineNamed(config, log)
  const folders = clusterFolders(config.dataDir)
  const main = await open(config.databaseUrl, () => ownCluster('the database', folders.main, DATABASE_NAMES.main, {}, ownerPassword, log))
  try {
    const keys = await open(config.keystoreUrl, () => ownCluster('the key store', folders.keys, DATABASE_NAMES.keys, KEYS_SETTINGS, ownerPassword, log))
    return {
      main: main.owner,
      keys: keys.owner,
      stop: async () => {
        await Promise.all([main.stop(), keys.stop()])
      },
    }
  } catch (error) {
    await main.stop()
    throw error
  }
}

/** @throws Error with a sentence for each thing that is wrong with servers that are not ours. */
async function examineNamed({ env, databaseUrl, keystoreUrl }: Config, log: (sentence: string) => void): Promise<void> {
  const named = Object.entries({ DATABASE_URL: databaseUrl, KEYSTORE_URL: keystoreUrl }).flatMap(([setting, url]) => (url ? [{ setting, url }] : []))
  const findings = await Promise.all(named.map(({ setting, url }) => examineServer(setting, parseDatabaseUrl(url))))
  const mistakes = findings.flatMap((finding) => ('mistake' in finding ? [finding.mistake] : []))
  const systems = findings.flatMap((finding) => ('system' in finding ? [finding.system] : []))
  const isOneServer = systems.length === 2 && systems[0] === systems[1]
  const objection =
    'KEYSTORE_URL is on the same server as DATABASE_URL: whoever administers it, or takes its backup, has the data and the keys that open it. Give the keys a server of their own.'
  if (isOneServer && env === 'production') mistakes.push(objection)
  else if (isOneServer) log(objection)
  if (mistakes.length) throw new Error(mistakes.join('\n'))
}

async function open(url: string | null, own: () => Promise<Opened>): Promise<Opened> {
  return url ? { owner: parseDatabaseUrl(url), stop: async () => {} } : own()
}

async function ownCluster(
  name: string,
  folder: string,
  database: string,
  settings: Record<string, string>,
  ownerPassword: string,
  log: (sentence: string) => void,
): Promise<Opened> {
  if (clusterHome(folder) !== folder) log(`${folder} is hidden from the user PostgreSQL runs as; ${name} lies in ${clusterHome(folder)}.`)
  let isStopping = false
  let current = await startPostgres({ folder, settings, log })
  let restarting: Promise<void> = Promise.resolve()

  function watch(server: EmbeddedPostgres): void {
    void server.ended.then(({ code, signal }) => {
      if (isStopping) return
      log(`PostgreSQL of ${name} has ended (${signal ?? `code ${code}`}); starting it again.`)
      restarting = restart()
    })
  }
  async function restart(): Promise<void> {
    for (let waitMs = RETRY_MS.first; !isStopping; waitMs = Math.min(waitMs * 2, RETRY_MS.most)) {
      try {
        current = await startPostgres({ folder, settings, log })
        log(`PostgreSQL of ${name} is back.`)
        return watch(current)
      } catch (error) {
        log(error instanceof Error ? error.message : String(error))
        await sleep(waitMs)
      }
    }
  }

  watch(current)
  const owner = await ensureDatabase(current.connection, database, ownerPassword)
  return {
    owner,
    stop: async () => {
      isStopping = true
      await restarting
      await current.stop()
    },
  }
}
