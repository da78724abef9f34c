/**
 * npm run log:verify [-- --heads DIR] [--export FILE] [--key FILE] [--tenant ID]
 * Checks the log against the published heads: with the database, or with an export alone. Exit code 0 intact, 1 not what was sealed, 2 could not check.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { databaseSource, exportSource, readPublicKey, rowsOf, verifyLog } from '../server/audit/index.ts'
import type { Verdict, VerifyOptions } from '../server/audit/index.ts'
import { readConfig } from '../server/platform/config/config.ts'
import type { Config } from '../server/platform/config/config.ts'
import { parseDatabaseUrl } from '../server/platform/config/database-url.ts'
import type { WorkerRuntime } from '../server/platform/config/runtime.ts'
import { runFolder } from '../server/platform/config/write-runtime.ts'
import { DATABASE_NAMES, clusterFolders } from '../server/platform/embedded/databases.ts'
import { takeLock } from '../server/platform/embedded/lock.ts'
import { ensureDatabase } from '../server/platform/embedded/own-database.ts'
import { startPostgres } from '../server/platform/embedded/postgres.ts'
import { readSecrets, secretsFolder } from '../server/platform/secrets/secrets.ts'

const { values: args } = parseArgs({ options: { heads: { type: 'string' }, export: { type: 'string' }, key: { type: 'string' }, tenant: { type: 'string' } } })

try {
  const config = settings()
  const headsDir = args.heads ?? config.headsDir
  const publicKey = readPublicKey(args.key ?? path.join(secretsFolder(config.dataDir), 'log.key'))
  const onProgress = (entries: number): void => console.log(`… ${entries.toLocaleString('en')} entries`)
  const options = { headsDir, publicKey, onProgress, ...(args.tenant === undefined ? {} : { tenantId: args.tenant }) }
  console.log(`Checking ${args.export ?? 'the database'} against the heads in ${headsDir}.`)
  tell(args.export === undefined ? await verifyDatabase(config, options) : await verifyLog({ ...options, source: exportSource(args.export) }))
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}

function settings(): Config {
  const config = readConfig(process.env)
  if ('mistakes' in config) throw new Error(config.mistakes.join('\n'))
  return config
}

/** In one snapshot, so that the sealer may go on; the embedded server is started when it is not running. */
async function verifyDatabase(config: Config, options: Omit<VerifyOptions, 'source'>): Promise<Verdict> {
  const { login, isOwner, stop } = await open(config)
  const client = new pg.Client(login)
  try {
    await client.connect()
    await client.query('begin isolation level repeatable read read only')
    // The owner sees every row as it is, and need not be a member of the sealer's role.
    if (!isOwner) await client.query('set local role infotech_sealer')
    await client.query('set local statement_timeout = 0')
    return await verifyLog({ ...options, source: databaseSource(rowsOf(client), options.tenantId) })
  } finally {
    await client.end()
    await stop()
  }
}

/** The database of a system that runs is used as it is; only when nobody holds the data folder is a server of our own started. */
async function open(config: Config): Promise<{ login: pg.ClientConfig; isOwner: boolean; stop: () => Promise<void> }> {
  if (config.databaseUrl) return { login: parseDatabaseUrl(config.databaseUrl), isOwner: true, stop: () => Promise.resolve() }
  const folder = runFolder(config.dataDir)
  const lock = takeLock(path.join(folder, 'launcher.lock'))
  if (!('release' in lock)) {
    const { database } = JSON.parse(readFileSync(path.join(folder, 'worker.json'), 'utf8')) as WorkerRuntime
    return { login: database, isOwner: false, stop: () => Promise.resolve() }
  }
  try {
    const server = await startPostgres({ folder: clusterFolders(config.dataDir).main, log: console.log })
    const login = await ensureDatabase(server.connection, DATABASE_NAMES.main, readSecrets(config.dataDir).ownerPassword)
    return { login, isOwner: true, stop: () => server.stop().finally(() => lock.release()) }
  } catch (error) {
    lock.release()
    throw error
  }
}

function tell({ trees, entries, heads, problems, problemCount }: Verdict): void {
  for (const { tenantId, generation, kind, position, eventId, what } of problems) {
    const place = [
      `tenant ${tenantId}`,
      ...(generation > 1 ? [`tree ${generation}`] : []),
      ...(position === null ? [] : [`position ${position}`]),
      ...(eventId ? [`event ${eventId}`] : []),
    ]
    console.log(`${kind.toUpperCase()}  ${place.join(', ')}: ${what}`)
  }
  if (problemCount > problems.length) console.log(`… and ${problemCount - problems.length} more.`)
  const checked = `${entries.toLocaleString('en')} entries in ${trees} trees under ${heads.toLocaleString('en')} signed heads`
  console.log(problemCount === 0 ? `Intact: ${checked}.` : `NOT what was sealed: ${problemCount} problems; checked ${checked}.`)
  if (problemCount > 0) process.exitCode = 1
}
