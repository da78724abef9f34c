import assert from 'node:assert/strict'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import test from 'node:test'
import { newId } from '../platform/ids.ts'
import { countLeaves, listGenerations, listSizes, readLatest } from './heads-folder.ts'
import { anEvent, logStage, writeEvents } from './log-stage.ts'
import type { LogStage } from './log-stage.ts'
import { openHead } from './note.ts'
import { runSealer, sealOnce } from './sealer.ts'

const count = async ({ owner }: LogStage, sql: string): Promise<number> => Number((await owner.query<{ n: string }>(`select count(*) as n from ${sql}`)).rows[0]?.n)

test('what the staff of two dealers did is sealed in two trees and published', async (t) => {
  const stage = await logStage(t)
  const [alpha, beta] = [newId(), newId()]
  await writeEvents(
    stage.web,
    Array.from({ length: 300 }, () => anEvent(alpha)),
  )
  await writeEvents(stage.web, [anEvent(beta)])
  assert.deepEqual(await stage.seal(), { tenants: 2, events: 301, failures: [] })
  assert.deepEqual(await stage.seal(), { tenants: 0, events: 0, failures: [] })
  const head = openHead((await readLatest(stage.sealer.headsDir, alpha, 1)) ?? '', stage.sealer.key.publicKey)
  assert.equal(head?.size, 300)
  assert.equal(await countLeaves(stage.sealer.headsDir, beta, 1), 1)
  assert.equal(await count(stage, 'log_event_persons'), 602)
  assert.deepEqual((await stage.verify()).problems, [])
})

test('sixteen people writing at once lose nothing and nothing is sealed twice', async (t) => {
  const stage = await logStage(t)
  const tenants = [newId(), newId(), newId()]
  const stop = new AbortController()
  const outcomes: unknown[] = []
  const sealing = runSealer(stage.sealer, stop.signal, (outcome) => outcomes.push(...('error' in outcome ? [outcome.error] : outcome.failures)), 5)
  let written = 0
  const writer = async (who: number): Promise<void> => {
    for (let act = 0; act < 20; act += 1) {
      const tenantId = tenants[(who + act) % tenants.length]!
      const events = Array.from({ length: 1 + ((who * act) % 4) }, () => anEvent(tenantId))
      await writeEvents(stage.web, events, () => sleep((who * 7 + act * 3) % 20))
      written += events.length
    }
  }
  await Promise.all(Array.from({ length: 16 }, (_, who) => writer(who)))
  stop.abort()
  await sealing
  await stage.settle()
  assert.equal((await sealOnce(stage.sealer)).failures.length, 0)
  assert.deepEqual(outcomes, [])
  assert.equal(await count(stage, 'log_events'), written)
  assert.equal(await count(stage, 'log_leaves'), written)
  assert.equal(await count(stage, '(select distinct tenant_id, event_id from log_leaves) as d'), written)
  assert.ok((await count(stage, 'log_heads')) > 3)
  assert.deepEqual((await stage.verify()).problems, [])
})

