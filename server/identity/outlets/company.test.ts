import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Reply, type Stage } from '../../../test/stage.ts'

type Refused = { error: string; requestId?: string; fields?: { at: string; why: string }[]; details?: { current?: Record<string, unknown> } }
type Outlet = {
  id: string
  name: string
  timeZone: string
  version: number
  hours: Record<string, [string, string] | null>
  departments: { id: string; name: string; kind: string; version: number }[]
}
type Changed = { id: string; version: number }

const day = ['09:00', '20:00']
const hours = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: ['10:00', '24:00'], sun: null }
const salon = { name: 'Салон на Ленина', address: 'Екатеринбург, пр. Ленина, 1', timeZone: 'Asia/Yekaterinburg', hours }
const company = { name: 'ООО «Ромашка»', inn: '7707083893', kpp: '773601001', ogrn: '1027700132195', address: 'Москва, ул. Новая, 1' }

let house: Stage
const ends = openEnds()
before(async () => void (house = await stage(ends)))
after(ends.close)
const plainly = ({ status, body }: Reply<Refused>): unknown => [status, { ...body, requestId: '' }]
const first = ({ status, body }: Reply<Refused>): unknown => [status, body.fields?.[0]?.at]

test('the administrator corrects the details of the company; everybody reads them, and the log says what changed', async () => {
  const dealer = await house.dealer()
  const [chief, boris] = [await house.hire('administrator', { dealer }), await house.hire('seller', { dealer })]
  const edited = await chief.patch<Changed>('/tenant', { ...company, version: 1 })
  assert.deepEqual([edited.status, edited.body.version], [200, 2], JSON.stringify(edited.body))
  const { body } = await boris.get<{ name: string; kpp: string; kind: string }>('/tenant')
  assert.deepEqual([body.name, body.kpp, body.kind], [company.name, company.kpp, 'dealer'])
  const lost = await chief.patch<Refused>('/tenant', { ...company, name: 'ООО «Лютик»', version: 1 })
  assert.deepEqual([lost.status, lost.body.error, lost.body.details?.current?.name], [409, 'stale', company.name])
  const [said] = await house.events(dealer, 'tenant.edited')
  assert.deepEqual([said?.actorId, said?.details.changed], [chief.employeeId, 'name,kpp,address'])
})

test('numbers that no register could hold are refused by name, and forms are not mixed', async () => {
  const chief = await house.hire('administrator', { dealer: await house.dealer() })
  const wrong = async (more: Record<string, unknown>): Promise<unknown> => first(await chief.patch<Refused>('/tenant', { ...company, ...more, version: 1 }))
  assert.deepEqual(await wrong({ inn: '7707083894' }), [422, 'inn'])
  assert.deepEqual(await wrong({ kpp: '77360100' }), [422, 'kpp'])
  assert.deepEqual(await wrong({ kpp: null }), [422, 'kpp'])
  assert.deepEqual(await wrong({ ogrn: '1027700132196' }), [422, 'ogrn'])
  assert.deepEqual(await wrong({ ogrn: '304500116000157' }), [422, 'ogrn'])
  assert.deepEqual(await wrong({ inn: '500100732259', ogrn: '304500116000157' }), [422, 'kpp'])
  const entrepreneur = await chief.patch('/tenant', { ...company, inn: '500100732259', ogrn: '304500116000157', kpp: null, version: 1 })
  assert.equal(entrepreneur.status, 200)
})

test('a new outlet opens with its zone, hours and departments, and is changed by one hand at a time', async () => {
  const chief = await house.hire('administrator')
  house.clock.forward(90 * 60_000)
  const made = await chief.post<Changed>('/outlets', salon)
  assert.equal(made.status, 200, JSON.stringify(made.body))
  // The oldest outlet gives the company its clock, so its age is told by the act.
  const { rows } = await house.owner.query<{ created_at: Date }>('select created_at from outlets where id = $1', [made.body.id])
  assert.ok(Math.abs(Number(rows[0]?.created_at) - house.clock.now.getTime()) < 60_000)
  const sales = await chief.post<Changed>(`/outlets/${made.body.id}/departments`, { kind: 'sales', name: 'Продажи' })
  assert.equal(sales.status, 200)
  assert.equal((await chief.patch(`/departments/${sales.body.id}`, { name: 'Отдел продаж', version: 1 })).status, 200)
  assert.equal((await chief.patch(`/departments/${sales.body.id}`, { name: 'Отдел', version: 1 })).status, 409)
  const edited = await chief.patch<Changed>(`/outlets/${made.body.id}`, { ...salon, name: 'Салон на Мира', version: 1 })
  assert.deepEqual([edited.status, edited.body.version], [200, 2])
  const lost = await chief.patch<Refused>(`/outlets/${made.body.id}`, { ...salon, version: 1 })
  assert.deepEqual([lost.status, lost.body.details?.current?.name], [409, 'Салон на Мира'])
  const { body } = await chief.get<{ outlets: Outlet[] }>('/outlets')
  const shown = body.outlets.find(({ id }) => id === made.body.id)
  assert.deepEqual([shown?.name, shown?.timeZone, shown?.hours.sat, shown?.hours.sun], ['Салон на Мира', 'Asia/Yekaterinburg', ['10:00', '24:00'], null])
  assert.deepEqual(
    shown?.departments.map(({ name, version }) => [name, version]),
    [['Отдел продаж', 2]],
  )
  const said = (await house.events(chief.dealer)).map(({ event }) => event)
  for (const event of ['outlet.created', 'outlet.edited', 'department.created', 'department.edited']) assert.ok(said.includes(event), event)
})

