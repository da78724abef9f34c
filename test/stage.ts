/**
 * The cast. A test gets databases of its own, a vault on a real socket and the application in process; people are hired by role and speak
 * over HTTP: `const anna = await hire('operator')`, `await anna.post('/leads', …)`.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mkdtempSync, rmSync } from 'node:fs'
import type pg from 'pg'
import { isJobTask, jobTask } from '../contract/jobs.ts'
import type { Role } from '../contract/permissions.ts'
import { openApp, type App, type AppOptions } from '../server/app.ts'
import { openWork, type Ctx } from '../server/kernel/index.ts'
import { hashToken, newToken, openVault, wrapVault } from '../server/vault/index.ts'
import { openBulkSealer, startVault, type BulkSealer } from '../server/vault/start-vault.ts'
import { freshDatabase, testPool, type FreshDatabase } from './database.ts'
import { openDealer, type Dealer } from './dealer.ts'
import type { Ending } from './ends.ts'

export type Reply<T = Record<string, unknown>> = { status: number; body: T; headers: Record<string, unknown> }
export type Person = {
  employeeId: string
  token: string
  dealer: Dealer
  get: <T = Record<string, never>>(path: string, headers?: Record<string, string>) => Promise<Reply<T>>
  post: <T = Record<string, never>>(path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply<T>>
  patch: <T = Record<string, never>>(path: string, body?: unknown) => Promise<Reply<T>>
  del: <T = Record<string, never>>(path: string, body?: unknown) => Promise<Reply<T>>
}
/** Whoever opens a company's site: has shown nothing. */
export type Visitor = Person & { slug: string }
export type Stage = {
  app: App
  database: FreshDatabase
  owner: pg.Pool
  sealer: BulkSealer
  vaultSocket: string
  /** With which a worker proves itself to the vault. */
  workerToken: string
  filesUrl: string
  /** Moves the application's clock; the database's own clock stays. */
  clock: { now: Date; forward: (ms: number) => void; /** What the application is told: never the same moment twice, as nobody acts twice in one millisecond. */ tick: () => Date }
  dealer: (name?: string) => Promise<Dealer>
  /** A member of staff of the given dealer (the first one when left out), signed in. */
  hire: (role: Role, at?: { dealer?: Dealer; outletId?: string | null; departmentKind?: string }) => Promise<Person>
  /** Someone without a session. */
  stranger: Person
  /** An integration key's holder. */
  machine: (dealer: Dealer, scopes?: string[]) => Promise<Person>
  /** Opens the dealer's site when it has none yet; a visitor of it. The word in its address is `slug`. */
  site: (dealer: Dealer) => Promise<Visitor>
  /** These persons on their own page, as if they had proved an address that all of them have. */
  subject: (dealer: Dealer, personIds: readonly string[]) => Promise<Person>
  /** Whoever holds this cookie. */
  withCookie: (dealer: Dealer, cookie: string) => Person
  /** A task of the worker in one unit of work, with a job in the queue that runs meanwhile: the vault asks for it. */
  job: <T>(dealer: Dealer, task: string, run: (ctx: Ctx) => Promise<T>) => Promise<T>
  events: (
    dealer: Dealer,
    event?: string,
  ) => Promise<{ event: string; actorId: string | null; personIds: string[]; objectId: string | null; purpose: string | null; details: Record<string, unknown> }[]>
}

