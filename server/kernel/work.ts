import type pg from 'pg'
import type { Purpose } from '../../contract/purposes.ts'
import { insertEvents, type LogEvent } from '../audit/index.ts'
import { endLater } from '../platform/db/pool.ts'
import { kyselyOn, statement, type Runs, type Statement } from '../platform/db/session.ts'
import { isUuid, newId } from '../platform/ids.ts'
import type { SealedFiles } from '../platform/files/sealed-files.ts'
import type { Asker, WrappedVault } from '../vault/index.ts'
import { askerOf, visitor, type Actor, type Credential } from './actor.ts'
import type { CookieName, Ctx, LiveChange, TrailEntry } from './ctx.ts'
import { findReply, replyToKeep, type Idempotency } from './idempotency.ts'
import { isPgError, Refusal, TryAgain } from './refusal.ts'
import { Turns } from './turns.ts'

export type WorkRequest = {
  credential: Credential
  /** The endpoint or job, as the log names it. */
  door: string
  purpose: Purpose | undefined
  readOnly: boolean
  idempotency?: Idempotency
  caller: Ctx['caller']
  /** A screen that asks by itself, without anybody there: it does not keep a session alive. */
  isBackground?: boolean
}
export type Query = <Row>(statement: Statement<Row>, values: readonly unknown[]) => Promise<Row[]>
export type Authenticate = (query: Query, credential: Credential, now: Date, isBackground: boolean) => Promise<Actor>
export type Work = <T>(request: WorkRequest, run: (ctx: Ctx) => Promise<T>) => Promise<{ result: T; cookie: CookieOrder }>
export type CookieOrder = { name: CookieName; set: { token: string; expires: Date } | null } | null
export type WorkDeps = { pool: pg.Pool; vault: WrappedVault; files?: SealedFiles; authenticate: Authenticate; now: () => Date }

const addJobs = statement('jobs_add_all', 'select jobs_add_all($1::json)')
const MAX_TRIES = 3
/** Connections that units of work leave free for work in another tenant (`ctx.elsewhere`), which they wait for while they hold their own. */
const KEPT_FREE = 2

/**
 * The unit of work: one transaction, one tenant, one actor. Begin, role, tenant, actor and a kept answer are one round trip; the trail, the
 * kept answer, live events and the commit are one more. A deadlock is tried again; a lost connection is `unavailable`, and the caller's
 * idempotency key makes the retry safe.
 */
export function openWork(deps: WorkDeps): Work {
  const turns = new Turns(Math.max(1, (deps.pool.options.max ?? 10) - KEPT_FREE))
  return async function work(request, run) {
    if (request.credential.kind === 'visitor') return visit(deps, request, run)
    for (let attempt = 1; ; attempt++) {
      try {
        return await turns.take(() => once(deps, request, run))
      } catch (error) {
        if (
          attempt < MAX_TRIES &&
          (error instanceof TryAgain || (isPgError(error) && (error.code === '40001' || error.code === '40P01' || error.constraint === 'idempotency_keys_pkey')))
        )
          continue
        throw error
      }
    }
  }
}

async function once<T>(deps: WorkDeps, request: WorkRequest, run: (ctx: Ctx) => Promise<T>): Promise<{ result: T; cookie: CookieOrder }> {
  const client = await deps.pool.connect()
  let broken = true
  let stored: readonly StoredAt[] = []
  try {
    const query = queryOn(client)
    const { actor, reply } = await begin(deps, client, query, request)
    if (reply !== undefined) {
      await client.query('rollback')
      broken = false
      return { result: reply as T, cookie: null }
    }
    const draft = makeCtx(deps, client, query, request, actor)
    stored = draft.stored
    const result = await run(draft.ctx)
    if (request.readOnly && isQuiet(draft)) endLater(client)
    else await commit(deps, client, query, request, draft, result)
    broken = false
    return { result, cookie: draft.cookie() }
  } catch (error) {
    broken = !(await client.query('rollback').then(
      () => true,
      () => false,
    ))
    // No row names these objects now. Of a connection that broke nobody knows whether it had committed: there they stay.
    if (!broken) await Promise.allSettled(stored.map(async (place) => deps.files?.remove(place)))
    throw error
  } finally {
    client.release(broken)
  }
}

/**
 * A visitor belongs to no tenant and holds no connection: somebody who only knocks must not keep one busy while a password is checked. They read
 * what is readable before anyone is known, each statement for itself, and change things only `elsewhere`.
 */
