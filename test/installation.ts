/**
 * The product as it runs at a customer's: its own PostgreSQL clusters, and vault, worker and web as processes that are started again when they die.
 * For the tests that look at what lies on the disk, and for those that kill.
 */
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Role } from '../contract/permissions.ts'
import { readConfig, type Config } from '../server/platform/config/config.ts'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import type { DatabaseConnection } from '../server/platform/config/runtime.ts'
import { writeRuntimes } from '../server/platform/config/write-runtime.ts'
import { prepareDatabases } from '../server/platform/db/prepare.ts'
import { clusterHome } from '../server/platform/embedded/binaries.ts'
import { spawnOurs } from '../server/platform/embedded/child.ts'
import { clusterFolders, openDatabases, type Databases } from '../server/platform/embedded/databases.ts'
import { freePort } from '../server/platform/embedded/free-port.ts'
import { readSecrets } from '../server/platform/secrets/secrets.ts'
import { openBulkSealer, type BulkSealer } from '../server/vault/bulk.ts'
import { hashToken, newToken } from '../server/vault/index.ts'
import { openDealer, type Dealer } from './dealer.ts'
import type { Ending } from './ends.ts'

export type ProcessName = 'vault' | 'worker' | 'web'
export type Answer = { status: number; body: Record<string, unknown>; text: string }
/** Speaks over a real socket. `status` 0: no answer came. */
export type Speaker = { employeeId: string; ask: (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer> }
export type Installation = {
  /** DATA_DIR: everything the product keeps; `homes` are the clusters' folders, which lie elsewhere when root is hidden from PostgreSQL. */
  folder: string
  homes: { main: string; keys: string }
  /** As the superuser of each cluster. */
  superuser: { main: DatabaseConnection; keys: DatabaseConnection }
  dealer: Dealer
  /** Of the web process. */
  origin: string
  smtpPort: number
  pidOf: (name: ProcessName | 'postgres' | 'keystore') => number
  /** Another company beside the dealer. */
  company: (name: string, kind: 'dealer' | 'distributor') => Promise<Dealer>
  /** A member of staff, a holder of a key; of the dealer where no company is named. */
  hire: (role: Role, company?: Dealer) => Promise<Speaker>
  machine: (company?: Dealer) => Promise<Speaker>
  /** What the processes have said so far, for the message of a failed test. */
  words: () => string
  /** Until web, vault and worker have started, the web says that it is ready and both databases take connections. */
  ready: () => Promise<void>
  /** Ends the processes and then the databases, in order. */
  stop: () => Promise<void>
}

const READY_WAIT_MS = 60_000

/** @param settings of the environment, beside those that a test needs to have a place of its own. */
export async function installation(t: Ending, settings: Record<string, string> = {}): Promise<Installation> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'infotech-installation-'))
  // PostgreSQL may be another user than we are and must be able to walk through.
  if (process.getuid?.() === 0) chmodSync(folder, 0o711)
  const config = await configOf(folder, settings)
  const secrets = readSecrets(folder)
  const databases = await openDatabases(config, secrets.ownerPassword, () => {})
  const closers: (() => unknown)[] = [() => databases.stop()]
  const stop = async (): Promise<void> => {
    for (let close = closers.pop(); close; close = closers.pop()) await close()
  }
  t.after(async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  })
  await prepareDatabases(databases, secrets.databasePasswords, true)
  const sealer = await openBulkSealer({ keystore: databases.keys, rootKey: config.rootKey })
  const owner = new pg.Pool({ ...databases.main, max: 2 })
  owner.on('error', () => {})
  closers.push(
    () => sealer.close(),
    () => owner.end(),
  )
  const dealer = await openDealer(owner, 'Дилер')
  const children = startProcesses(config, writeRuntimes(config, secrets, databases), closers)
  const homes = { main: clusterHome(clusterFolders(folder).main), keys: clusterHome(clusterFolders(folder).keys) }
  const postmaster = (home: string): number => Number(readFileSync(path.join(home, 'pgdata/postmaster.pid'), 'utf8').split('\n')[0])
  const origin = `http://127.0.0.1:${config.port}`
  return {
    folder,
    homes,
    dealer,
    origin,
    superuser: superusers(databases, homes),
    smtpPort: config.smtpListenPort,
    stop,
    pidOf: (name) => (name === 'postgres' ? postmaster(homes.main) : name === 'keystore' ? postmaster(homes.keys) : (children[name].current?.pid ?? 0)),
    company: async (name, kind) => {
      const made = await openDealer(owner, name)
      await owner.query('update tenants set kind = $2 where tenant_id = $1', [made.tenantId, kind])
      return made
    },
    hire: (role, company = dealer) => hire({ owner, sealer, dealer: company, origin }, role),
    machine: (company = dealer) => machine({ owner, dealer: company, origin }),
    words: () => (['vault', 'worker', 'web'] as const).map((name) => readFileSync(path.join(folder, 'logs', `${name}.log`), 'utf8').slice(-2000)).join('\n'),
    ready: () => untilReady(origin, children, Object.values(superusers(databases, homes))),
  }
}