export async function stage(t: Ending, more: Partial<AppOptions> = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'infotech-stage-'))
  const closers: (() => Promise<unknown>)[] = []
  const database = await freshDatabase({ after: () => {} })
  const owner = testPool(database.owner, 3)
  const tokens = { web: randomBytes(32).toString('base64url'), worker: randomBytes(32).toString('base64url') }
  const options = {
    database: database.vault,
    keystore: database.keys,
    rootKey: join(folder, 'root.key'),
    vaultSocket: join(folder, 'vault.sock'),
    vaultTokens: tokens,
    dataDir: folder,
    headsDir: join(folder, 'heads'),
  }
  const clock = { now: new Date(), forward: (ms: number) => void (clock.now = new Date(clock.now.getTime() + ms)), tick: () => (clock.forward(1), clock.now) }
  const vaultServer = await startVault(options)
  const sealer = await openBulkSealer(options)
  const vault = openVault({ socket: options.vaultSocket, token: tokens.web })
  const app = await openApp({
    database: database.web,
    vault,
    publicUrl: 'http://localhost',
    logLevel: 'silent',
    now: clock.tick,
    poolSize: 6,
    filesUrl: join(folder, 'files'),
    spoolDir: join(folder, 'spool'),
    ...more,
  })
  const workerVault = openVault({ socket: options.vaultSocket, token: tokens.worker })
  closers.push(
    async () => workerVault.close(),
    () => app.close(),
    () => sealer.close(),
    () => vaultServer.close(),
    () => owner.end(),
    () => database.drop(),
  )
  t.after(async () => {
    for (const close of closers) await close()
    rmSync(folder, { recursive: true, force: true })
  })
  const ticking = setInterval(() => clock.forward(10), 10)
  ticking.unref()
  t.after(() => clearInterval(ticking))
  const dealers: Dealer[] = []
  const dealer = async (name = `Дилер ${dealers.length + 1}`): Promise<Dealer> => {
    const made = await openDealer(owner, name)
    dealers.push(made)
    return made
  }
  const first = async (): Promise<Dealer> => dealers[0] ?? dealer()
  return {
    app,
    database,
    owner,
    sealer,
    vaultSocket: options.vaultSocket,
    workerToken: tokens.worker,
    filesUrl: join(folder, 'files'),
    clock,
    dealer,
    hire: async (role, at = {}) => hire({ app, owner, sealer, clock }, role, at.dealer ?? (await first()), at),
    stranger: speaker(app, { employeeId: '', token: '', dealer: null as never }, {}),
    machine: async (of, scopes = ['lead.intake']) => machine({ app, owner }, of, scopes),
    site: (of) => openSite({ app, owner }, of),
    withCookie: (of, cookie) => speaker(app, { employeeId: '', token: '', dealer: of }, { cookie }),
    subject: (of, personIds) => subject({ app, owner, clock }, of, personIds),
    job: (of, task, run) => runJob({ owner, work: openWork({ ...app.deps, vault: wrapVault(workerVault) }) }, of, task, run),
    events: (of, event) => eventsOf(owner, of, event),
  }
}

type Kit = { app: App; owner: pg.Pool; sealer: BulkSealer; clock: { now: Date } }

async function hire({ app, owner, sealer, clock }: Kit, role: Role, dealer: Dealer, at: { outletId?: string | null; departmentKind?: string }): Promise<Person> {
  const [employeeId, accountId, personId] = [randomUUID(), randomUUID(), randomUUID()]
  const email = `${role}.${employeeId.slice(0, 8)}@staff.example`
  const [contact] = await sealer.seal(dealer.tenantId, [
    { personId, class: 'contact', recordId: personId, version: 1, facts: { surname: 'Сотрудников', given: 'Тест', phones: [], emails: [{ address: email, typed: email }] } },
  ])
  const token = newToken(dealer.tenantId)
  const departmentId = dealer.departments[at.departmentKind ?? (role === 'seller' ? 'sales' : 'call_centre')] ?? null
  await owner.query(`insert into accounts (id, login_token) values ($1, $2)`, [accountId, await sealer.loginToken(email)])
  await owner.query(`insert into persons (tenant_id, id, kind) values ($1, $2, 'employee')`, [dealer.tenantId, personId])
  await owner.query(`insert into facts (tenant_id, person_id, class, record_id, version, key_id, payload) values ($1, $2, 'contact', $2, 1, $3, $4)`, [
    dealer.tenantId,
    personId,
    contact!.keyId,
    contact!.payload,
  ])
  await owner.query(`insert into grounds (tenant_id, id, person_id, activity_id, basis, evidence, since) values ($1, $2, $3, $4, 'contract', '{}', now())`, [
    dealer.tenantId,
    randomUUID(),
    personId,
    dealer.activities.employment,
  ])
  await owner.query(`insert into employees (tenant_id, id, account_id, person_id, role, position, outlet_id, department_id) values ($1, $2, $3, $4, $5, $5, $6, $7)`, [
    dealer.tenantId,
    employeeId,
    accountId,
    personId,
    role,
    at.outletId === undefined ? dealer.outletId : at.outletId,
    departmentId,
  ])
  await owner.query(`insert into account_tenants (account_id, tenant_id, employee_id) values ($1, $2, $3)`, [accountId, dealer.tenantId, employeeId])
  await owner.query(
    `insert into sessions (tenant_id, id, token_hash, employee_id, device, expires_at, last_seen_at, reauthenticated_at) values ($1, $2, $3, $4, 'Chrome, Linux', $5, $6, $6)`,
    [dealer.tenantId, randomUUID(), hashToken(token), employeeId, new Date(clock.now.getTime() + 12 * 3_600_000), clock.now],
  )
  return speaker(app, { employeeId, token, dealer }, { cookie: `infotech=${token}` })
}

