import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../../test/eventually.ts'
import { stage } from '../../test/stage.ts'

type Queued = { payload: { tenantId: string; n: number }; runAt: Date; key: string | null }

test('the jobs of an act are there together once it is committed, the last of each key; of an act that failed there is none', async (t) => {
  const house = await stage(t)
  const { dealer } = await house.hire('head_of_sales')
  const queued = async () =>
    (await house.owner.query<Queued>(`select payload, run_at "runAt", key from graphile_worker._private_jobs where payload ->> 'n' is not null order by payload ->> 'n'`)).rows
  const runAt = new Date('2031-02-03T04:05:06.789Z')
  await house.job(dealer, 'lead-deadline', async (ctx) => {
    ctx.emit('lead-deadline', { n: 1 }, { runAt, key: 'tray' })
    ctx.emit('lead-deadline', { n: 2 })
    ctx.emit('lead-deadline', { n: 3, words: 'кавычка " и обратная \\' }, { runAt, key: 'tray' })
    ctx.emit('lead-deadline', { n: 4 })
    assert.deepEqual(await queued(), [], 'not before the act is committed')
  })
  const found = await queued()
  assert.deepEqual(
    found.map(({ payload, key }) => [payload.n, payload.tenantId, key]),
    [2, 3, 4].map((n) => [n, dealer.tenantId, n === 3 ? 'tray' : null]),
  )
  assert.deepEqual([found[1]?.runAt, found[1]?.payload], [runAt, { n: 3, words: 'кавычка " и обратная \\', tenantId: dealer.tenantId }])
  const failing = house.job(dealer, 'lead-deadline', async (ctx) => {
    ctx.emit('lead-deadline', { n: 5 })
    throw new Error('thought better of it')
  })
  await assert.rejects(failing, /better/)
  assert.equal((await queued()).length, 3)
})

test('what is new is done by a further job, also while a worker is just taking the one of the same key', async (t) => {
  const house = await stage(t)
  const { dealer } = await house.hire('head_of_sales')
  const emit = (n: number) => house.job(dealer, 'lead-deadline', async (ctx) => ctx.emit('lead-deadline', { n }, { key: 'tray' }))
  await emit(1)
  const worker = await house.owner.connect()
  try {
    // As the queue does it: taken, and not committed yet.
    await worker.query('begin')
    await worker.query(`update graphile_worker._private_jobs set attempts = attempts + 1, locked_by = 'worker', locked_at = now() where key = 'tray'`)
    const emitted = emit(2)
    const waiting = 'select from pg_locks where not granted and pid in (select pid from pg_stat_activity where datname = current_database())'
    await eventually(async () => (await house.owner.query(waiting)).rowCount === 1, 'whoever waits for the worker')
    await worker.query('commit')
    await emitted
  } finally {
    worker.release(true)
  }
  const { rows } = await house.owner.query<{ n: number; isTaken: boolean }>(
    `select (payload ->> 'n')::int n, locked_at is not null "isTaken" from graphile_worker._private_jobs where payload ->> 'n' is not null order by 1`,
  )
  assert.deepEqual(rows, [
    { n: 1, isTaken: true },
    { n: 2, isTaken: false },
  ])
})