async function configOf(folder: string, settings: Record<string, string>): Promise<Config> {
  const [port, smtpPort] = [await freePort(), await freePort()]
  const config = readConfig({ ...settings, DATA_DIR: folder, PORT: String(port), SMTP_LISTEN_PORT: String(smtpPort) })
  if ('mistakes' in config) throw new Error(config.mistakes.join('\n'))
  return config
}

/** Into both databases past every guard, for whoever may read the clusters' folders. */
export const superusers = ({ main, keys }: Pick<Databases, 'main' | 'keys'>, homes: Installation['homes']): Installation['superuser'] => {
  const of = (connection: DatabaseConnection, home: string): DatabaseConnection => ({
    ...connection,
    user: 'postgres',
    password: readFileSync(path.join(home, 'superuser.password'), 'utf8'),
  })
  return { main: of(main, homes.main), keys: of(keys, homes.keys) }
}

type Kept = { current: ChildProcess | undefined }

/** Each with its words in a file of its own under logs/, started again a moment after it died. */
function startProcesses(config: Config, runtimes: Record<ProcessName, string>, closers: (() => unknown)[]): Record<ProcessName, Kept> {
  mkdirSync(path.join(config.dataDir, 'logs'))
  let isStopping = false
  const keep = (name: ProcessName): Kept => {
    const kept: Kept = { current: undefined }
    const start = (): void => {
      if (isStopping) return
      const log = openSync(path.join(config.dataDir, 'logs', `${name}.log`), 'a', 0o600)
      const file = path.join(repositoryFolder, 'server', `${name}.ts`)
      const child = spawnOurs({ name, file, env: { INFOTECH_RUNTIME: runtimes[name] }, output: log })
      closeSync(log)
      kept.current = child
      child.on('error', () => {})
      child.once('exit', () => {
        kept.current = undefined
        setTimeout(start, 50)
      })
    }
    start()
    return kept
  }
  const children = { vault: keep('vault'), worker: keep('worker'), web: keep('web') }
  closers.push(async () => {
    isStopping = true
    await Promise.all(Object.values(children).map(({ current }) => current && end(current)))
  })
  return children
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const hurry = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(hurry)
}

