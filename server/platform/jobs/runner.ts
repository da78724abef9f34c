import { EventEmitter } from 'node:events'
import { Logger, parseCrontab, run, type Runner, type Task, type WorkerEvents } from 'graphile-worker'
import pg from 'pg'
import { wordsOf } from '../words-of.ts'
import { freeTheDead, sayAlive } from './alive.ts'

export type JobAbout = { jobId: string; attempt: number; maxAttempts: number; signal: AbortSignal }
export type JobHandler = (payload: Record<string, unknown>, about: JobAbout) => Promise<void>
export type JobRunnerOptions = {
  /** As infotech_worker. */
  database: pg.PoolConfig
  handlers: Record<string, JobHandler>
  /** Lines of five cron fields (UTC) and a task, see graphile-worker's crontab. */
  schedule?: string
  concurrency?: number
  /** Ids, codes and names of tasks only: a payload is never logged. */
  log: (message: string, about?: Record<string, unknown>) => void
}
export type JobRunner = { id: string; stop: () => Promise<void> }

const DEAD_EVERY_MS = 3_000
const POLL_MS = 1_000

/**
 * Carries out the queue's jobs until stopped. A job that fails is tried again with growing pauses, up to 25 times; what a killed runner
 * left behind is free again within ten seconds. Every job may therefore run twice: handlers are idempotent.
 */
export async function openJobRunner(options: JobRunnerOptions): Promise<JobRunner> {
  const { database, log, concurrency = 4 } = options
  const pool = new pg.Pool({ ...database, max: concurrency + 3 })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const events = new EventEmitter() as WorkerEvents
  const started = new Promise<string>((resolve) => events.once('pool:create', ({ workerPool }) => resolve(workerPool.id)))
  events.on('job:failed', ({ job }) => log('a job has failed for good', { task: job.task_identifier, jobId: job.id }))
  await freeTheDead(pool)
  const runner = await run({
    pgPool: pool,
    events,
    noHandleSignals: true,
    concurrency,
    pollInterval: POLL_MS,
    logger: quiet(log),
    parsedCronItems: options.schedule ? parseCrontab(options.schedule) : [],
    taskList: Object.fromEntries(Object.entries(options.handlers).map(([name, handler]) => [name, toTask(name, handler, log)])),
    preset: { worker: { localQueue: { size: concurrency * 2, ttl: 10_000 } } },
  })
  const id = await started
  const alive = sayAlive(database, id)
  const sweeping = setInterval(() => void sweep(pool, log), DEAD_EVERY_MS)
  return { id, stop: () => stop(runner, alive, sweeping, pool) }
}

async function stop(runner: Runner, alive: { stop: () => Promise<void> }, sweeping: NodeJS.Timeout, pool: pg.Pool): Promise<void> {
  clearInterval(sweeping)
  // Waits for the jobs in hand.
  await runner.stop().catch(() => {})
  await alive.stop()
  await pool.end()
}

async function sweep(pool: pg.Pool, log: JobRunnerOptions['log']): Promise<void> {
  try {
    const dead = await freeTheDead(pool)
    if (dead.length > 0) log('jobs of dead runners are free again', { runners: dead.length })
  } catch {
    // The database is away; the next round looks again.
  }
}

function toTask(name: string, handler: JobHandler, log: JobRunnerOptions['log']): Task {
  return async (payload, { job, abortSignal }) => {
    const startedAt = Date.now()
    try {
      await handler((payload ?? {}) as Record<string, unknown>, {
        jobId: String(job.id),
        attempt: job.attempts,
        maxAttempts: job.max_attempts,
        signal: abortSignal ?? new AbortController().signal,
      })
    } catch (error) {
      log('a job failed and will be tried again', { task: name, jobId: job.id, attempt: job.attempts, error: wordsOf(error) })
      // The queue stores the message: it may quote values of people, so only the kind goes in.
      throw new Error(wordsOf(error), { cause: undefined })
    }
    log('job done', { task: name, jobId: job.id, ms: Date.now() - startedAt })
  }
}

/** The queue speaks of itself much; its errors about connections are worth a line, its job errors are told above. */
const quiet = (log: JobRunnerOptions['log']): Logger =>
  new Logger(() => (level, message) => {
    if (level === 'error' && !message.startsWith('Failed task')) log('the queue complains', { about: message.slice(0, 80).replaceAll(/'[^']*'/g, '…') })
  })
