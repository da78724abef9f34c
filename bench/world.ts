/** Clusters, databases and credentials of a run: made once per shape of the schema, kept in the temp folder, copied fresh for every run. */
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { readConfig, type Config } from '../server/platform/config/config.ts'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import type { DatabaseConnection } from '../server/platform/config/runtime.ts'
import { vaultSocketOf, writeRuntimes } from '../server/platform/config/write-runtime.ts'
import { prepareDatabases } from '../server/platform/db/prepare.ts'
import { freePort } from '../server/platform/embedded/free-port.ts'
import { ensureDatabase, OWNER_ROLE } from '../server/platform/embedded/own-database.ts'
import { startPostgres } from '../server/platform/embedded/postgres.ts'
import { readSecrets, type Secrets } from '../server/platform/secrets/secrets.ts'
import { openBulkSealer } from '../server/vault/bulk.ts'
import { hashToken, newToken } from '../server/vault/index.ts'
import { fill, type Filled } from './fill.ts'

export type World = {
  folder: string
  filled: Filled
  /** One session per operator, and the key of a machine that brings leads. */
  sessions: string[]
  machineKey: string
  /** Of the head of sales, who may import files, and of the privacy officer. */
  importer: string
  officer: string
  /** Keys of the systems that poll the distributor, in the order of its dealers. */
  pollKeys: string[]
  /** As the owner of each database: the floor's is where no row security holds the owner back. */
  owner: DatabaseConnection
  floor: DatabaseConnection
  /** As the worker, who seals the log. */
  sealer: DatabaseConnection
  /** The key store as its owner, and where the root lies: the bench makes the floor's tokens with them. */
  keys: DatabaseConnection
  rootKey: string
  /** Runtime files of the product's processes, and the port the web listens on. */
  runtimes: { web: string; worker: string; vault: string }
  webPort: number
  vaultSocket: string
  postgresPids: number[]
  close: () => Promise<void>
}
type Say = (sentence: string) => void

const filledBy = ['company.ts', 'consents.ts', 'distributor.ts', 'fill.ts', 'network-people.ts', 'network-rows.ts', 'people.ts', 'rows-as-json.ts', 'world.ts']

/** What a cached folder was made of: another schema, another form of tokens or payloads makes another folder. */
function shape(): string {
  const hash = createHash('sha256')
  for (const folder of ['db/migrations', 'db/keystore', 'server/vault/tokens', 'server/vault/crypto', 'bench']) {
    for (const name of readdirSync(path.join(repositoryFolder, folder)).toSorted()) {
      const isPart = folder === 'bench' ? filledBy.includes(name) : !name.includes('.test.')
      if (isPart) hash.update(name).update(readFileSync(path.join(repositoryFolder, folder, name)))
    }
  }
  return hash.digest('hex').slice(0, 12)
}