async function visit<T>(deps: WorkDeps, request: WorkRequest, run: (ctx: Ctx) => Promise<T>): Promise<{ result: T; cookie: CookieOrder }> {
  const runs: Runs = { query: (query) => readAlone(deps.pool, query) }
  const draft = makeCtx(deps, runs, queryOn(runs), request, visitor)
  const result = await run(draft.ctx)
  if (!isQuiet(draft)) throw new Error(`${request.door}: a visitor changes nothing but elsewhere`)
  return { result, cookie: draft.cookie() }
}

async function readAlone(pool: pg.Pool, query: pg.QueryConfig): Promise<pg.QueryResult> {
  const client = await pool.connect()
  const sent = [client.query('begin read only; set local role infotech_app'), client.query(query), client.query('commit')] as const
  const [, answer] = await Promise.allSettled(sent)
  client.release(answer.status === 'rejected')
  if (answer.status === 'rejected') throw answer.reason
  return answer.value
}

const queryOn =
  (client: Runs): Query =>
  async (what, values) =>
    (await client.query({ name: what.name, text: what.text, values: [...values] })).rows

async function begin(deps: WorkDeps, client: pg.PoolClient, query: Query, request: WorkRequest): Promise<{ actor: Actor; reply: unknown }> {
  const tenantId = request.credential.kind === 'visitor' ? null : request.credential.tenantId
  if (tenantId !== null && !isUuid(tenantId)) throw new Refusal('not_signed_in')
  // A literal that was checked to be a uuid: a parameter (set_config) does not reach the workers of a sharded database.
  const tenant = tenantId === null ? '' : `; set local app.tenant = '${tenantId}'`
  const [, actor, reply] = await Promise.all([
    client.query(`begin${request.readOnly ? ' read only' : ''}; set local role infotech_app${tenant}`),
    deps.authenticate(query, request.credential, deps.now(), request.isBackground ?? false),
    request.idempotency && tenantId !== null ? findReply(query, deps.vault, tenantId, request.idempotency) : undefined,
  ])
  return { actor, reply: await reply?.(actor) }
}

/** As the queue takes it. */
type Job = { task: string; payload: Record<string, unknown>; runAt: Date | null; key: string | null }
/** `stored`: objects that this work has put into the file store. */
type Draft = { ctx: Ctx; trail: TrailEntry[]; live: LiveChange[]; jobs: Job[]; stored: StoredAt[]; cookie: () => CookieOrder }
type StoredAt = Parameters<SealedFiles['remove']>[0]

function makeCtx(deps: WorkDeps, client: Runs, query: Query, request: WorkRequest, actor: Actor): Draft {
  const trail: TrailEntry[] = []
  const live: LiveChange[] = []
  const jobs: Job[] = []
  const stored: StoredAt[] = []
  let cookie: CookieOrder = null
  const asker = askerOf(request.credential)
  const moment = deps.now()
  let db: Ctx['db'] | undefined
  const ctx: Ctx = {
    actor,
    door: request.door,
    vault: deps.vault,
    now: () => moment,
    caller: request.caller,
    // Made when first asked for: hot paths run prepared statements only.
    get db(): Ctx['db'] {
      return (db ??= kyselyOn(client, actor.tenantId))
    },
    get tenantId(): string {
      if (actor.tenantId === null) throw new Refusal('not_signed_in')
      return actor.tenantId
    },
    get files(): SealedFiles {
      const { files } = deps
      if (!files) throw new Error('this process was opened without a file store')
      return { ...files, store: (place, ...what) => (stored.push(place), files.store(place, ...what)) }
    },
    get purpose(): Purpose {
      if (request.purpose === undefined) throw new Error(`${request.door} touches people without a purpose`)
      return request.purpose
    },
    get me(): string {
      if (actor.kind !== 'staff' || actor.id === null) throw new Refusal('forbidden')
      return actor.id
    },
    get asker(): Asker {
      if (asker === null) throw new Refusal('not_signed_in')
      return asker
    },
    run: (what, values = []) => query(what, [ctx.tenantId, ...values]),
    newId: () => newId(deps.now().getTime()),
    audit: (event, about = {}) => void trail.push({ event, about }),
    emit: (task, payload, options = {}) => void jobs.push({ task, payload: { ...payload, tenantId: actor.tenantId }, runAt: options.runAt ?? null, key: options.key ?? null }),
    live: (event) => void live.push(event),
    elsewhere: async (tenantId, door, run) =>
      (await insideTenant(deps, { ...request, door, readOnly: false }, { ...(actor.tenantId === tenantId ? actor : visitor), tenantId }, run)).result,
    cookie: {
      set: (token, expires, name = 'session') => void (cookie = { name, set: { token, expires } }),
      clear: (name = 'session') => void (cookie = { name, set: null }),
    },
  }
  return { ctx, trail, live, jobs, stored, cookie: () => cookie }
}

