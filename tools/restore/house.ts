import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { openApp, type App } from '../../server/app.ts'
import { seedDemo } from '../../server/demo/index.ts'
import { readConfig, type Config } from '../../server/platform/config/config.ts'
import type { DatabaseConnection, VaultRuntime, WebRuntime } from '../../server/platform/config/runtime.ts'
import { writeRuntimes } from '../../server/platform/config/write-runtime.ts'
import { markDemo } from '../../server/platform/db/demo-mark.ts'
import { prepareDatabases } from '../../server/platform/db/prepare.ts'
import { clusterHome } from '../../server/platform/embedded/binaries.ts'
import { clusterFolders, DATABASE_NAMES, openDatabases, type Databases } from '../../server/platform/embedded/databases.ts'
import { OWNER_ROLE } from '../../server/platform/embedded/own-database.ts'
import { readSecrets } from '../../server/platform/secrets/secrets.ts'
import { openBulkSealer } from '../../server/vault/bulk.ts'
import { openVault } from '../../server/vault/index.ts'
import { startVault, type RunningVault } from '../../server/vault/start-vault.ts'

const PEOPLE = 30
/** Which databases are served: the living ones, or copies of before. */
export type Served = { main: string; keys: string }
export const living: Served = DATABASE_NAMES

/** A small installation in a folder of its own: two clusters, a demo network of some dozens, a vault and the web in this process. */
export class House {
  readonly config: Config
  readonly databases: Databases
  readonly #runtimes: { vault: VaultRuntime; web: WebRuntime }
  #running: { vault: RunningVault; app: App } | null = null

  private constructor(config: Config, databases: Databases, runtimes: { vault: VaultRuntime; web: WebRuntime }) {
    this.config = config
    this.databases = databases
    this.#runtimes = runtimes
  }

  static async build(folder: string): Promise<House> {
    const config = readConfig({ DATA_DIR: folder })
    if ('mistakes' in config) throw new Error(config.mistakes.join('\n'))
    const secrets = readSecrets(folder)
    const databases = await openDatabases(config, secrets.ownerPassword, () => {})
    try {
      return await House.#fill(config, secrets, databases)
    } catch (error) {
      // Else the clusters would keep this process alive for ever.
      await databases.stop()
      throw error
    }
  }

  static async #fill(config: Config, secrets: ReturnType<typeof readSecrets>, databases: Databases): Promise<House> {
    await prepareDatabases(databases, secrets.databasePasswords, true)
    const files = writeRuntimes(config, secrets, databases)
    const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T
    const runtimes = { vault: read<VaultRuntime>(files.vault), web: read<WebRuntime>(files.web) }
    const [pool, sealer] = [new pg.Pool({ ...databases.main, max: 4 }), await openBulkSealer(runtimes.vault)]
    await markDemo(databases.main)
    await seedDemo({ pool, sealer, now: new Date(), peoplePerDealer: PEOPLE })
    await Promise.all([pool.end(), sealer.close()])
    return new House(config, databases, runtimes)
  }

  /** @throws Error with the vault's own sentence when it does not start. */
  async open(served: Served, log: (message: string, about?: Record<string, unknown>) => void): Promise<App> {
    const { vault: of, web } = this.#runtimes
    const vault = await startVault({ ...of, database: { ...of.database, database: served.main }, keystore: { ...of.keystore, database: served.keys }, log })
    const client = openVault({ socket: of.vaultSocket, token: web.vaultToken })
    const spoolDir = join(of.dataDir, 'spool')
    const app = await openApp({
      database: { ...web.database, database: served.main },
      vault: client,
      publicUrl: web.publicUrl,
      filesUrl: web.filesUrl,
      spoolDir,
      logLevel: 'error',
    })
    this.#running = { vault, app }
    return app
  }

  async close(): Promise<void> {
    await this.#running?.app.close()
    await this.#running?.vault.close()
    this.#running = null
  }

  /** What a backup is: the databases as they stand, byte for byte, under other names. Nobody may be connected. */
  async copyAs({ main, keys }: Served): Promise<void> {
    for (const [cluster, from, to] of [
      ['main', DATABASE_NAMES.main, main],
      ['keys', DATABASE_NAMES.keys, keys],
    ] as const) {
      const client = new pg.Client(this.#superuser(cluster))
      await client.connect()
      await client.query(`create database ${pg.escapeIdentifier(to)} template ${pg.escapeIdentifier(from)} owner ${OWNER_ROLE}`)
      await client.end()
    }
  }

  /** As PostgreSQL's own administrator would look: past all rights. */
  async count(cluster: 'main' | 'keys', database: string, sql: string, values: unknown[]): Promise<number> {
    const client = new pg.Client({ ...this.#superuser(cluster), database })
    await client.connect()
    try {
      return Number((await client.query<{ count: string }>(`select count(*) as count from ${sql}`, values)).rows[0]?.count)
    } finally {
      await client.end()
    }
  }

  #superuser(cluster: 'main' | 'keys'): DatabaseConnection {
    const folders = clusterFolders(this.config.dataDir)
    const home = clusterHome(cluster === 'main' ? folders.main : folders.keys)
    return { ...this.databases[cluster], database: 'postgres', user: 'postgres', password: readFileSync(join(home, 'superuser.password'), 'utf8') }
  }
}
