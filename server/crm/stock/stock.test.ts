import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Dealer } from '../../../test/dealer.ts'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Stage } from '../../../test/stage.ts'

type Row = { id: string; vinTail: string; status: string; role: string; priceKopecks: number; model: string; version: number }
type Card = Row & { vin: string | null; bookedDrives: number }
type List = { rows: Row[]; nextCursor: string | null }
type Refused = { error: string; fields: { at: string; why: string }[]; details: { current: { priceKopecks: number } }; requestId: string }

let house: Stage
const ends = openEnds()
before(async () => void (house = await stage(ends)))
after(ends.close)

let serial = 0
const aCar = async (dealer: Dealer, more: { role?: string; condition?: string; status?: string; price?: number; arrivedOn?: string | null } = {}): Promise<string> => {
  const id = randomUUID()
  const { role = 'sale', condition = 'new', status = 'in_stock', price = 200_000_000, arrivedOn = '2026-01-10' } = more
  await house.owner.query(
    `insert into stock_vehicles (tenant_id, id, outlet_id, model_id, vin, condition, role, status, year, colour, trim, price_kopecks, arrived_on) values ($1, $2, $3, $4, $5, $6, $7, $8, 2026, 'синий', 'Люкс', $9, $10)`,
    [dealer.tenantId, id, dealer.outletId, dealer.modelId, `XTA2109400${String(++serial).padStart(7, '0')}`, condition, role, status, price, arrivedOn],
  )
  return id
}

test('a car is found by status, price, condition and the end of its VIN, page by page in the order asked for', async () => {
  const ivan = await house.hire('seller', { dealer: await house.dealer('Склад') })
  const dear = await aCar(ivan.dealer, { price: 500_000_000, arrivedOn: '2026-02-01' })
  const cheap = await aCar(ivan.dealer, { price: 100_000_000, condition: 'used' })
  const coming = await aCar(ivan.dealer, { status: 'in_transit', arrivedOn: null })
  const ids = async (query: string): Promise<string[]> => {
    const { status, body } = await ivan.get<List>(`/stock?${query}`)
    assert.equal(status, 200, JSON.stringify(body))
    return body.rows.map(({ id }) => id)
  }
  assert.deepEqual(await ids(''), [coming, dear, cheap])
  assert.deepEqual(await ids('order=cheapest'), [cheap, coming, dear])
  assert.deepEqual(await ids('order=dearest'), [dear, coming, cheap])
  assert.deepEqual(await ids('status=in_transit'), [coming])
  assert.deepEqual(await ids('condition=used'), [cheap])
  assert.deepEqual(await ids('minKopecks=150000000&maxKopecks=300000000'), [coming])
  assert.deepEqual(await ids(`vinTail=${String(serial - 2).padStart(7, '0')}`), [dear])
  assert.deepEqual(await ids(`modelId=${randomUUID()}`), [])
  for (const order of ['newest', 'cheapest', 'dearest']) {
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: { body: List } = await ivan.get<List>(`/stock?order=${order}&limit=1${cursor ? `&cursor=${cursor}` : ''}`)
      seen.push(...body.rows.map(({ id }) => id))
      cursor = body.nextCursor
    }
    assert.deepEqual(seen, await ids(`order=${order}`), order)
  }
  const { body } = await ivan.get<{ models: { id: string; brand: string }[] }>('/stock/models')
  assert.ok(body.models.some(({ id }) => id === ivan.dealer.modelId))
})

test('the head of sales changes a price and makes a car a demonstration one; a lost update shows the price that stands there', async () => {
  const zoya = await house.hire('head_of_sales')
  const vehicleId = await aCar(zoya.dealer)
  const edited = await zoya.patch<Row>(`/stock/${vehicleId}`, { version: 1, priceKopecks: 190_000_000, role: 'demo' })
  assert.deepEqual([edited.status, edited.body.version], [200, 2], JSON.stringify(edited.body))
  const stale = await zoya.patch<Refused>(`/stock/${vehicleId}`, { version: 1, priceKopecks: 1 })
  assert.deepEqual([stale.status, stale.body.error, stale.body.details.current.priceKopecks], [409, 'stale', 190_000_000])
  const card = await zoya.get<Card>(`/stock/${vehicleId}`)
  assert.deepEqual([card.body.role, card.body.vin?.length], ['demo', 17])
  const [event] = (await house.events(zoya.dealer, 'stock.edited')).filter(({ objectId }) => objectId === vehicleId)
  assert.deepEqual(event?.details, { priceKopecks: 190_000_000, priceKopecksBefore: 200_000_000, role: 'demo', roleBefore: 'sale' })
})

