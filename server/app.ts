import type { Writable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import packageJson from '../package.json' with { type: 'json' }
import { consentActions } from './consent/index.ts'
import { crmActions } from './crm/index.ts'
import { dnmActions } from './dnm/index.ts'
import { identityActions, LastSeen, openAuthenticate, RateLimit } from './identity/index.ts'
import {
  credentialOf,
  errorBody,
  handOverPersonalData,
  LiveHub,
  openSiteFinder,
  openWork,
  recordRefusal,
  Refusal,
  serve,
  serveOpenApi,
  type Action,
  type Actor,
  type Work,
  type WorkDeps,
} from './kernel/index.ts'
import { mailingActions } from './mailing/index.ts'
import { peopleActions } from './people/index.ts'
import { allPersonalData } from './personal-data.ts'
import type { DatabaseConnection } from './platform/config/runtime.ts'
import { openPool } from './platform/db/pool.ts'
import { openFiles } from './platform/files/sealed-files.ts'
import { openSpool } from './platform/files/spool.ts'
import { createHttp } from './platform/http/app.ts'
import { serveHealth, type HealthWatch } from './platform/http/health.ts'
import { shedLoad } from './platform/http/shedding.ts'
import { serveMetrics } from './platform/metrics/metrics.ts'
import { watchVitals, type Vitals } from './platform/metrics/vitals.ts'
import { wordsOf } from './platform/words-of.ts'
import { privacyActions } from './privacy/index.ts'
import { answerWithPage, isPage, serveSite, siteActions, type SiteDeps } from './site/index.ts'
import { upkeepActions } from './upkeep/index.ts'
import { wrapVault, type VaultClient } from './vault/index.ts'

/** Every act of the product; the guards compare this list with the contract. */
export const allActions: readonly Action[] = [
  ...identityActions,
  ...peopleActions,
  ...consentActions,
  ...crmActions,
  ...mailingActions,
  ...dnmActions,
  ...privacyActions,
  ...siteActions,
  ...upkeepActions,
] as unknown as Action[]

export type AppOptions = {
  database: DatabaseConnection
  vault: VaultClient
  publicUrl: string
  logLevel: string
  /** Where the log goes instead of the standard output. */ logTo?: Writable
  now?: () => Date
  poolSize?: number
  /** Whose X-Forwarded-For is believed: addresses or `loopback`. */ trustProxy?: string | null
  filesUrl?: string
  /** Where uploads wait, sealed and nameless, until they are stored. */ spoolDir: string
  metricsToken?: string | null
  maxInFlight?: number
  heartbeatMs?: number
  /** What one session or integration key may ask in a minute; left out: as much as it likes. */ perMinute?: number
  maxLagMs?: number
}
export type App = { http: FastifyInstance; work: Work; deps: WorkDeps; live: LiveHub; health: HealthWatch; close: () => Promise<void> }

/** Who reads pages is answered by pages, also where no page was found; everybody else by what the contract calls the refusal. */
const answerOf = (site: SiteDeps) => (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
  isPage(request) ? answerWithPage(site, error, request, reply) : answerError(error, request, reply)

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): unknown {
  const { status, body } = errorBody(error, request)
  if (status >= 500 && status !== 503) request.log.error({ error: wordsOf(error) }, 'failed')
  return reply.code(status).send(body)
}

/** Puts the modules together; the only file that sees them all. */
export async function openApp(options: AppOptions): Promise<App> {
  handOverPersonalData(allPersonalData)
  const pool = openPool(options.database, options.poolSize ?? 14)
  const seen = new LastSeen(pool)
  const spool = openSpool(options.spoolDir)
  const deps: WorkDeps = {
    pool,
    vault: wrapVault(options.vault),
    ...(options.filesUrl ? { files: openFiles(options.filesUrl, spool) } : {}),
    authenticate: openAuthenticate(seen, options.perMinute === undefined ? null : new RateLimit(options.perMinute, 60_000)),
    now: options.now ?? (() => new Date()),
  }
  const work = openWork(deps)
  const isSecure = options.publicUrl.startsWith('https:')
  const findSite = openSiteFinder(work)
  const site: SiteDeps = { work, findSite, vault: deps.vault, isSecure, origin: options.publicUrl, now: deps.now }
  const answer = answerOf(site)
  const http = createHttp({
    logLevel: options.logLevel,
    ...(options.logTo ? { logTo: options.logTo } : {}),
    isSecure,
    trustProxy: options.trustProxy ?? false,
    answerError: answer,
  })
  const live = new LiveHub(options.database, deps.now, options.heartbeatMs)
  http.setNotFoundHandler((request, reply) => answer(new Refusal('not_found'), request, reply))
  const health = watch(http, options, deps, live)
  serveOpenApi(
    http,
    allActions.map(({ endpoint }) => endpoint),
    packageJson.version,
  )
  serve(http, { work, spool, findSite, recordRefusal: (request, code) => recordRefusal(deps, request, code), isSecure, origin: options.publicUrl }, allActions)
  serveSite(http, site)
  serveLive(http, work, live)
  await live.start()
  return {
    http,
    work,
    deps,
    live,
    health,
    close: () =>
      closeAll(health, http, live, options.vault, async () => {
        await seen.settled()
        await pool.end()
      }),
  }
}

/** Server-sent events: the session is checked at the door and whenever it would be over; a revoked one is cut by its own event. To listen is not to be there. */
function serveLive(http: FastifyInstance, work: Work, live: LiveHub): void {
  http.get('/api/live', async (request, reply) => {
    const credential = credentialOf(request)
    const whoListens = async (): Promise<Actor> => {
      const asked = {
        credential,
        door: 'GET /live',
        purpose: undefined,
        readOnly: true,
        caller: { device: '', language: 'ru', addressKey: request.ip },
        isBackground: true,
      } as const
      const { result: actor } = await work(asked, async (ctx) => ctx.actor)
      if (actor.kind !== 'staff') throw new Refusal('not_signed_in')
      return actor
    }
    const actor = await whoListens()
    reply.hijack()
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    reply.raw.write('retry: 1000\n\n')
    if (!live.add(actor, reply.raw, whoListens)) reply.raw.end()
  })
}

const MAX_IN_FLIGHT = 400
const MAX_LAG_MS = 400

/** What an operator watches, and what protects the process from more than it can carry. Hooks before routes: only routes declared later have them. */
function watch(http: FastifyInstance, options: AppOptions, { pool, vault }: WorkDeps, live: LiveHub): HealthWatch {
  const load = shedLoad(http, { maxInFlight: options.maxInFlight ?? MAX_IN_FLIGHT, maxLagMs: options.maxLagMs ?? MAX_LAG_MS, refusal: () => new Refusal('unavailable') })
  const vitals = watchVitals(pool)
  const vital = (name: keyof Vitals) => async (): Promise<number> => (await vitals())?.[name] ?? NaN
  // A keyed hash is the cheapest thing that only a vault with open keys can make.
  const vaultAnswers = (): Promise<unknown> => vault.loginToken('readiness')
  const workerLives = async (): Promise<void> => {
    if (!(await vitals())?.workers) throw new Error('no worker is connected')
  }
  const health = serveHealth(http, { database: () => pool.query('select 1'), vault: vaultAnswers }, { worker: workerLives })
  const isUp = (name: string) => async (): Promise<number> => ((await health.ask()).checks[name] === 'ok' ? 1 : 0)
  const up = { name: 'infotech_up', help: 'Whether a part of the installation answers' }
  const connections = { name: 'infotech_database_connections', help: 'Connections of the pool by state' }
  serveMetrics(http, {
    token: options.metricsToken ?? null,
    refusal: () => new Refusal('not_found'),
    readings: [
      { name: 'infotech_http_in_flight', help: 'Requests being answered', read: () => load.inFlight },
      { name: 'infotech_http_shed', help: 'Requests sent away under overload since the start', read: () => load.shed },
      { name: 'infotech_live_screens', help: 'Open streams of live updates', read: () => live.size },
      { ...connections, labels: { state: 'idle' }, read: () => pool.idleCount },
      { ...connections, labels: { state: 'busy' }, read: () => pool.totalCount - pool.idleCount },
      { ...connections, labels: { state: 'waiting' }, read: () => pool.waitingCount },
      ...['database', 'vault', 'worker'].map((part) => ({ ...up, labels: { part }, read: isUp(part) })),
      { name: 'infotech_jobs_waiting', help: 'Jobs that are due and wait', read: vital('jobsWaiting') },
      { name: 'infotech_jobs_oldest_seconds', help: 'How long the job that is due longest has waited', read: vital('oldestJobSeconds') },
      { name: 'infotech_jobs_failed', help: 'Jobs that failed for good', read: vital('jobsFailed') },
      { name: 'infotech_log_unsealed_seconds', help: 'Age of the oldest event that no head covers yet', read: vital('unsealedSeconds') },
    ],
  })
  return health
}

async function closeAll(health: HealthWatch, http: FastifyInstance, live: LiveHub, vault: VaultClient, endPool: () => Promise<void>): Promise<void> {
  health.stopping()
  await live.stop()
  await http.close()
  await endPool()
  vault.close()
}