/** Whether a database takes connections: after a kill it recovers first, and a vault with its keys in memory does not wait for that. */
async function answers(database: DatabaseConnection): Promise<boolean> {
  const client = new pg.Client(database)
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function untilReady(origin: string, children: Record<ProcessName, Kept>, databases: DatabaseConnection[]): Promise<void> {
  for (const deadline = Date.now() + READY_WAIT_MS; ; await sleep(50)) {
    const isUp =
      Object.values(children).every(({ current }) => current) &&
      (await fetch(`${origin}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      )) &&
      (await Promise.all(databases.map(answers))).every(Boolean)
    if (isUp) return
    if (Date.now() > deadline) throw new Error(`the installation is not ready after ${READY_WAIT_MS / 1000} s`)
  }
}

type Hiring = { owner: pg.Pool; dealer: Dealer; origin: string }

async function hire({ owner, sealer, dealer, origin }: Hiring & { sealer: BulkSealer }, role: Role): Promise<Speaker> {
  const { tenantId, outletId } = dealer
  const [employeeId, accountId, personId] = [randomUUID(), randomUUID(), randomUUID()]
  const email = `${role}.${employeeId}@staff.example`
  const [contact] = await sealer.seal(tenantId, [
    { personId, class: 'contact', recordId: personId, version: 1, facts: { surname: 'Сотрудников', given: 'Тест', phones: [], emails: [{ address: email, typed: email }] } },
  ])
  const token = newToken(tenantId)
  await owner.query('insert into accounts (id, login_token) values ($1, $2)', [accountId, await sealer.loginToken(email)])
  await owner.query(`insert into persons (tenant_id, id, kind) values ($1, $2, 'employee')`, [tenantId, personId])
  await owner.query(`insert into facts (tenant_id, person_id, class, record_id, key_id, payload) values ($1, $2, 'contact', $2, $3, $4)`, [
    tenantId,
    personId,
    contact?.keyId,
    contact?.payload,
  ])
  await owner.query(`insert into grounds (tenant_id, id, person_id, activity_id, basis, evidence, since) values ($1, $2, $3, $4, 'contract', '{}', now())`, [
    tenantId,
    randomUUID(),
    personId,
    dealer.activities.employment,
  ])
  await owner.query('insert into employees (tenant_id, id, account_id, person_id, role, position, outlet_id, department_id) values ($1, $2, $3, $4, $5, $5, $6, $7)', [
    tenantId,
    employeeId,
    accountId,
    personId,
    role,
    outletId,
    dealer.departments.call_centre,
  ])
  await owner.query('insert into account_tenants (account_id, tenant_id, employee_id) values ($1, $2, $3)', [accountId, tenantId, employeeId])
  await owner.query(`insert into sessions (tenant_id, id, token_hash, employee_id, device, expires_at) values ($1, $2, $3, $4, 'Chrome, Linux', now() + interval '12 hours')`, [
    tenantId,
    randomUUID(),
    hashToken(token),
    employeeId,
  ])
  return { employeeId, ask: speaker(origin, { cookie: `infotech=${token}` }) }
}

async function machine({ owner, dealer, origin }: Hiring): Promise<Speaker> {
  const [token, id] = [newToken(dealer.tenantId), randomUUID()]
  await owner.query(
    `insert into integration_keys (tenant_id, id, name, token_hash, scopes, created_by) values ($1, $2, 'test', $3, '{lead.intake}', (select id from employees where tenant_id = $1 limit 1))`,
    [dealer.tenantId, id, hashToken(token)],
  )
  return { ...bearer(origin, token), employeeId: id }
}

/** Whoever holds this token of an integration key. */
export const bearer = (origin: string, token: string): Speaker => ({ employeeId: '', ask: speaker(origin, { authorization: `Bearer ${token}` }) })

/**
 * Asks again until an answer comes, as our own pages do: a POST keeps its Idempotency-Key, so it is carried out once however often it is sent.
 * @throws Error after `patienceMs` without an answer.
 */
export function insist({ ask, ...who }: Speaker, patienceMs = 60_000): Speaker {
  return {
    ...who,
    async ask(method, address, body, headers = {}) {
      const key: Record<string, string> = method === 'POST' ? { 'idempotency-key': randomUUID() } : {}
      for (const deadline = Date.now() + patienceMs; ; await sleep(100)) {
        const answer = await ask(method, address, body, { ...key, ...headers })
        if (answer.status !== 0 && answer.status !== 503) return answer
        if (Date.now() > deadline) throw new Error(`${method} ${address}: no answer in ${patienceMs / 1000} s, last was ${answer.status} ${answer.text}`)
      }
    },
  }
}

/** Whoever shows this with each request. Bytes go as they are, with the type that `headers` name; everything else as JSON. */
export function speaker(origin: string, identity: Record<string, string>): Speaker['ask'] {
  return async (method, address, body, headers = {}) => {
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body)
    const type = body === undefined || isRaw ? {} : { 'content-type': 'application/json' }
    try {
      const reply = await fetch(`${origin}/api${address}`, {
        method,
        headers: { 'x-requested-with': 'infotech', ...type, ...identity, ...headers },
        ...(body === undefined ? {} : { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
        signal: AbortSignal.timeout(20_000),
      })
      const text = await reply.text()
      return { status: reply.status, text, body: reply.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as Record<string, unknown>) : {} }
    } catch {
      return { status: 0, text: '', body: {} }
    }
  }
}
