import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import type pg from 'pg'
import { log, LogEntry } from '../../contract/audit/log.ts'
import { newId } from '../platform/ids.ts'
import { checkProof, exportLog, exportSource, proveEvent } from './export.ts'
import { anEvent, logStage, writeEvents } from './log-stage.ts'
import type { LogStage } from './log-stage.ts'
import { listEvents, listHeads, listLooks } from './read.ts'
import { rowsOf } from './tree-store.ts'
import type { ReadRows } from './tree-store.ts'

/** Reads as an act does: role infotech_app, one tenant. */
async function asTenant<T>({ web }: LogStage, tenantId: string, work: (read: ReadRows) => Promise<T>): Promise<T> {
  const client: pg.PoolClient = await web.connect()
  try {
    await client.query('begin read only')
    await client.query('set local role infotech_app')
    await client.query(`select set_config('app.tenant', $1, true)`, [tenantId])
    return await work(rowsOf(client))
  } finally {
    await client.query('rollback')
    client.release()
  }
}

async function linesOf(source: AsyncIterable<string>): Promise<string[]> {
  const lines: string[] = []
  for await (const line of source) lines.push(line)
  return lines
}

async function exported(stage: LogStage, tenantId: string): Promise<string> {
  const file = join(stage.dir, 'export.ndjson')
  const lines = await asTenant(stage, tenantId, (read) => linesOf(exportLog(read, tenantId)))
  await writeFile(file, lines.join(''))
  return file
}

test('the officer finds what one seller did, page by page, newest first, each event once', async (t) => {
  const stage = await logStage(t)
  const [tenantId, anna] = [newId(), newId()]
  const at = new Date('2026-03-01T10:00:00.000Z')
  await writeEvents(stage.web, [...Array.from({ length: 25 }, (_, i) => anEvent(tenantId, { actorId: anna, at: new Date(at.getTime() + Math.floor(i / 5)) })), anEvent(tenantId)])
  const seen: LogEntry[] = []
  for (let after: { at: Date; id: string } | undefined; ;) {
    const rows = await asTenant(stage, tenantId, (read) => listEvents(read, tenantId, { actorId: anna, after, limit: 10 }))
    seen.push(...rows)
    const last = rows.at(-1)
    if (!last) break
    after = { at: new Date(last.at), id: last.id }
  }
  assert.equal(seen.length, 25)
  assert.equal(new Set(seen.map(({ id }) => id)).size, 25)
  assert.deepEqual(
    seen.map((row) => row.at),
    seen
      .map((row) => row.at)
      .toSorted()
      .toReversed(),
  )
  for (const row of seen) assert.deepEqual(LogEntry.parse(row), row)
})

test('a filter by object, event and time shows those and no others', async (t) => {
  const stage = await logStage(t)
  const tenantId = newId()
  const wanted = anEvent(tenantId, { event: 'lead.taken', at: new Date('2026-03-02T00:00:00.000Z') })
  await writeEvents(stage.web, [wanted, anEvent(tenantId, { objectId: wanted.objectId, event: 'lead.closed' }), anEvent(tenantId)])
  const ids = async (query: Omit<Parameters<typeof listEvents>[2], 'limit'>) =>
    (await asTenant(stage, tenantId, (read) => listEvents(read, tenantId, { ...query, limit: 100 }))).map(({ id }) => id)
  assert.equal((await ids({ objectId: wanted.objectId ?? '' })).length, 2)
  assert.deepEqual(await ids({ events: ['lead.taken'] }), [wanted.id])
  assert.deepEqual(await ids({ since: wanted.at, until: new Date(wanted.at.getTime() + 1) }), [wanted.id])
  await assert.rejects(
    ids({}).then(() => asTenant(stage, tenantId, (read) => listEvents(read, tenantId, { limit: 102 }))),
    RangeError,
  )
})

