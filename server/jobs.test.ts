import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { stage } from '../test/stage.ts'
import { jobHandlers } from './jobs.ts'

test('a night’s jobs are there for every company at once, each by its key, and a night made up for doubles none', async (t) => {
  const house = await stage(t)
  const tenants = [await house.dealer(), await house.dealer(), await house.dealer()].map(({ tenantId }) => tenantId)
  const plain = new pg.Pool({ ...house.database.worker, max: 2 })
  try {
    const night = jobHandlers(house.app.work, plain, {})['nightly']
    await night?.({}, { jobId: '0' } as never)
    type Queued = { task: string; tenantId: string; key: string; transactions: number }
    const queued = async (): Promise<Queued[]> =>
      (
        await house.owner.query<Queued>(
          `select t.identifier task, j.payload ->> 'tenantId' "tenantId", j.key, (select count(distinct created_at)::int from graphile_worker._private_jobs) transactions
            from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id order by j.key`,
        )
      ).rows
    const first = await queued()
    assert.equal(first[0]?.transactions, 1, 'all or none')
    assert.ok(first.every(({ task, tenantId, key }) => key === `${task}:${tenantId}` && tenants.includes(tenantId)))
    const tasks = new Set(first.map(({ task }) => task))
    assert.ok(tasks.has('destroy-due') && tasks.has('sweep-acts'))
    assert.equal(first.length, tasks.size * tenants.length)
    await night?.({}, { jobId: '0' } as never)
    assert.deepEqual(
      (await queued()).map(({ key }) => key),
      first.map(({ key }) => key),
    )
  } finally {
    await plain.end()
  }
})
