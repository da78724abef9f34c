/**
 * npm run log:verify [-- --heads DIR] [--export FILE | --write-export FILE] [--key FILE] [--tenant ID]
 * --write-export writes the export that --export checks elsewhere: every sealed event, bodies still sealed.
 * Checks the log against the published heads: with the database, or with an export alone. Exit code 0 intact, 1 not what was sealed, 2 could not check.
 */
import { createWriteStream, readFileSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { databaseSource, exportLog, exportSource, readPublicKey, rowsOf, verifyLog } from '../server/audit/index.ts'
import type { ReadRows, Verdict, VerifyOptions } from '../server/audit/index.ts'
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

const { values: args } = parseArgs({
  options: { heads: { type: 'string' }, export: { type: 'string' }, 'write-export': { type: 'string' }, key: { type: 'string' }, tenant: { type: 'string' } },
})

try {
  const config = settings()
  const target = args['write-export']
  if (target === undefined) await check(config)
  else console.log(`${(await writeExport(config, target)).toLocaleString('en')} entries are in ${target}.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}

async function check(config: Config): Promise<void> {
  const headsDir = args.heads ?? config.headsDir
  const publicKey = readPublicKey(args.key ?? path.join(secretsFolder(config.dataDir), 'log.key'))
  const onProgress = (entries: number): void => console.log(`… ${entries.toLocaleString('en')} entries`)
  const options = { headsDir, publicKey, onProgress, ...(args.tenant === undefined ? {} : { tenantId: args.tenant }) }
  console.log(`Checking ${args.export ?? 'the database'} against the heads in ${headsDir}.`)
  tell(args.export === undefined ? await verifyDatabase(config, options) : await verifyLog({ ...options, source: exportSource(args.export) }))
}

/** Readable by its owner alone: it says who looked at whom. */
async function writeExport(config: Config, file: string): Promise<number> {
  let entries = 0
  await inSnapshot(config, async (read) => {
    const tenants = args.tenant === undefined ? await read<{ id: string }>('select distinct tenant_id as id from log_heads order by 1', []) : [{ id: args.tenant }]
    const lines = async function* (): AsyncGenerator<string> {
      for (const { id } of tenants)
        for await (const line of exportLog(read, id)) {
          entries++
          yield line
        }
    }
    await pipeline(lines, createWriteStream(file, { mode: 0o600 }))
  })
  return entries
}

function settings(): Config {
  const config = readConfig(process.env)
  if ('mistakes' in config) throw new Error(config.mistakes.join('\n'))
  return config
}

function verifyDatabase(config: Config, options: Omit<VerifyOptions, 'source'>): Promise<Verdict> {
  return inSnapshot(config, (read) => verifyLog({ ...options, source: databaseSource(read, options.tenantId) }))
}

/** In one snapshot, so that the sealer may go on; the embedded server is started when it is not running. */
async function inSnapshot<T>(config: Config, run: (read: ReadRows) => Promise<T>): Promise<T> {
  const { login, isOwner, stop } = await open(config)
  const client = new pg.Client(login)
  try {
    await client.connect()
    await client.query('begin isolation level repeatable read read only')
    // The owner sees every row as it is, and need not be a member of the sealer's role.
    if (!isOwner) await client.query('set local role infotech_sealer')
    await client.query('set local statement_timeout = 0')
    return await run(rowsOf(client))
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