test('hours that cannot be kept and zones that are none are refused by name', async () => {
  const chief = await house.hire('administrator')
  const wrong = async (more: Record<string, unknown>): Promise<unknown> => first(await chief.post<Refused>('/outlets', { ...salon, ...more }))
  assert.deepEqual(await wrong({ timeZone: 'Moscow/Time' }), [422, 'timeZone'])
  assert.deepEqual(await wrong({ timeZone: '+03:00' }), [422, 'timeZone'])
  assert.deepEqual(await wrong({ hours: { ...hours, mon: ['20:00', '09:00'] } }), [422, 'hours.mon'])
  assert.deepEqual(await wrong({ hours: { ...hours, mon: ['25:00', '26:00'] } }), [422, 'hours.mon.0'])
  assert.deepEqual(await wrong({ hours: { mon: null, tue: null, wed: null, thu: null, fri: null, sat: null, sun: null } }), [422, 'hours'])
  assert.deepEqual(await wrong({ name: '' }), [422, 'name'])
})

test('nobody, the wrong role and another company’s administrator change nothing', async () => {
  const [boris, stranger] = [await house.hire('seller'), await house.hire('administrator', { dealer: await house.dealer() })]
  const { outletId, departments } = boris.dealer
  assert.equal((await house.stranger.get('/outlets')).status, 401)
  assert.equal((await boris.post('/outlets', salon)).status, 403)
  assert.equal((await boris.patch('/tenant', { ...company, version: 1 })).status, 403)
  assert.deepEqual(
    plainly(await stranger.patch(`/outlets/${outletId}`, { ...salon, version: 1 })),
    plainly(await stranger.patch(`/outlets/${randomUUID()}`, { ...salon, version: 1 })),
  )
  assert.deepEqual(
    plainly(await stranger.post(`/outlets/${outletId}/departments`, { kind: 'sales', name: 'Чужой' })),
    plainly(await stranger.post(`/outlets/${randomUUID()}/departments`, { kind: 'sales', name: 'Чужой' })),
  )
  assert.deepEqual(
    plainly(await stranger.patch(`/departments/${departments.sales}`, { name: 'Чужой', version: 1 })),
    plainly(await stranger.patch(`/departments/${randomUUID()}`, { name: 'Чужой', version: 1 })),
  )
})

test('the outlet, department and key that would not be shown any more are refused by name', async () => {
  const chief = await house.hire('administrator', { dealer: await house.dealer() })
  const { tenantId, outletId } = chief.dealer
  const fill = (text: string, values: unknown[]): Promise<unknown> => house.owner.query(text, values)
  await fill(
    `insert into outlets (tenant_id, id, name, address, time_zone, hours) select $1, gen_random_uuid(), 'Салон ' || n, 'Москва', 'Europe/Moscow', $2
      from generate_series((select count(*) from outlets where tenant_id = $1) + 1, 199) n`,
    [tenantId, JSON.stringify(hours)],
  )
  assert.equal((await chief.post('/outlets', salon)).status, 200)
  const oneMore = await chief.post<Refused>('/outlets', { ...salon, name: 'Лишний' })
  assert.deepEqual([oneMore.status, oneMore.body.error, oneMore.body.details], [409, 'full', { limit: 200 }])
  for (const whole of ['/outlets', '/me']) assert.equal((await chief.get<{ outlets: unknown[] }>(whole)).body.outlets.length, 200, whole)
  await fill(
    `insert into departments (tenant_id, id, outlet_id, kind, name) select $1, gen_random_uuid(), $2, 'sales', 'Отдел ' || n
      from generate_series((select count(*) from departments where tenant_id = $1) + 1, 2000) n`,
    [tenantId, outletId],
  )
  assert.deepEqual((await chief.post<Refused>(`/outlets/${outletId}/departments`, { kind: 'sales', name: 'Лишний' })).body.error, 'full')
  await fill(
    `insert into integration_keys (tenant_id, id, name, token_hash, scopes, created_by) select $1, gen_random_uuid(), 'Сайт', decode(md5(n::text), 'hex'), '{lead.intake}', $2 from generate_series(1, 200) n`,
    [tenantId, chief.employeeId],
  )
  const key = { name: 'Лишний', scopes: ['lead.intake'] }
  assert.deepEqual((await chief.post<Refused>('/integration-keys', key)).body.error, 'full')
  await fill('update integration_keys set revoked_at = now() where id = (select id from integration_keys where tenant_id = $1 limit 1)', [tenantId])
  assert.equal((await chief.post('/integration-keys', key)).status, 200)
  const { keys } = (await chief.get<{ keys: { revokedAt: string | null }[] }>('/integration-keys')).body
  assert.deepEqual([keys.length, keys.filter(({ revokedAt }) => revokedAt !== null).length], [200, 0])
})
