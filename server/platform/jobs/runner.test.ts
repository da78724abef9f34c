import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { freshDatabase, testPool } from '../../../test/database.ts'
import { eventually } from '../../../test/eventually.ts'
import { openJobRunner } from './runner.ts'

test('a job that fails is tried again, and its error keeps the words of nobody', async (t) => {
  const database = await freshDatabase(t)
  const owner = testPool(database.owner, 1)
  const seen: { jobId: string; attempt: number }[] = []
  const runner = await openJobRunner({
    database: database.worker,
    log: () => {},
    handlers: {
      greet: async (_payload, { jobId, attempt }) => {
        seen.push({ jobId, attempt })
        if (attempt === 1) throw new Error('Иванов Пётр +79990001122')
      },
    },
  })
  try {
    await owner.query(`select jobs_add('greet', '{"id":1}')`)
    await eventually(async () => seen.length === 1)
    const { last_error: said } = await eventually(
      async () => (await owner.query<{ last_error: string }>('select last_error from graphile_worker._private_jobs where last_error is not null')).rows[0],
    )
    assert.doesNotMatch(said, /Иванов|7999/)
    await owner.query('update graphile_worker._private_jobs set run_at = now()')
    await eventually(async () => seen.length === 2)
    assert.deepEqual(
      seen.map(({ attempt }) => attempt),
      [1, 2],
    )
    await eventually(async () => (await owner.query('select 1 from graphile_worker._private_jobs')).rowCount === 0)
  } finally {
    await runner.stop()
    await owner.end()
  }
})

test('what a killed worker had in hand is done by another within ten seconds', async (t) => {
  const database = await freshDatabase(t)
  const owner = testPool(database.owner, 1)
  const child = fork(join(import.meta.dirname, 'stuck-worker-fixture.ts'), [JSON.stringify(database.worker)], { execArgv: ['--disable-warning=ExperimentalWarning'] })
  const done: string[] = []
  try {
    await owner.query(`select jobs_add('hold', '{}')`)
    await once(child, 'message')
    child.kill('SIGKILL')
    const runner = await openJobRunner({ database: database.worker, log: () => {}, handlers: { hold: async (_payload, { jobId }) => void done.push(jobId) } })
    try {
      await eventually(async () => done.length === 1, 'the job of the killed worker')
    } finally {
      await runner.stop()
    }
  } finally {
    child.kill('SIGKILL')
    await owner.end()
  }
})

test('a living runner’s jobs are left to it, however long they take', async (t) => {
  const database = await freshDatabase(t)
  const owner = testPool(database.owner, 1)
  let runs = 0
  let finish = (): void => {}
  const held = new Promise<void>((resolve) => (finish = resolve))
  const slow = await openJobRunner({ database: database.worker, log: () => {}, handlers: { slow: async () => void (runs++, await held) } })
  try {
    await owner.query(`select jobs_add('slow', '{}')`)
    await eventually(async () => runs === 1)
    await owner.query(`update graphile_worker._private_jobs set locked_at = now() - interval '1 hour'`)
    const other = await openJobRunner({ database: database.worker, log: () => {}, handlers: { slow: async () => void runs++ } })
    await new Promise((resolve) => setTimeout(resolve, 4_000))
    await other.stop()
    assert.equal(runs, 1)
  } finally {
    finish()
    await slow.stop()
    await owner.end()
  }
})