const isQuiet = ({ trail, live, jobs }: Draft): boolean => trail.length + live.length + jobs.length === 0

const notify = statement('live', `select pg_notify('live', $1)`)

async function commit(deps: WorkDeps, client: pg.PoolClient, query: Query, request: WorkRequest, draft: Draft, result: unknown): Promise<void> {
  const { ctx, trail, live, jobs } = draft
  // Before anything is sent: what follows leaves together, and the commit with it.
  const keep = request.idempotency && ctx.actor.id !== null ? await replyToKeep(deps.vault, ctx.tenantId, ctx.actor.id, request.idempotency, result) : null
  const closing: Promise<unknown>[] = []
  if (trail.length > 0)
    closing.push(
      insertEvents(
        (sql, values) => client.query({ name: 'trace', text: sql, values: [...values] }),
        trail.map((entry) => toEvent(ctx, request.purpose ?? null, entry)),
      ),
    )
  if (keep) closing.push(keep(query))
  if (jobs.length > 0) closing.push(query(addJobs, [JSON.stringify(lastOfKey(jobs))]))
  for (const event of live) closing.push(query(notify, [JSON.stringify({ tenantId: ctx.tenantId, ...event })]))
  const committed = client.query('commit')
  await Promise.all([...closing, committed])
  if ((await committed).command !== 'COMMIT') throw new Error('the transaction was rolled back at its commit')
}

/** One call to the queue takes a key once: a later job of the act stands in the place of an earlier one, as it would in the queue. */
const lastOfKey = (jobs: readonly Job[]): Job[] => [...new Map(jobs.map((job) => [job.key ?? job, job])).values()]

const toEvent = (ctx: Ctx, purpose: Purpose | null, { event, about }: TrailEntry): LogEvent => ({
  tenantId: ctx.tenantId,
  // By the clock as it goes on: of two works with one moment the later event has the later id.
  id: ctx.newId(),
  at: ctx.now(),
  event,
  actorKind: about.by ? 'staff' : ctx.actor.kind,
  actorId: about.by?.id ?? ctx.actor.id,
  role: about.by?.role ?? ctx.actor.role,
  door: ctx.door,
  purpose,
  personIds: [...(about.persons ?? [])],
  objectKind: about.object?.kind ?? null,
  objectId: about.object?.id ?? null,
  details: about.details ?? {},
  body: null,
})

/**
 * Work in a transaction of its own that the one it is called from does not undo: a failure that is counted, a session at another company, a handing over
 * by a GET. In one's own tenant one stays who one is; in another one is nobody, and the act writes who it was. It takes no turn, because who waits for it
 * has taken one; and it goes no further elsewhere, or all who do could wait for each other.
 */
async function insideTenant<T>(
  deps: WorkDeps,
  request: WorkRequest,
  actor: Actor & { tenantId: string },
  run: (ctx: Ctx) => Promise<T>,
): Promise<{ result: T; cookie: CookieOrder }> {
  const credential: Credential = { kind: 'job', tenantId: actor.tenantId, task: 'inside', jobId: '0' }
  const { idempotency: _kept, ...plain } = request
  const authenticate: Authenticate = async () => actor
  return once({ ...deps, authenticate }, { ...plain, credential }, (ctx) => run(Object.create(ctx, { elsewhere: { value: goesNoFurther } }) as Ctx))
}

const goesNoFurther: Ctx['elsewhere'] = () => Promise.reject(new Error('work elsewhere does not go elsewhere again'))

/** After a refusal has rolled the act back, the refusal itself is written down in a transaction of its own. */
export async function recordRefusal(deps: WorkDeps, request: WorkRequest, code: string): Promise<void> {
  if (request.credential.kind === 'visitor') return
  const { idempotency: _kept, ...plain } = request
  await once(deps, { ...plain, readOnly: false }, async (ctx) => ctx.audit('act.refused', { details: { code } }))
}