test('a car with drives to come is not taken away, and a sold one no longer tells its VIN', async () => {
  const zoya = await house.hire('head_of_sales')
  const vehicleId = await aCar(zoya.dealer, { role: 'demo' })
  const { body: person } = await zoya.post<{ id: string }>('/persons', {
    contact: { fullName: 'Орлова Нина', phones: ['+79993300001'] },
    ground: { activityCode: 'lead', basis: 'contract' },
  })
  const date = new Date(house.clock.now.getTime() + 27 * 3_600_000).toISOString().slice(0, 10)
  const { body: day } = await zoya.get<{ slots: string[] }>(`/test-drives/day?date=${date}`)
  const { body: drive } = await zoya.post<{ id: string }>('/test-drives', { vehicleId, startsAt: day.slots[0], personId: person.id })
  const kept = await zoya.patch<Refused>(`/stock/${vehicleId}`, { version: 1, status: 'sold' })
  assert.deepEqual([kept.status, kept.body.error], [409, 'in_use'])
  assert.equal((await zoya.get<Card>(`/stock/${vehicleId}`)).body.bookedDrives, 1)
  await zoya.post(`/test-drives/${drive.id}/cancel`, { version: 1 })
  const silent = await zoya.patch<Refused>(`/stock/${vehicleId}`, { version: 1 })
  assert.deepEqual([silent.status, silent.body.fields], [422, [{ at: 'status', why: 'nothing_to_change' }]])
  assert.equal((await zoya.patch(`/stock/${vehicleId}`, { version: 1, status: 'sold' })).status, 200)
  const sold = await zoya.get<Card>(`/stock/${vehicleId}`)
  assert.deepEqual([sold.body.status, sold.body.vin, sold.body.vinTail.length], ['sold', null, 6])
  assert.equal((await zoya.patch(`/stock/${vehicleId}`, { version: 2, priceKopecks: 1 })).status, 409)
  assert.equal((await zoya.patch(`/stock/${vehicleId}`, { version: 2, status: 'in_stock' })).status, 200)
})

test('refusals: nobody, no right, nothing there, and fields by name', async () => {
  const zoya = await house.hire('head_of_sales')
  const boris = await house.hire('head_of_sales', { dealer: await house.dealer('Чужой') })
  const vehicleId = await aCar(zoya.dealer)
  assert.equal((await house.stranger.get('/stock')).status, 401)
  assert.equal((await (await house.hire('analyst')).get('/stock')).status, 403)
  assert.equal((await (await house.hire('seller')).patch(`/stock/${vehicleId}`, { version: 1, role: 'demo' })).status, 403)
  const blank = (reply: { status: number; body: object }): object => ({ status: reply.status, body: { ...reply.body, requestId: '' } })
  const ask = [(id: string) => boris.get(`/stock/${id}`), (id: string) => boris.patch(`/stock/${id}`, { version: 1, role: 'demo' })]
  for (const one of ask) assert.deepEqual([(await one(vehicleId)).status, blank(await one(vehicleId))], [404, blank(await one(randomUUID()))])
  const named = async (reply: Promise<{ status: number; body: Refused }>): Promise<unknown> => [(await reply).status, (await reply).body.fields[0]?.at]
  assert.deepEqual(await named(zoya.get<Refused>('/stock?vinTail=OIQ')), [422, 'vinTail'])
  assert.deepEqual(await named(zoya.get<Refused>('/stock?cursor=abc')), [422, 'cursor'])
  assert.deepEqual(await named(zoya.patch<Refused>(`/stock/${vehicleId}`, { version: 1, priceKopecks: -5 })), [422, 'priceKopecks'])
  assert.deepEqual(await named(zoya.patch<Refused>(`/stock/${vehicleId}`, { version: 1 })), [422, 'status'])
})