test('an act that is still open is sealed later, never lost', async (t) => {
  const stage = await logStage(t)
  const tenantId = newId()
  const [written, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const slow = writeEvents(stage.web, [anEvent(tenantId)], () => (written.resolve(), gate.promise))
  await written.promise
  await writeEvents(stage.web, [anEvent(tenantId)])
  const { events } = await sealOnce(stage.sealer).finally(() => gate.resolve())
  await slow
  assert.equal(events, 0)
  assert.equal((await stage.seal()).events, 2)
})

test('a tree cut into small batches is one tree, and a batch may cut a transaction in two', async (t) => {
  const stage = await logStage(t)
  const tenantId = newId()
  await writeEvents(
    stage.web,
    Array.from({ length: 25 }, () => anEvent(tenantId)),
  )
  await writeEvents(
    stage.web,
    Array.from({ length: 5 }, () => anEvent(tenantId)),
  )
  await stage.settle()
  const sealed = await sealOnce({ ...stage.sealer, batchSize: 10 })
  assert.equal(sealed.events, 30)
  assert.deepEqual(await listSizes(stage.sealer.headsDir, tenantId, 1), [10, 20, 30])
  assert.deepEqual((await stage.verify()).problems, [])
})

test('two sealers at once seal every event once', async (t) => {
  const stage = await logStage(t)
  const tenantId = newId()
  for (let i = 0; i < 10; i += 1) await writeEvents(stage.web, [anEvent(tenantId), anEvent(tenantId)])
  await stage.settle()
  const both = await Promise.all([stage.seal(), stage.seal(), stage.seal()])
  assert.equal(
    both.reduce((sum, { events }) => sum + events, 0),
    20,
  )
  assert.deepEqual(
    both.flatMap(({ failures }) => failures),
    [],
  )
  assert.equal(await count(stage, 'log_leaves'), 20)
})

test('heads that a crash kept from the folder are published by the next run', async (t) => {
  const stage = await logStage(t)
  const tenantId = newId()
  await writeEvents(stage.web, [anEvent(tenantId)])
  await stage.seal()
  await rename(stage.sealer.headsDir, join(stage.dir, 'elsewhere'))
  await writeEvents(stage.web, [anEvent(tenantId)])
  await writeFile(stage.sealer.headsDir, 'a file where the folder should be')
  const failed = await stage.seal()
  assert.deepEqual(
    failed.failures.map((failure) => failure.tenantId),
    [tenantId],
  )
  await rm(stage.sealer.headsDir)
  await stage.seal()
  assert.deepEqual(
    await listSizes(stage.sealer.headsDir, tenantId, 1),
    (await stage.owner.query<{ size: string }>('select size from log_heads order by size')).rows.map(({ size }) => Number(size)),
  )
})

test('after a restore to an earlier time the next tree binds the last head that was published', async (t) => {
  const stage = await logStage(t)
  const tenantId = newId()
  await writeEvents(stage.web, [anEvent(tenantId)])
  await stage.seal()
  await writeEvents(stage.web, [anEvent(tenantId)])
  await stage.seal()
  await stage.owner.query(`delete from log_heads where size = 2`)
  await stage.owner.query(`delete from log_events using log_leaves l where l.event_id = id and l.position = 1`)
  await stage.owner.query(`delete from log_leaves where position = 1`)
  await writeEvents(stage.web, [anEvent(tenantId)])
  assert.deepEqual(await stage.seal(), { tenants: 1, events: 1, failures: [] })
  assert.deepEqual(await listGenerations(stage.sealer.headsDir, tenantId), [1, 2])
  const { problems } = await stage.verify()
  assert.deepEqual(
    problems.map(({ generation, kind, position }) => ({ generation, kind, position })),
    [{ generation: 1, kind: 'removed', position: 1 }],
  )
  await writeEvents(stage.web, [anEvent(tenantId)])
  assert.equal((await stage.seal()).events, 1)
  assert.deepEqual(await listGenerations(stage.sealer.headsDir, tenantId), [1, 2])
})

test('in a new cluster the tree is closed, the next one takes over what was left, and both verify', async (t) => {
  const stage = await logStage(t)
  const tenantId = newId()
  await writeEvents(stage.web, [anEvent(tenantId), anEvent(tenantId)])
  await stage.seal()
  await writeEvents(stage.web, [anEvent(tenantId), anEvent(tenantId), anEvent(tenantId)])
  // As a dump brings them: transaction numbers of another cluster, beyond any that this one has given out.
  await stage.owner.query(`update log_events set xid = (xid::text::int8 + 1000000000)::text::xid8`)
  await stage.owner.query(`update log_heads set upto = (upto::text::int8 + 1000000000)::text::xid8, cluster = '1'`)
  await writeEvents(stage.web, [anEvent(tenantId)])
  await stage.settle()
  const sealed = await sealOnce({ ...stage.sealer, batchSize: 2 })
  assert.deepEqual(sealed, { tenants: 1, events: 4, failures: [] })
  assert.equal(await count(stage, 'log_leaves where generation = 2'), 5)
  await writeEvents(stage.web, [anEvent(tenantId)])
  assert.equal((await stage.seal()).events, 1)
  assert.deepEqual((await stage.verify()).problems, [])
})