async function machine({ app, owner }: Pick<Kit, 'app' | 'owner'>, dealer: Dealer, scopes: string[]): Promise<Person> {
  const token = newToken(dealer.tenantId)
  const id = randomUUID()
  await owner.query(
    `insert into integration_keys (tenant_id, id, name, token_hash, scopes, created_by) values ($1, $2, 'test', $3, $4, (select id from employees where tenant_id = $1 limit 1))`,
    [dealer.tenantId, id, hashToken(token), scopes],
  )
  return speaker(app, { employeeId: id, token, dealer }, { authorization: `Bearer ${token}` })
}

async function openSite({ app, owner }: Pick<Kit, 'app' | 'owner'>, dealer: Dealer): Promise<Visitor> {
  const word = `s-${randomBytes(6).toString('hex')}`
  await owner.query(`insert into sites (tenant_id, name) values ($1, $2) on conflict do nothing`, [dealer.tenantId, dealer.name])
  await owner.query(`insert into site_slugs (slug, tenant_id) values ($1, $2) on conflict do nothing`, [word, dealer.tenantId])
  const { rows } = await owner.query<{ slug: string }>(`select slug from site_slugs where tenant_id = $1`, [dealer.tenantId])
  return { ...speaker(app, { employeeId: '', token: '', dealer }, {}), slug: rows[0]!.slug }
}

async function subject({ app, owner, clock }: Omit<Kit, 'sealer'>, dealer: Dealer, personIds: readonly string[]): Promise<Person> {
  const [token, id] = [newToken(dealer.tenantId), randomUUID()]
  await owner.query(`insert into portal_sessions (tenant_id, id, token_hash, how, created_at, last_seen_at, expires_at, is_proved) values ($1, $2, $3, 'code', $4, $4, $5, true)`, [
    dealer.tenantId,
    id,
    hashToken(token),
    clock.now,
    new Date(clock.now.getTime() + 2 * 3_600_000),
  ])
  await owner.query(`insert into portal_session_persons (tenant_id, session_id, person_id) select $1, $2, unnest($3::uuid[])`, [dealer.tenantId, id, personIds])
  return speaker(app, { employeeId: id, token, dealer }, { cookie: `infotech_own=${token}` })
}

async function runJob<T>({ owner, work }: { owner: pg.Pool; work: App['work'] }, of: Dealer, task: string, run: (ctx: Ctx) => Promise<T>): Promise<T> {
  const { rows } = await owner.query(`select id from graphile_worker.add_job(identifier => $1, payload => '{}'::json)`, [task])
  const jobId = String(rows[0].id)
  await owner.query(`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'stage' where id = $1`, [jobId])
  try {
    const credential = { kind: 'job', tenantId: of.tenantId, task, jobId } as const
    return (
      await work(
        { credential, door: `job ${task}`, purpose: isJobTask(task) ? jobTask(task).purpose : undefined, readOnly: false, caller: { device: '', language: 'ru', addressKey: '' } },
        run,
      )
    ).result
  } finally {
    await owner.query('delete from graphile_worker._private_jobs where id = $1', [jobId])
  }
}

function speaker(app: App, who: Pick<Person, 'employeeId' | 'token' | 'dealer'>, identity: Record<string, string>): Person {
  const speak = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply<never>> => {
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body)
    const reply = await app.http.inject({
      method,
      url: `/api${path}`,
      headers: { ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }), 'x-requested-with': 'infotech', ...identity, ...headers },
      ...(body === undefined ? {} : { payload: isRaw ? (body as string) : JSON.stringify(body) }),
    })
    const parsed = reply.headers['content-type']?.toString().includes('json') ? (reply.json() as never) : (reply.body as never)
    return { status: reply.statusCode, body: parsed, headers: reply.headers }
  }
  return {
    ...who,
    get: (path, headers) => speak('GET', path, undefined, headers),
    post: (path, body = {}, headers) => speak('POST', path, body, headers),
    patch: (path, body = {}) => speak('PATCH', path, body),
    del: (path, body) => speak('DELETE', path, body),
  }
}

async function eventsOf(owner: pg.Pool, dealer: Dealer, event?: string): ReturnType<Stage['events']> {
  const { rows } = await owner.query(
    `select event, actor_id "actorId", person_ids "personIds", object_id "objectId", purpose, details from log_events where tenant_id = $1 and ($2::text is null or event = $2) order by at, id`,
    [dealer.tenantId, event ?? null],
  )
  return rows
}
