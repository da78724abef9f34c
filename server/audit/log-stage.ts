/** What the tests of the log share: a database, a key, a folder for heads, and events to write. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestContext } from 'node:test'
import type pg from 'pg'
import { freshDatabase, testPool } from '../../test/database.ts'
import { newId } from '../platform/ids.ts'
import { databaseSource } from './database-source.ts'
import { insertEvents } from './event.ts'
import type { LogEvent } from './event.ts'
import { logKey } from './log-key.ts'
import { rowsOf } from './tree-store.ts'
import { sealOnce } from './sealer.ts'
import type { Sealed, SealerOptions } from './sealer.ts'
import { verifyLog } from './verify.ts'
import type { Verdict, VerifyOptions } from './verify.ts'

export type LogStage = {
  owner: pg.Pool
  worker: pg.Pool
  web: pg.Pool
  dir: string
  sealer: SealerOptions
  /** Seals all that is committed by now. */
  seal(): Promise<Sealed>
  /** Until nothing that has begun before now is in flight: tests beside this one share the cluster, and so its transaction numbers. */
  settle(): Promise<void>
  verify(options?: Partial<VerifyOptions>): Promise<Verdict>
}

/** @param t at whose end the database and the folder go */
export async function logStage(t: TestContext): Promise<LogStage> {
  const database = await freshDatabase(t)
  const dir = await mkdtemp(join(tmpdir(), 'log-'))
  const [owner, worker, web] = [testPool(database.owner, 10), testPool(database.worker, 10), testPool(database.web, 10)]
  for (const pool of [owner, worker, web]) pool.on('error', () => undefined)
  t.after(async () => {
    await Promise.all([owner.end(), worker.end(), web.end()])
    await rm(dir, { recursive: true, force: true })
  })
  const key = logKey(join(dir, 'log.key'))
  const sealer: SealerOptions = { pool: worker, key, headsDir: join(dir, 'heads') }
  return {
    owner,
    worker,
    web,
    dir,
    sealer,
    seal: async () => {
      await settle(owner)
      return await sealOnce(sealer)
    },
    settle: () => settle(owner),
    verify: (options = {}) => asSealer(worker, (client) => verifyLog({ source: databaseSource(rowsOf(client)), headsDir: sealer.headsDir, publicKey: key.publicKey, ...options })),
  }
}

async function settle(owner: pg.Pool): Promise<void> {
  const [{ next } = { next: '0' }] = (await owner.query<{ next: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as next')).rows
  for (let attempt = 0; attempt < 2000; attempt += 1) {
    const { rows } = await owner.query<{ isSettled: boolean }>('select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as "isSettled"', [next])
    if (rows[0]?.isSettled) return
    await sleep(10)
  }
  throw new Error('a transaction beside this test has been open for 20 s')
}

/** A look or an act, as an event; ids are new. */
export const anEvent = (tenantId: string, given: Partial<LogEvent> = {}): LogEvent => ({
  tenantId,
  id: newId(),
  at: new Date(),
  event: 'person.revealed',
  actorKind: 'staff',
  actorId: newId(),
  role: 'seller',
  door: 'vault reveal',
  purpose: 'sale',
  personIds: [newId(), newId()],
  objectKind: 'lead',
  objectId: newId(),
  details: { classes: ['contact'], count: 2, masked: false },
  body: Buffer.from('sealed bytes'),
  ...given,
})

/** Writes events as an act of this tenant does: as infotech_app, under row security. */
export async function writeEvents(web: pg.Pool, events: readonly LogEvent[], beforeCommit: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  const client = await web.connect()
  try {
    await client.query('begin')
    await client.query('set local role infotech_app')
    await client.query(`select set_config('app.tenant', $1, true)`, [events[0]?.tenantId])
    await insertEvents((sql, values) => client.query(sql, values), events)
    await beforeCommit()
    await client.query('commit')
  } finally {
    client.release()
  }
}

async function asSealer<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query('set local role infotech_sealer')
    return await work(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}
