import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { stage } from '../test/stage.ts'
import { workerStage } from '../test/worker-stage.ts'

test('what fails is in the log with its kind and place, and with nobody’s words', async (t) => {
  let said = ''
  const logTo = new Writable({ write: (chunk, _encoding, done) => ((said += String(chunk)), done()) })
  const house = await stage(t, { logLevel: 'info', logTo })
  house.app.http.get('/api/fails', async () => {
    throw Object.assign(new Error('duplicate key: (phone)=(+79161234567)\n    at Шереметьевская (aglaya@mail.example:1:1)'), { detail: 'Key (name)=(Шереметьевская)' })
  })
  const reply = await house.stranger.get<{ error: string }>('/fails')
  assert.deepEqual([reply.status, reply.body.error], [500, 'internal'])
  assert.match(said, /"msg":"failed"/)
  assert.match(said, /app\.test\.ts:\d+:\d+/)
  for (const word of ['79161234567', 'Шереметьевская', 'aglaya']) assert.ok(!said.includes(word) && !JSON.stringify(reply.body).includes(word), word)
})

test('whoever watches sees the queue, the log and each part; a worker that is gone is named and keeps nobody out', async (t) => {
  const house = await stage(t)
  await house.dealer()
  await house.owner.query(`select graphile_worker.add_job('nobody-takes-this', '{}', run_at => now() - interval '90 seconds')`)
  await house.owner.query(`select graphile_worker.add_job('gave-up', '{}')`)
  await house.owner.query(
    `update graphile_worker._private_jobs set attempts = max_attempts where task_id = (select id from graphile_worker._private_tasks where identifier = 'gave-up')`,
  )
  await house.owner.query(
    `insert into log_events (tenant_id, id, at, event, actor_kind, role, door, leaf) select tenant_id, gen_random_uuid(), now() - interval '5 minutes', 'session.opened', 'platform', 'platform', 'test', '\\x00' from tenants limit 1`,
  )
  const ready = await house.app.http.inject({ url: '/readyz' })
  assert.deepEqual([ready.statusCode, ready.json()], [200, { status: 'ready', checks: { database: 'ok', vault: 'ok', worker: 'failed' } }])
  const { body } = await house.app.http.inject({ url: '/metrics' })
  const value = (name: string): number =>
    Number(
      body
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.slice(name.length),
    )
  assert.deepEqual(
    ['infotech_jobs_waiting', 'infotech_jobs_failed', 'infotech_up{part="database"}', 'infotech_up{part="vault"}', 'infotech_up{part="worker"}'].map(value),
    [1, 1, 1, 1, 0],
  )
  assert.ok(value('infotech_jobs_oldest_seconds') >= 90)
  assert.ok(value('infotech_log_unsealed_seconds') >= 300)
})

test('a worker that is there is seen', async (t) => {
  const house = await workerStage(t)
  const ready = await house.app.http.inject({ url: '/readyz' })
  assert.deepEqual(ready.json(), { status: 'ready', checks: { database: 'ok', vault: 'ok', worker: 'ok' } })
})

test('a session or a key that has run wild is told to wait, and nobody else', async (t) => {
  const house = await stage(t, { perMinute: 5 })
  const [anna, vera] = [await house.hire('operator'), await house.hire('operator')]
  const site = await house.machine(anna.dealer)
  const lead = { sourceCode: 'site', externalRef: '1', contact: { fullName: 'Петрова Мария', phones: ['+7 999 111 22 33'] } }
  const ask = async (): Promise<number[]> => [(await anna.get('/me')).status, (await site.post('/intake/leads', lead)).status]
  for (let asked = 0; asked < 5; asked++) assert.deepEqual(await ask(), [200, 200])
  assert.deepEqual(await ask(), [429, 429])
  assert.equal((await anna.get<{ error: string }>('/me')).body.error, 'too_many')
  assert.equal((await vera.get('/me')).status, 200)
  house.clock.forward(60_000)
  assert.deepEqual(await ask(), [200, 200])
})