/** Opens a dealer of so many people, filling it when this shape of it was never made. Disks are waited for (fsync on), as in production. */
export async function openWorld(people: number, say: Say): Promise<World> {
  const folder = path.join(os.tmpdir(), `infotech-bench-${shape()}-${people}`)
  forgetOthers(folder, people)
  // PostgreSQL may be another user than we are and must be able to walk through.
  mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  const secrets = readSecrets(folder)
  const main = await startPostgres({ folder: path.join(folder, 'postgres') })
  const keys = await startPostgres({ folder: path.join(folder, 'keystore'), settings: { shared_buffers: '24MB', max_connections: '30' } })
  const stop = async (): Promise<void> => void (await Promise.all([main.stop(), keys.stop()]))
  try {
    const config = await configOf(folder)
    const file = path.join(folder, 'filled.json')
    const owned = (server: DatabaseConnection, name: string): Promise<DatabaseConnection> => ensureDatabase(server, name, secrets.ownerPassword)
    if (!existsSync(file)) {
      say(`Filling ${folder} with ${people.toLocaleString('en')} people; once per shape of the schema.`)
      for (const [server, name] of [
        [main, 'pristine'],
        [main, 'pristine_floor'],
        [keys, 'pristine_keys'],
      ] as const)
        await administer(server.connection, `drop database if exists ${name} with (force)`)
      const filled = await fillPristine(
        { product: await owned(main.connection, 'pristine'), floor: await owned(main.connection, 'pristine_floor'), keys: await owned(keys.connection, 'pristine_keys') },
        secrets,
        config.rootKey,
        people,
        say,
      )
      writeFileSync(file, JSON.stringify(filled))
    }
    const filled = JSON.parse(readFileSync(file, 'utf8')) as Filled
    await copies(main.connection, { bench: 'pristine', bench_floor: 'pristine_floor' })
    await copies(keys.connection, { keys: 'pristine_keys' })
    rmSync(config.headsDir, { recursive: true, force: true })
    const [owner, floor, keysOwner] = [await owned(main.connection, 'bench'), await owned(main.connection, 'bench_floor'), await owned(keys.connection, 'keys')]
    const runtimes = writeRuntimes(config, secrets, { main: owner, keys: keysOwner })
    liftLimits(runtimes)
    return {
      folder,
      filled,
      ...(await credentials(owner, filled)),
      owner,
      floor,
      sealer: { ...owner, user: 'infotech_worker', password: secrets.databasePasswords.infotech_worker },
      keys: keysOwner,
      rootKey: config.rootKey,
      runtimes,
      webPort: config.port,
      vaultSocket: vaultSocketOf(folder),
      postgresPids: [main.pid, keys.pid],
      close: async () => {
        await stop()
        if (people > MAX_KEPT) rmSync(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}
/** Folders of an older shape are of no use any more; one whose server runs belongs to another run. */
function forgetOthers(folder: string, people: number): void {
  for (const name of readdirSync(os.tmpdir()).filter((each) => new RegExp(`^infotech-bench-[0-9a-f]{12}-${people}$`).test(each))) {
    const other = path.join(os.tmpdir(), name)
    if (other !== folder && !existsSync(path.join(other, 'postgres/pgdata/postmaster.pid'))) rmSync(other, { recursive: true, force: true })
  }
}

/** More than this is not kept between runs: it would fill the temp folder. */
const MAX_KEPT = 200_000

async function configOf(folder: string): Promise<Config> {
  const [port, smtpPort] = [await freePort(), await freePort()]
  const config = readConfig({ DATA_DIR: folder, PORT: String(port), SMTP_LISTEN_PORT: String(smtpPort), DEMO_LEADS: 'off', LOG_LEVEL: 'warn' })
  if ('mistakes' in config) throw new Error(config.mistakes.join('\n'))
  return config
}

async function administer(server: DatabaseConnection, ...statements: string[]): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** What an earlier run wrote does not slow this one down, and whom it destroyed are there again. */
const copies = (server: DatabaseConnection, templates: Record<string, string>): Promise<void> =>
  administer(
    server,
    ...Object.entries(templates).flatMap(([name, from]) => [
      `drop database if exists ${name} with (force)`,
      `create database ${name} template ${from} owner ${OWNER_ROLE} strategy file_copy`,
    ]),
    'checkpoint',
  )

type Owners = { product: DatabaseConnection; floor: DatabaseConnection; keys: DatabaseConnection }

/** The floor has the same tables, columns, keys and indexes; its owner passes by row security. */
async function fillPristine(owners: Owners, secrets: Secrets, rootKey: string, people: number, say: Say): Promise<Filled> {
  await prepareDatabases({ main: owners.product, keys: owners.keys }, secrets.databasePasswords, true)
  await prepareDatabases({ main: owners.floor, keys: owners.keys }, secrets.databasePasswords, true)
  const [product, floor] = [new pg.Pool({ ...owners.product, max: 2 }), new pg.Pool({ ...owners.floor, max: 2 })]
  const sealer = await openBulkSealer({ keystore: owners.keys, rootKey })
  try {
    return await fill({ product, floor, sealer }, people, say)
  } finally {
    await Promise.allSettled([sealer.close(), product.end(), floor.end()])
  }
}

/** The benchmark looks at more people in a minute than anybody may in an hour, and asks as much of one session as of a whole company. */
function liftLimits({ vault, web }: Pick<World['runtimes'], 'vault' | 'web'>): void {
  const lift = (file: string, more: Record<string, unknown>): void =>
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>), ...more }), { mode: 0o600 })
  lift(vault, { limits: { revealed: 1e9, listed: 1e9, matched: 1e9 } })
  lift(web, { perMinute: 1e9 })
}

async function credentials(
  owner: DatabaseConnection,
  { tenantId, operators, head, officer: officerId, distributor }: Filled,
): Promise<Pick<World, 'sessions' | 'machineKey' | 'importer' | 'officer' | 'pollKeys'>> {
  const sessions = operators.map(() => newToken(tenantId))
  const [machineKey, importer, officer] = [newToken(tenantId), newToken(tenantId), newToken(tenantId)]
  const pollKeys = distributor.polling.map(() => newToken(distributor.tenantId))
  const signedIn = [...sessions.map((token, i) => [token, operators[i]] as const), [importer, head] as const, [officer, officerId] as const]
  const client = new pg.Client(owner)
  await client.connect()
  try {
    for (const [token, employeeId] of signedIn) {
      await client.query(`insert into sessions (tenant_id, id, token_hash, employee_id, device, expires_at) values ($1, $2, $3, $4, 'bench', now() + interval '1 day')`, [
        tenantId,
        randomUUID(),
        hashToken(token),
        employeeId,
      ])
    }
    await client.query(`insert into integration_keys (tenant_id, id, name, token_hash, scopes, created_by) values ($1, $2, 'bench', $3, '{lead.intake}', $4)`, [
      tenantId,
      randomUUID(),
      hashToken(machineKey),
      operators[0],
    ])
    await client.query(
      `update integration_keys k set token_hash = given.hash from unnest($2::uuid[], $3::bytea[]) as given (id, hash) where k.tenant_id = $1 and k.id = given.id`,
      [distributor.tenantId, distributor.polling.map(({ keyId }) => keyId), pollKeys.map((key) => hashToken(key))],
    )
  } finally {
    await client.end()
  }
  return { sessions, machineKey, importer, officer, pollKeys }
}
