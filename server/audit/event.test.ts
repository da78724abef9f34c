import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import fc from 'fast-check'
import { canonicalJson } from './canonical-json.ts'
import type { LogEvent } from './event.ts'
import { insertEvents, leafOf } from './event.ts'
import { anEvent, logStage, writeEvents } from './log-stage.ts'

const ids = { tenantId: '0198c0de-0000-7000-8000-000000000001', id: '0198c0de-0000-7000-8000-000000000002' }
const text = fc.string({ unit: 'grapheme' }).filter((value) => value.isWellFormed() && !value.includes('\0'))

test('an auditor can compute a leaf by hand from the columns', () => {
  const event = anEvent(ids.tenantId, {
    id: ids.id,
    at: new Date('2026-02-03T04:05:06.007Z'),
    personIds: [ids.id],
    body: null,
    details: { b: 1, a: 'ё' },
    actorId: null,
    objectKind: null,
    objectId: null,
  })
  const json =
    '{"actorId":null,"actorKind":"staff","at":"2026-02-03T04:05:06.007Z","details":{"a":"ё","b":1},"door":"vault reveal","event":"person.revealed",' +
    `"id":"${ids.id}","objectId":null,"objectKind":null,"personIds":["${ids.id}"],"purpose":"sale","role":"seller","tenantId":"${ids.tenantId}"}`
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
  assert.deepEqual(leafOf(event), sha256(Buffer.concat([Buffer.of(0), Buffer.from(json), sha256(Buffer.alloc(0))])))
})

test('the order in which an act names its details changes nothing', () => {
  const event = anEvent(ids.tenantId)
  assert.deepEqual(leafOf({ ...event, details: { a: 1, b: [2, { d: 3, c: 4 }] } }), leafOf({ ...event, details: { b: [2, { c: 4, d: 3 }], a: 1 } }))
})

test('details that the database would give back differently are refused before anything is written', async () => {
  const event = anEvent(ids.tenantId)
  const bad: unknown[] = [undefined, 0.5, Number.NaN, 2 ** 53, 1n, new Date(), new Map(), Buffer.from('x'), () => 1, Symbol('x'), 'a\0b', '\ud800', [undefined], { a: undefined }]
  for (const value of bad) {
    assert.throws(() => leafOf({ ...event, details: { value } as unknown as LogEvent['details'] }), TypeError)
    await assert.rejects(
      insertEvents(() => assert.fail('nothing may be sent'), [event, { ...event, details: { value } as unknown as LogEvent['details'] }]),
      TypeError,
    )
  }
  assert.throws(() => leafOf({ ...event, details: [] as unknown as LogEvent['details'] }), TypeError)
  assert.throws(() => leafOf({ ...event, id: event.id.toUpperCase() }), TypeError)
  assert.throws(() => leafOf({ ...event, at: new Date(Number.NaN) }), RangeError)
})

test('none and more than a thousand events at once are refused', async () => {
  const run = () => assert.fail('nothing may be sent')
  await assert.rejects(insertEvents(run, []), RangeError)
  await assert.rejects(
    insertEvents(
      run,
      Array.from({ length: 1001 }, () => anEvent(ids.tenantId)),
    ),
    RangeError,
  )
})

test('canonical JSON reads back as what was written, and writes it the same again', () => {
  fc.assert(
    fc.property(fc.dictionary(text, fc.oneof(text, fc.maxSafeInteger(), fc.boolean(), fc.constant(null), fc.array(text))), (value) => {
      const plain = { ...value }
      const json = canonicalJson(plain)
      assert.equal(canonicalJson(JSON.parse(json)), json)
      assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(plain)))
    }),
  )
})

test('whatever words an act writes, the verifier reads the same leaf back from the database', async (t) => {
  const stage = await logStage(t)
  await fc.assert(
    fc.asyncProperty(fc.dictionary(text, fc.oneof(text, fc.maxSafeInteger(), fc.boolean(), fc.constant(null))), text, text, fc.uint8Array(), async (details, door, role, body) => {
      await writeEvents(stage.web, [anEvent(ids.tenantId, { details, door, role, body: Buffer.from(body), personIds: [], at: new Date('0999-12-31T23:59:59.999Z') })])
    }),
    { numRuns: 40 },
  )
  await writeEvents(stage.web, [anEvent(ids.tenantId, { body: null, purpose: null, objectId: null, objectKind: null, actorId: null })])
  assert.equal((await stage.seal()).events, 41)
  assert.deepEqual((await stage.verify()).problems, [])
})

test('an act of one dealer cannot write into the log of another', async (t) => {
  const stage = await logStage(t)
  const other = anEvent('0198c0de-0000-7000-8000-000000000009')
  await assert.rejects(writeEvents(stage.web, [anEvent(ids.tenantId), other]), /row-level security/)
})

test('nobody who works for the web can change or delete what was logged', async (t) => {
  const stage = await logStage(t)
  await writeEvents(stage.web, [anEvent(ids.tenantId)])
  for (const act of [`update log_events set role = 'x'`, 'delete from log_events', 'truncate log_events']) {
    const client = await stage.web.connect()
    await client.query('set role infotech_app')
    await assert.rejects(client.query(act), /permission denied/)
    client.release(true)
  }
})
