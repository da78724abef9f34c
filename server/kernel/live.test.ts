import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { PassThrough, Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { openEnds } from '../../test/ends.ts'
import { eventually } from '../../test/eventually.ts'
import { stage, type Person, type Stage } from '../../test/stage.ts'
import { visitor } from './actor.ts'
import { LiveHub } from './live.ts'

let house: Stage
let origin: string
const ends = openEnds()
before(async () => {
  house = await stage(ends)
  origin = await house.app.http.listen({ host: '127.0.0.1', port: 0 })
})
after(ends.close)

type Screen = { heard: string[]; isOver: () => boolean; close: () => void }

/** A screen that listens; `heard` are its events as they came. */
async function screen(who: Person): Promise<Screen> {
  const closing = new AbortController()
  ends.after(() => closing.abort())
  const reply = await fetch(`${origin}/api/live`, { headers: { cookie: `infotech=${who.token}` }, signal: closing.signal })
  assert.equal(reply.status, 200)
  const heard: string[] = []
  let isOver = false
  const read = async (): Promise<void> => {
    // By lines, not by what one packet happens to carry.
    for await (const line of createInterface({ input: Readable.fromWeb(reply.body as ReadableStream) })) if (/^(data|event): /.test(line)) heard.push(line)
  }
  void read()
    .catch(() => {})
    .finally(() => (isOver = true))
  return { heard, isOver: () => isOver, close: () => closing.abort() }
}
const tell = (who: Person, change: Record<string, unknown>) => house.owner.query(`select pg_notify('live', $1)`, [JSON.stringify({ tenantId: who.dealer.tenantId, ...change })])
const ids = ({ heard }: Screen): unknown[] => heard.filter((line) => line.startsWith('data: {"kind"')).map((line) => (JSON.parse(line.slice(6)) as { id: string }).id)

test('a lead that comes in is told by its kind and id, and by nothing else', async () => {
  const anna = await house.hire('operator')
  const tray = await screen(anna)
  const made = await anna.post<{ leadId: string }>('/leads', {
    sourceId: anna.dealer.sources.phone,
    interest: 'callback',
    contact: { fullName: 'Белова Анна', phones: ['+79995100001'] },
  })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  await eventually(async () => tray.heard.length > 0, 'the event')
  assert.deepEqual(tray.heard, [`data: {"kind":"lead","id":"${made.body.leadId}"}`])
})

test('of a lead in Vera’s hands Boris hears that she took it, and nothing that she does with it afterwards', async () => {
  const [vera, boris] = [await house.hire('seller'), await house.hire('seller')]
  const [hers, his] = [await screen(vera), await screen(boris)]
  const { leadId } = (
    await vera.post<{ leadId: string }>('/leads', { sourceId: vera.dealer.sources.phone, interest: 'callback', contact: { fullName: 'Белов Пётр', phones: ['+79995100002'] } })
  ).body
  await house.owner.query('update leads set responsible_id = null where id = $1', [leadId])
  const act = async (name: string, more = {}): Promise<void> => {
    const { version } = (await vera.get<{ version: number }>(`/leads/${leadId}`)).body
    const done = await vera.post(`/leads/${leadId}/${name}`, { version, ...more })
    assert.equal(done.status, 200, JSON.stringify(done.body))
  }
  await act('take')
  await eventually(async () => ids(his).includes(leadId) && ids(hers).includes(leadId), 'that it was taken')
  const [before, heard] = [ids(his).length, ids(hers).length]
  await act('close', { result: 'answered' })
  await eventually(async () => ids(hers).length > heard, 'her own')
  await tell(boris, { kind: 'lead', id: 'last', outletId: boris.dealer.outletId, responsibleId: null })
  await eventually(async () => ids(his).at(-1) === 'last', 'the last word')
  assert.equal(ids(his).length, before + 1)
})

test('each hears of rows they may see: not of another company’s, another outlet’s, a colleague’s, nor of kinds they have no right to read', async () => {
  const stranger = await house.hire('head_of_sales', { dealer: await house.dealer('Чужой') })
  const head = await house.hire('head_of_sales')
  const [seller, colleague] = [await house.hire('seller', { outletId: head.dealer.outletId }), await house.hire('seller')]
  const marketer = await house.hire('marketer')
  const screens = await Promise.all([head, seller, marketer, stranger].map(screen))
  const rows = {
    free: { kind: 'lead', id: randomUUID(), outletId: null, responsibleId: null },
    mine: { kind: 'lead', id: randomUUID(), outletId: null, responsibleId: seller.employeeId },
    theirs: { kind: 'lead', id: randomUUID(), outletId: null, responsibleId: colleague.employeeId },
    far: { kind: 'lead', id: randomUUID(), outletId: randomUUID(), responsibleId: null },
    file: { kind: 'lead_file', id: randomUUID(), outletId: null, responsibleId: null },
    deal: { kind: 'deal', id: randomUUID(), outletId: null, responsibleId: null },
  }
  for (const row of Object.values(rows)) await tell(head, row)
  // One stream keeps its order: whoever has heard the last event has been told everything before it.
  const last = randomUUID()
  for (const [who, kind] of [
    [head, 'lead'],
    [marketer, 'lead_file'],
    [stranger, 'lead'],
  ] as const)
    await tell(who, { kind, id: last, outletId: null, responsibleId: null })
  const heardOf = (one: Screen | undefined): string[] => Object.entries(rows).flatMap(([name, { id }]) => (one && ids(one).includes(id) ? [name] : []))
  await eventually(async () => screens.every((one) => ids(one).includes(last)), 'the last event on every screen')
  assert.deepEqual(screens.map(heardOf), [['free', 'mine', 'theirs', 'file', 'deal'], ['free', 'mine', 'deal'], ['file'], []])
})

test('a session that is revoked hears no more from that moment', async () => {
  const anna = await house.hire('operator')
  const tray = await screen(anna)
  assert.equal((await anna.post('/sign-out')).status, 200)
  await eventually(async () => tray.isOver(), 'the end of the stream')
})

test('a stream ends with its session; a screen that asks by itself keeps neither alive, a click does', async (t) => {
  const quick = await stage(t, { heartbeatMs: 50 })
  const at = await quick.app.http.listen({ host: '127.0.0.1', port: 0 })
  const [idle, busy] = [await quick.hire('operator'), await quick.hire('operator')]
  const open = async (who: Person): Promise<{ isOver: () => boolean }> => {
    const closing = new AbortController()
    ends.after(() => closing.abort())
    const reply = await fetch(`${at}/api/live`, { headers: { cookie: `infotech=${who.token}` }, signal: closing.signal })
    let isOver = false
    void reply.text().then(
      () => (isOver = true),
      () => (isOver = true),
    )
    return { isOver: () => isOver }
  }
  const [left, used] = [await open(idle), await open(busy)]
  quick.clock.forward(90 * 60_000)
  assert.equal((await idle.get('/leads?view=open', { 'x-background': '1' })).status, 200)
  assert.equal((await busy.get('/leads?view=open')).status, 200)
  await eventually(
    async () => (await quick.owner.query('select 1 from sessions where employee_id = $1 and last_seen_at > now() + interval $$1 hour$$', [busy.employeeId])).rowCount === 1,
  )
  quick.clock.forward(40 * 60_000)
  await eventually(async () => left.isOver(), 'the end of the idle one')
  assert.equal(used.isOver(), false)
  assert.equal((await idle.get('/leads?view=open')).status, 401)
})

test('after the connection to the database was lost every screen is told to ask again', async (t) => {
  const anna = await house.hire('operator')
  const tray = await screen(anna)
  const cut = new pg.Client(house.database.web)
  await cut.connect()
  t.after(() => cut.end())
  const { rowCount } = await cut.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query = 'listen live'`)
  assert.equal(rowCount, 1)
  await eventually(async () => tray.heard.includes('event: again'), 'the call to ask again')
  assert.equal(tray.isOver(), false)
})

test('who does not read is dropped before they fill the memory, the others go on', async (t) => {
  const hub = new LiveHub(house.database.web)
  t.after(() => hub.stop())
  await hub.start()
  const anna = await house.hire('operator')
  const actor = { ...visitor, kind: 'staff' as const, id: anna.employeeId, tenantId: anna.dealer.tenantId, role: 'operator' as const }
  const [stuck, reading] = [new PassThrough(), new PassThrough()]
  reading.resume()
  for (const stream of [stuck, reading]) hub.add(actor, stream, async () => actor)
  for (let i = 0; i < 10; i++)
    await house.owner.query(
      `select pg_notify('live', json_build_object('tenantId', $1::text, 'kind', 'lead', 'id', gen_random_uuid(), 'outletId', null, 'responsibleId', null)::text) from generate_series(1, 500)`,
      [anna.dealer.tenantId],
    )
  await eventually(async () => stuck.destroyed, 'the slow reader is dropped')
  assert.deepEqual([reading.destroyed, hub.size], [false, 1])
})
