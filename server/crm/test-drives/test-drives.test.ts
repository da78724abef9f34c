import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Dealer } from '../../../test/dealer.ts'
import { peopleJobs } from '../../people/index.ts'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'

type After = { id: string; version: number; status: string }
type Drive = { id: string | null; startsAt: string; status: string; personId: string | null; masked: { name: string } | null; version: number | null }
type Day = { timeZone: string; date: string; slots: string[]; cars: { vehicleId: string; vinTail: string; drives: Drive[] }[] }
type Refused = { error: string; fields: { at: string; why: string }[]; details: { state: string }; requestId: string }

let house: Stage
const ends = openEnds()
before(async () => void (house = await stage(ends)))
after(ends.close)

let serial = 0
const aCar = async (dealer: Dealer, role = 'demo'): Promise<string> => {
  const id = randomUUID()
  await house.owner.query(
    `insert into stock_vehicles (tenant_id, id, outlet_id, model_id, vin, condition, role, status, year, colour, trim, price_kopecks) values ($1, $2, $3, $4, $5, 'new', $6, 'in_stock', 2026, 'белый', 'Комфорт', 300000000)`,
    [dealer.tenantId, id, dealer.outletId, dealer.modelId, `XTA2109400${String(++serial).padStart(7, '0')}`, role],
  )
  return id
}
const aClient = async (who: Person): Promise<string> => {
  const { body } = await who.post<{ id: string }>('/persons', {
    contact: { fullName: 'Орлова Нина', phones: [`+7 999 320 ${String(++serial).padStart(4, '0')}`] },
    ground: { activityCode: 'lead', basis: 'contract' },
  })
  return body.id
}
const tomorrow = (): string => new Date(house.clock.now.getTime() + 27 * 3_600_000).toISOString().slice(0, 10)
const day = async (who: Person): Promise<Day> => {
  const { status, body } = await who.get<Day>(`/test-drives/day?date=${tomorrow()}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const drivesOf = (of: Day, vehicleId: string): Drive[] => of.cars.find((car) => car.vehicleId === vehicleId)?.drives ?? []

test('Ivan books a free hour for his client; colleagues see that it is taken, not by whom', async () => {
  const [ivan, oleg, zoya] = [await house.hire('seller'), await house.hire('seller'), await house.hire('head_of_sales')]
  const [vehicleId, personId] = [await aCar(ivan.dealer), await aClient(ivan)]
  const free = await day(ivan)
  assert.deepEqual([free.timeZone, free.slots.length, free.slots[0]?.slice(11, 16), drivesOf(free, vehicleId)], ['Europe/Moscow', 12, '06:00', []])
  const booked = await ivan.post<After>('/test-drives', { vehicleId, startsAt: free.slots[2], personId })
  assert.deepEqual([booked.status, booked.body.status], [200, 'booked'], JSON.stringify(booked.body))
  const [his] = drivesOf(await day(ivan), vehicleId)
  assert.deepEqual([his?.startsAt, his?.personId, his?.masked?.name], [free.slots[2], personId, 'Орлова Н.'])
  const [theirs] = drivesOf(await day(oleg), vehicleId)
  assert.deepEqual([theirs?.startsAt, theirs?.status, theirs?.id, theirs?.personId, theirs?.masked], [free.slots[2], 'booked', null, null, null])
  assert.equal(drivesOf(await day(zoya), vehicleId)[0]?.personId, personId)
  const [event] = await house.events(ivan.dealer, 'test_drive.booked')
  assert.deepEqual([event?.personIds, event?.objectId, event?.purpose], [[personId], booked.body.id, 'request_handling'])
})

test('of twenty who book one slot at once one gets it, and nineteen are told', async () => {
  const anna = await house.hire('operator')
  const [vehicleId, personId] = [await aCar(anna.dealer), await aClient(anna)]
  const { slots } = await day(anna)
  const replies = await Promise.all(Array.from({ length: 20 }, () => anna.post<Refused>('/test-drives', { vehicleId, startsAt: slots[0], personId })))
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, ...Array<number>(19).fill(409)])
  for (const { body } of replies.filter(({ status }) => status === 409)) assert.equal(body.error, 'slot_taken')
  assert.equal(drivesOf(await day(anna), vehicleId).length, 1)
})

test('a cancelled hour is free again; the undo gives it back only while it is', async () => {
  const anna = await house.hire('operator')
  const [vehicleId, personId, other] = [await aCar(anna.dealer), await aClient(anna), await aClient(anna)]
  const { slots } = await day(anna)
  const { body: drive } = await anna.post<After>('/test-drives', { vehicleId, startsAt: slots[4], personId })
  const cancelled = await anna.post<After>(`/test-drives/${drive.id}/cancel`, { version: 1 })
  assert.deepEqual([cancelled.status, cancelled.body.version], [200, 2], JSON.stringify(cancelled.body))
  assert.deepEqual(drivesOf(await day(anna), vehicleId), [])
  const restored = await anna.post<After>(`/test-drives/${drive.id}/restore`, { version: 2 })
  assert.deepEqual([restored.status, restored.body.status], [200, 'booked'], JSON.stringify(restored.body))
  await anna.post(`/test-drives/${drive.id}/cancel`, { version: 3 })
  assert.equal((await anna.post('/test-drives', { vehicleId, startsAt: slots[4], personId: other })).status, 200)
  const late = await anna.post<Refused>(`/test-drives/${drive.id}/restore`, { version: 4 })
  assert.deepEqual([late.status, late.body.error], [409, 'slot_taken'])
  const stale = await anna.post<Refused>(`/test-drives/${drive.id}/restore`, { version: 1 })
  assert.deepEqual([stale.status, stale.body.error], [409, 'stale'])
  const said = (await house.events(anna.dealer)).filter(({ objectId }) => objectId === drive.id).map(({ event }) => event)
  assert.deepEqual(said, ['test_drive.booked', 'test_drive.cancelled', 'test_drive.restored', 'test_drive.cancelled'])
})

test('a booked drive is the evidence for the stage; nobody has driven before the hour; then done or missed', async (t) => {
  const outer = house
  house = await stage(t)
  const ivan = await house.hire('seller')
  const [vehicleId, personId] = [await aCar(ivan.dealer), await aClient(ivan)]
  const { slots } = await day(ivan)
  const { body: deal } = await ivan.post<{ id: string }>('/deals', { personId })
  const { body: drive } = await ivan.post<After>('/test-drives', { vehicleId, startsAt: slots[1], personId, dealId: deal.id })
  assert.equal((await ivan.post(`/deals/${deal.id}/move`, { version: 1, stage: 'test_drive' })).status, 200)
  const early = await ivan.post<Refused>(`/test-drives/${drive.id}/done`, { version: 1 })
  assert.deepEqual([early.status, early.body.details.state], [409, 'too_early'])
  const { body: second } = await ivan.post<After>('/test-drives', { vehicleId, startsAt: slots[2], personId })
  await house.owner.query(
    `insert into activities (tenant_id, id, code, name, purposes, bases, classes, retention_days, retention_from, legal_ref, destruction)
    values ($1, $2, 'test_drive', 'Тест-драйв', '{request_handling}', '{contract}', '{contact}', 1096, 'возврат', 'ГК РФ ст. 196', 'ключ')`,
    [ivan.dealer.tenantId, randomUUID()],
  )
  house.clock.forward(Date.parse(slots[2]!) - house.clock.now.getTime() + 60_000)
  await house.owner.query('update sessions set expires_at = $1, last_seen_at = $2', [new Date(house.clock.now.getTime() + 3_600_000), house.clock.now])
  const done = await ivan.post<After>(`/test-drives/${drive.id}/done`, { version: 1 })
  assert.deepEqual([done.status, done.body.status], [200, 'done'], JSON.stringify(done.body))
  const person = await ivan.get<{ grounds: { activityCode: string; until: string | null }[] }>(`/persons/${personId}`)
  assert.deepEqual(
    person.body.grounds.filter(({ activityCode }) => activityCode === 'test_drive').map(({ until }) => until !== null),
    [true],
    'the agreement of the drive has its own term',
  )
  const missed = await ivan.post<After>(`/test-drives/${second.id}/no-show`, { version: 1 })
  assert.equal(missed.body.status, 'no_show')
  assert.equal((await ivan.post(`/test-drives/${second.id}/cancel`, { version: 2 })).status, 409)
  assert.equal((await ivan.post<After>(`/test-drives/${second.id}/restore`, { version: 2 })).body.status, 'booked')
  house = outer
})

test('refusals: nobody, no right, nothing there, no ground, and fields by name', async () => {
  const ivan = await house.hire('seller')
  const boris = await house.hire('seller', { dealer: await house.dealer('Чужой') })
  const [vehicleId, personId] = [await aCar(ivan.dealer), await aClient(ivan)]
  const { slots } = await day(ivan)
  const draft = { vehicleId, personId, startsAt: slots[5] }
  assert.equal((await house.stranger.post('/test-drives', draft)).status, 401)
  assert.equal((await (await house.hire('service_adviser')).post('/test-drives', draft)).status, 403)
  assert.equal((await ivan.post('/test-drives', { ...draft, personId: randomUUID() })).status, 404)
  const wrong = async (more: object): Promise<unknown> => {
    const { status, body } = await ivan.post<Refused>('/test-drives', { ...draft, ...more })
    return [status, body.fields?.[0]]
  }
  const at = (slot: string, minutes: number): string => new Date(Date.parse(slot) + minutes * 60_000).toISOString()
  assert.deepEqual(await wrong({ startsAt: at(slots[5]!, 30) }), [422, { at: 'startsAt', why: 'not_a_slot' }])
  assert.deepEqual(await wrong({ startsAt: at(slots.at(-1)!, 120) }), [422, { at: 'startsAt', why: 'not_a_slot' }])
  assert.deepEqual(await wrong({ startsAt: at(slots[5]!, -72 * 60) }), [422, { at: 'startsAt', why: 'past' }])
  assert.deepEqual(await wrong({ startsAt: at(slots[5]!, 100 * 24 * 60) }), [422, { at: 'startsAt', why: 'too_far' }])
  assert.deepEqual(await wrong({ vehicleId: await aCar(ivan.dealer, 'sale') }), [422, { at: 'vehicleId', why: 'unknown' }])
  assert.deepEqual(await wrong({ vehicleId: await aCar(boris.dealer) }), [422, { at: 'vehicleId', why: 'unknown' }])
  assert.deepEqual(await wrong({ dealId: randomUUID() }), [422, { at: 'dealId', why: 'unknown' }])
  assert.deepEqual(await wrong({ responsibleId: boris.employeeId }), [422, { at: 'responsibleId', why: 'unknown' }])
  await house.owner.query(`update grounds set until = $2 where tenant_id = $3 and person_id = $1`, [personId, new Date(house.clock.now.getTime() - 1), ivan.dealer.tenantId])
  const loose = await ivan.post<Refused>('/test-drives', draft)
  assert.deepEqual([loose.status, loose.body.error], [403, 'no_ground'])
  const { body: drive } = await ivan.post<After>('/test-drives', { ...draft, personId: await aClient(ivan) })
  const blank = (reply: { status: number; body: object }): object => ({ status: reply.status, body: { ...reply.body, requestId: '' } })
  for (const act of ['cancel', 'done', 'no-show', 'restore']) {
    const ask = (id: string) => boris.post<Refused>(`/test-drives/${id}/${act}`, { version: 1 })
    assert.deepEqual([(await ask(drive.id)).status, blank(await ask(drive.id))], [404, blank(await ask(randomUUID()))], act)
  }
})

test('a drive stays in the funnel of its month when the client is destroyed, and leads to nobody', async () => {
  const [vera, zoya] = [await house.hire('seller'), await house.hire('head_of_sales')]
  const vehicleId = await aCar(vera.dealer)
  const lead = { sourceId: vera.dealer.sources.phone, interest: 'test_drive', contact: { fullName: 'Зимина Ольга', phones: [`+7 999 320 ${String(++serial).padStart(4, '0')}`] } }
  const { body: made } = await vera.post<{ leadId: string; personId: string }>('/leads', lead)
  const { slots } = await day(vera)
  const { body: drive } = await vera.post<After>('/test-drives', { vehicleId, startsAt: slots[7], personId: made.personId, leadId: made.leadId })
  const { body: later } = await vera.post<After>('/test-drives', { vehicleId, startsAt: slots[8], personId: made.personId, leadId: made.leadId })
  await house.owner.query(`update test_drives set status = 'done' where id = $1`, [drive.id])
  const [since, until] = [-1, 1].map((days) => new Date(house.clock.now.getTime() + days * 86_400_000).toISOString())
  const driven = async () => (await zoya.get<{ steps: { test_drive: { value: number } } }>(`/reports/funnel?since=${since}&until=${until}`)).body.steps.test_drive.value
  const before = await driven()
  await house.owner.query(`update persons set destroy_after = now() - interval '1 hour' where id = $1`, [made.personId])
  await house.job(vera.dealer, 'destroy-due', (ctx) => peopleJobs['destroy-due']!(ctx, {}))
  const { rows } = await house.owner.query('select id, person_id, status from test_drives where id = any ($1) order by starts_at', [[drive.id, later.id]])
  assert.deepEqual(rows, [
    { id: drive.id, person_id: null, status: 'done' },
    { id: later.id, person_id: null, status: 'cancelled' },
  ])
  assert.equal(await driven(), before)
  const [shown] = drivesOf(await day(zoya), vehicleId)
  assert.deepEqual([shown?.status, shown?.id, shown?.personId, shown?.masked], ['done', null, null, null])
  assert.equal((await zoya.post<Refused>(`/test-drives/${drive.id}/cancel`, { version: 1 })).status, 404)
})
