/** Writes, seals and verifies a long log in a process of its own, so that its memory is its alone. Told its options by IPC. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { databaseSource, insertEvents, logKey, rowsOf, sealOnce, verifyLog, type LogEvent } from '../server/audit/index.ts'
import { newId } from '../server/platform/ids.ts'
import type { LogOptions, LogPhase, LogResult } from './log.ts'

const BATCH = 1_000

process.once('message', (options: LogOptions) => {
  void runAll(options).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ phases: [], floorMs: 0, problem: String(error) }),
  )
})
process.once('disconnect', () => process.exit(0))

async function runAll({ database, sealer, folder, tenantId, events }: LogOptions): Promise<LogResult> {
  const sealing = new pg.Pool({ ...sealer, max: 2 })
  const pool = new pg.Pool({ ...database, max: 2 })
  // The worker's own, because it has sealed what the parts before have left.
  const headsDir = path.join(folder, 'heads')
  mkdirSync(headsDir, { recursive: true })
  const key = logKey(path.join(folder, 'secrets', 'log.key'))
  const floorMs = await bareInsert(pool, events)
  const write = await measured('write', () => writeEvents(pool, tenantId, events))
  const seal = await measured('seal', async () => {
    const { failures } = await sealOnce({ pool: sealing, key, headsDir })
    if (failures[0]) throw failures[0].error
  })
  const verify = await measured('verify', () => verifyAll(pool, { headsDir, publicKey: key.publicKey, tenantId }, events))
  await Promise.all([pool.end(), sealing.end()])
  return { events, phases: [write, seal, verify], floorMs }
}

/** Time of a phase, and resident memory of this process when a tenth of it was done and at its highest. */
async function measured(name: string, run: () => Promise<void>): Promise<LogPhase> {
  const samples: number[] = []
  const sampling = setInterval(() => samples.push(process.memoryUsage.rss() / 2 ** 20), 200)
  const startedAt = performance.now()
  await run()
  clearInterval(sampling)
  const now = process.memoryUsage.rss() / 2 ** 20
  return { name, tookMs: performance.now() - startedAt, earlyMb: samples[Math.floor(samples.length / 10)] ?? now, highestMb: Math.max(now, ...samples) }
}

/** Rows of the same width into a table with one key and nothing else. Milliseconds. */
async function bareInsert(pool: pg.Pool, events: number): Promise<number> {
  await pool.query('create table bench_bare_events (id uuid primary key, at timestamptz, body text)')
  const body = JSON.stringify({ event: 'person.revealed', door: 'POST /persons/:personId/reveal', purpose: 'request_handling', person: newId(), details: { asked: 1, records: 2 } })
  const startedAt = performance.now()
  for (let written = 0; written < events; written += BATCH) {
    const ids = Array.from({ length: Math.min(BATCH, events - written) }, () => newId())
    await pool.query({ name: 'bench-bare', text: 'insert into bench_bare_events select id, now(), $2 from unnest($1::uuid[]) as given (id)', values: [ids, body] })
  }
  const tookMs = performance.now() - startedAt
  await pool.query('drop table bench_bare_events')
  return tookMs
}

async function writeEvents(pool: pg.Pool, tenantId: string, events: number): Promise<void> {
  const [actorId, personId] = [newId(), newId()]
  const event = (): LogEvent => ({
    tenantId,
    id: newId(),
    at: new Date(),
    event: 'person.revealed',
    actorKind: 'staff',
    actorId,
    role: 'operator',
    door: 'POST /persons/:personId/reveal',
    purpose: 'request_handling',
    personIds: [personId],
    objectKind: null,
    objectId: null,
    details: { asked: 1, records: 2, classes: 'contact,vehicle' },
    body: null,
  })
  for (let written = 0; written < events; written += BATCH) {
    await insertEvents((text, values) => pool.query({ name: 'bench-trace', text, values }), Array.from({ length: Math.min(BATCH, events - written) }, event))
  }
  await pool.query('vacuum analyze log_events')
}

async function verifyAll(pool: pg.Pool, options: { headsDir: string; publicKey: ReturnType<typeof logKey>['publicKey']; tenantId: string }, events: number): Promise<void> {
  const client = await pool.connect()
  await client.query('begin isolation level repeatable read read only')
  const verdict = await verifyLog({ ...options, source: databaseSource(rowsOf(client), options.tenantId) })
  await client.query('commit')
  client.release()
  if (verdict.problemCount > 0 || verdict.entries < events) throw new Error(`the log does not verify: ${verdict.entries} entries, ${JSON.stringify(verdict.problems.slice(0, 3))}`)
}