test('a client can be told who looked at them; who only changed their deal is not among them', async (t) => {
  const stage = await logStage(t)
  const [tenantId, client] = [newId(), newId()]
  const look = anEvent(tenantId, { personIds: [client, client], purpose: 'service' })
  await writeEvents(stage.web, [look, anEvent(tenantId, { personIds: [client], event: 'deal.moved' }), anEvent(tenantId)])
  await stage.seal()
  const rows = await asTenant(stage, tenantId, (read) => listLooks(read, tenantId, { personId: client, limit: 100 }))
  assert.deepEqual(
    rows.map(({ id, purpose }) => [id, purpose]),
    [[look.id, 'service']],
  )
  assert.equal(rows[0]?.position !== null, true)
})

test('the log, the heads and the proofs of another dealer do not exist', async (t) => {
  const stage = await logStage(t)
  const [ours, theirs] = [newId(), newId()]
  const event = anEvent(theirs)
  await writeEvents(stage.web, [event])
  await stage.seal()
  assert.deepEqual(await asTenant(stage, ours, (read) => listEvents(read, theirs, { limit: 10 })), [])
  assert.deepEqual(await asTenant(stage, ours, (read) => listHeads(read, theirs, { limit: 10 })), [])
  assert.equal(await asTenant(stage, ours, (read) => proveEvent(read, theirs, event.id)), null)
})

test('one event is proved to a court without showing the others', async (t) => {
  const stage = await logStage(t)
  const tenantId = newId()
  const events = Array.from({ length: 700 }, () => anEvent(tenantId))
  await writeEvents(stage.web, events)
  await stage.seal()
  const { publicKey } = stage.sealer.key
  const bundle = await asTenant(stage, tenantId, (read) => proveEvent(read, tenantId, events[500]!.id))
  assert.ok(bundle)
  assert.deepEqual(log.proof.output.parse(bundle), bundle)
  assert.equal(checkProof(bundle, publicKey)?.size, 700)
  assert.ok(bundle.proof.length <= 10)
  for (const other of events) if (other.id !== bundle.event.id) assert.ok(!JSON.stringify(bundle).includes(other.id))
  assert.equal(checkProof({ ...bundle, event: { ...bundle.event, role: 'administrator' } }, publicKey), null)
  assert.equal(checkProof({ ...bundle, index: bundle.index + 1 }, publicKey), null)
  assert.equal(checkProof({ ...bundle, note: bundle.note.replace('\n700\n', '\n701\n') }, publicKey), null)
  const [head] = await asTenant(stage, tenantId, (read) => listHeads(read, tenantId, { limit: 1 }))
  assert.deepEqual(log.heads.output.parse({ rows: [{ ...head, status: 'holds' }], nextCursor: null }).rows[0], { ...head, note: bundle.note, status: 'holds' })
})

test('an export and the published heads are enough to check the log, and a changed line is found', async (t) => {
  const stage = await logStage(t)
  const tenantId = newId()
  await writeEvents(
    stage.web,
    Array.from({ length: 30 }, () => anEvent(tenantId)),
  )
  await stage.seal()
  const file = await exported(stage, tenantId)
  const honest = await stage.verify({ source: exportSource(file) })
  assert.deepEqual([honest.entries, honest.heads, honest.problems], [30, 1, []])
  const lines = await asTenant(stage, tenantId, (read) => linesOf(exportLog(read, tenantId)))
  await writeFile(file, lines.with(17, lines[17]!.replace('"role":"seller"', '"role":"nobody"')).join(''))
  assert.deepEqual(
    (await stage.verify({ source: exportSource(file) })).problems.map(({ kind, position }) => [kind, position]),
    [['changed', 17]],
  )
  await writeFile(file, lines.toSpliced(17, 1).join(''))
  assert.deepEqual(
    (await stage.verify({ source: exportSource(file) })).problems.map(({ kind, position }) => [kind, position]),
    [['removed', 17]],
  )
  await writeFile(file, `${lines[0]}not an entry\n`)
  await assert.rejects(stage.verify({ source: exportSource(file) }), /line 2/)
})
