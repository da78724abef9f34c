import assert from 'node:assert/strict'
import { test } from 'node:test'
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
