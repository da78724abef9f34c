import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Dealer } from '../../test/dealer.ts'
import { stage, type Stage, type Visitor } from '../../test/stage.ts'
import { namedPlaces } from './showcase/show-places.ts'

let it: Stage
let large: Dealer
let site: Visitor
before(async (t) => {
  it = await stage(t as never)
  large = await it.dealer('Большой')
  site = await it.site(large)
  await it.owner.query(
    `insert into outlets (tenant_id, id, name, address, time_zone, hours)
     select o.tenant_id, gen_random_uuid(), case when n > 500 then 'Ясный' else 'Салон' end, 'г. Абакан, ул. Ленина, ' || n, o.time_zone, o.hours from outlets o, generate_series(1, 510) n
     where o.tenant_id = $1`,
    [large.tenantId],
  )
})
const listed = async (limit: number): Promise<{ id: string; name: string }[]> => {
  const { status, body } = await site.get<{ places: { id: string; name: string }[] }>(`/sites/${site.slug}/places?limit=${limit}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body.places
}

test('places of one city and name stand in an order that no rewriting of their rows changes', async () => {
  const first = await listed(500)
  assert.deepEqual([first.length, new Set(first.filter(({ name }) => name === 'Салон').map(({ id }) => id)).size >= 499], [500, true])
  await it.owner.query(`update outlets set version = version + 1 where id in (select id from outlets where tenant_id = $1 order by id desc limit 200)`, [large.tenantId])
  assert.deepEqual(await listed(500), first)
  assert.deepEqual(await listed(6), first.slice(0, 6))
})

test('a place that stands on no page any more is one of ours all the same, and so is its city; another company’s is not', async () => {
  const shown = new Set((await listed(500)).map(({ id }) => id))
  const { rows } = await it.owner.query<{ id: string }>(`select id from outlets where tenant_id = $1 and name = 'Ясный'`, [large.tenantId])
  const beyond = rows.find(({ id }) => !shown.has(id))?.id ?? ''
  const other = await it.dealer()
  const find = (asked: Parameters<typeof namedPlaces>[1]): Promise<string[]> =>
    it.job(large, 'mail', async (ctx) => (await namedPlaces(ctx, asked)).map(({ id, city }) => (asked.city === undefined ? id : city)))
  assert.deepEqual(await find({ placeId: beyond }), [beyond])
  assert.deepEqual(new Set(await find({ city: 'Абакан' })), new Set(['Абакан']))
  assert.deepEqual([await find({ placeId: other.outletId }), await find({ city: 'Чужой' }), await find({})], [[], [], []])
})
