import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { DealerFigures } from '../../contract/dnm/figures.ts'
import type { NetworkDealer } from '../../contract/dnm/dealer.ts'
import type { NetworkPreview, NetworkRule } from '../../contract/dnm/rule.ts'
import { ask, closeNetwork, later, look, ok, openNetwork, tray, type NetworkStage } from './network-stage.ts'

let at: NetworkStage
before(async () => {
  at = await openNetwork()
})
after(closeNetwork)

type Refused = { error: string; fields?: { at: string; why: string }[]; details?: { state?: string; current?: object } }
const dealerOf = async (id: string): Promise<NetworkDealer> =>
  (await ok(at.timur.get<{ dealers: NetworkDealer[] }>('/network/dealers'))).dealers.find((dealer) => dealer.id === id)!
const preview = (query: string) => ok(at.timur.get<NetworkPreview>(`/network/rules/preview?interest=new_car${query}`))

test('a company of this platform gets nothing before it agrees, and nothing after it has left', async () => {
  const third = await at.house.dealer('Третий')
  const made = await ok(at.timur.post<{ id: string }>('/network/dealers', { code: 'third', name: 'Третий', delivery: 'crm', dealerTenantId: third.tenantId }))
  await at.settle()
  assert.equal((await dealerOf(made.id)).isReady, false)
  const admin = await at.house.hire('administrator', { dealer: third, outletId: null })
  const say = async (state: string): Promise<void> => {
    const { memberships } = await ok(admin.get<{ memberships: { id: string; version: number }[] }>('/network/memberships'))
    await ok(admin.patch(`/network/memberships/${made.id}`, { version: memberships[0]?.version, state, sharesDuplicates: false }))
    await at.settle()
  }
  await say('accepted')
  const joined = await dealerOf(made.id)
  assert.deepEqual([joined.isReady, joined.outlets, joined.sharesDuplicates], [true, 1, false])
  await say('left')
  const left = await dealerOf(made.id)
  assert.deepEqual([left.isReady, left.outlets], [false, 0])
  assert.ok((await at.house.events(at.veltara, 'network_member.edited')).length > 0)
  assert.equal((await at.house.events(third, 'network_member.invited')).length, 1)
  await say('accepted')
  const back = await dealerOf(made.id)
  assert.deepEqual([back.isReady, back.outlets], [true, 1], 'who comes back is open again')
  const { outlets } = await ok(at.timur.get<{ outlets: { id: string; version: number }[] }>(`/network/outlets?dealerId=${made.id}`))
  await ok(at.timur.patch(`/network/outlets/${outlets[0]?.id}`, { version: outlets[0]?.version, isActive: false }))
  await say('left')
  await say('accepted')
  assert.equal((await dealerOf(made.id)).outlets, 0, 'what the network itself has closed stays closed')
  await say('left')
  const seller = await at.house.hire('seller', { dealer: third })
  assert.equal((await seller.patch(`/network/memberships/${made.id}`, { version: 1, state: 'accepted', sharesDuplicates: true })).status, 403)
})

test('the outlets of a dealer follow the hours they keep', async () => {
  const { outlets } = await ok(
    at.timur.get<{ outlets: { id: string; city: string; name: string; isPublished: boolean; version: number }[] }>(`/network/outlets?dealerId=${at.dealers.ural}`),
  )
  assert.deepEqual(
    outlets.map(({ city, name, isPublished }) => [city, name, isPublished]),
    [['Екатеринбург', 'Салон на Урале', true]],
  )
  const outlet = outlets[0]!
  const theirs = await at.timur.patch<Refused>(`/network/outlets/${outlet.id}`, { version: outlet.version, name: 'Иначе' })
  assert.deepEqual([theirs.status, theirs.body.details?.state], [409, 'publishes_itself'])
  await ok(at.timur.patch(`/network/outlets/${outlet.id}`, { version: outlet.version, isActive: false }))
  assert.equal((await preview('')).passedOver.find(({ networkOutletId }) => networkOutletId === outlet.id)?.why, 'inactive')
  await ok(at.timur.patch(`/network/outlets/${outlet.id}`, { version: outlet.version + 1, isActive: true }))
})

test('rules stand in an order, explain what they do, and are refused when they lead nowhere', async () => {
  const make = (more: object) => at.timur.post<{ id: string; version: number } & Refused>('/network/rules', { name: 'Правило', ...more })
  const nowhere = await make({ toDealerId: randomUUID() })
  assert.deepEqual([nowhere.status, nowhere.body.fields], [422, [{ at: 'toDealerId', why: 'unknown' }]])
  const mixed = await make({ toDealerId: at.dealers.zvezda, toNetworkOutletId: at.ural.outletId })
  assert.deepEqual([mixed.status, mixed.body.fields?.[0]?.why], [422, 'of_another_dealer'])
  assert.equal((await make({ name: 'с|чертой' })).status, 422)
  const service = await ok(make({ name: 'Сервис: Звезда', interest: 'service', toDealerId: at.dealers.zvezda }))
  const all = await ok(make({ name: 'Всё: Урал', toDealerId: at.dealers.ural }))
  assert.equal((await preview('')).because, 'rule_dealer|Всё: Урал')
  assert.equal((await ok(at.timur.get<NetworkPreview>('/network/rules/preview?interest=service'))).because, 'rule_dealer|Сервис: Звезда')
  await ok(at.timur.post('/network/rules/order', { ruleIds: [all.id, service.id] }))
  assert.equal((await ok(at.timur.get<NetworkPreview>('/network/rules/preview?interest=service'))).because, 'rule_dealer|Всё: Урал')
  assert.equal((await at.timur.post('/network/rules/order', { ruleIds: [all.id] })).status, 409)
  const wish = await preview(`&networkOutletId=${at.zvezda.outletId}`)
  assert.deepEqual([wish.because, wish.dealer], ['wished_outlet|Салон в Москве', 'Звезда'])
  await ok(at.timur.patch(`/network/rules/${all.id}`, { version: 1, isActive: false }))
  assert.equal((await at.timur.patch(`/network/rules/${all.id}`, { version: 1, name: 'Поздно' })).status, 409)
  assert.equal((await at.timur.patch(`/network/rules/${randomUUID()}`, { version: 1, name: 'Нет' })).status, 404)
  assert.equal((await at.ulyana.patch(`/network/rules/${all.id}`, { version: 2, name: 'Нет' })).status, 403)
  for (const { id, version } of (await ok(at.timur.get<{ rules: NetworkRule[] }>('/network/rules'))).rules) await ok(at.timur.del(`/network/rules/${id}`, { version }))
  assert.equal((await at.house.events(at.veltara, 'network_rule.edited')).length, 6)
})

test('terms hold for the next requests; those that stand keep theirs', async () => {
  const before = await ask(at, { networkOutletId: at.zvezda.outletId })
  await at.settle()
  assert.equal((await at.timur.patch('/network/policies/new_car', { version: 0, takeMinutes: 60, firstContactMinutes: 30 })).status, 422)
  await ok(at.timur.patch('/network/policies/new_car', { version: 0, takeMinutes: 40, firstContactMinutes: 80 }))
  assert.equal((await at.timur.patch('/network/policies/new_car', { version: 0, takeMinutes: 10, firstContactMinutes: 20 })).status, 409)
  const next = await ask(at, { networkOutletId: at.zvezda.outletId })
  await at.settle()
  assert.deepEqual([(await look(at.timur, before.leadId)).clocks?.take.limitMinutes, (await look(at.timur, next.leadId)).clocks?.take.limitMinutes], [15, 40])
  await ok(at.timur.patch('/network/policies/new_car', { version: 1, takeMinutes: 15, firstContactMinutes: 30 }))
})

test('who is full gets no more today; a human may still give one by hand', async () => {
  const { version, todayLeads } = await dealerOf(at.dealers.ural)
  await ok(at.timur.patch(`/network/dealers/${at.dealers.ural}`, { version, dailyCapacity: Math.max(1, todayLeads) }))
  if (todayLeads === 0) {
    await ask(at, { networkOutletId: at.ural.outletId })
    await at.settle()
  }
  const wished = await ask(at, { networkOutletId: at.ural.outletId })
  await at.settle()
  const lead = await look(at.ulyana, wished.leadId)
  assert.equal(lead.dealer, 'Звезда')
  assert.equal((await preview('')).passedOver.find(({ dealer }) => dealer === 'Урал')?.why, 'full')
  await ok(at.ulyana.post(`/network/leads/${wished.leadId}/assign`, { version: lead.version, networkOutletId: at.ural.outletId }))
  await at.settle()
  assert.equal((await look(at.ulyana, wished.leadId)).dealer, 'Урал')
  const now = await dealerOf(at.dealers.ural)
  await ok(at.timur.patch(`/network/dealers/${at.dealers.ural}`, { version: now.version, dailyCapacity: null }))
})

test('acts by hand are refused to whoever may not, to the late, and where there is nothing', async () => {
  const { leadId } = await ask(at, { networkOutletId: at.zvezda.outletId })
  await at.settle()
  const lead = await look(at.ulyana, leadId)
  const path = `/network/leads/${leadId}`
  const give = { version: lead.version, networkOutletId: at.ural.outletId }
  assert.equal((await at.house.stranger.post(`${path}/assign`, give)).status, 401)
  assert.equal((await at.timur.post(`${path}/assign`, give)).status, 403)
  assert.equal((await at.ulyana.post(`${path}/assign`, { ...give, version: 99 })).status, 409)
  const same = await at.ulyana.post<Refused>(`${path}/assign`, { ...give, networkOutletId: at.zvezda.outletId })
  assert.deepEqual([same.status, same.body.details?.state], [409, 'same'])
  const nobody = await at.ulyana.post<Refused>(`${path}/assign`, { ...give, networkOutletId: randomUUID() })
  assert.deepEqual([nobody.status, nobody.body.fields], [422, [{ at: 'networkOutletId', why: 'unknown' }]])
  assert.equal((await at.ulyana.post(`/network/leads/${randomUUID()}/reroute`, { version: 1 })).status, 404)
  const rerouted = await ok(at.ulyana.post<{ version: number }>(`${path}/reroute`, { version: lead.version }))
  await at.settle()
  assert.equal((await look(at.ulyana, leadId)).dealer, 'Урал')
  assert.equal((await at.ulyana.post(`${path}/reroute`, { version: rerouted.version - 1 })).status, 409)
})

test('only a distributor has a network to edit', async () => {
  const regional = await at.house.hire('regional_manager', { dealer: at.zvezda, outletId: null })
  const made = await regional.post<Refused>('/network/dealers', { code: 'x', name: 'Икс', delivery: 'poll' })
  assert.deepEqual([made.status, made.body.details?.state], [409, 'no_distributor'])
  assert.equal((await at.timur.post('/network/dealers', { code: 'zvezda', name: 'Снова', delivery: 'poll' })).status, 409)
  const without = await at.timur.post<Refused>('/network/dealers', { code: 'y', name: 'Игрек', delivery: 'crm' })
  assert.deepEqual([without.status, without.body.fields], [422, [{ at: 'dealerTenantId', why: 'required' }]])
  assert.equal((await at.timur.post('/network/dealers', { code: 'z', name: 'Зет', delivery: 'push', pushUrl: 'ftp://dealer.example/' })).status, 422)
})

test('the dealer that would not be listed any more is refused, with how many fit', async () => {
  await at.house.owner.query(
    `insert into network_dealers (tenant_id, id, code, name, delivery, is_active) select $1, gen_random_uuid(), 'd' || n, 'Ещё', 'poll', false
      from generate_series((select count(*) from network_dealers where tenant_id = $1) + 1, 500) n`,
    [at.timur.dealer.tenantId],
  )
  const over = await at.timur.post<Refused>('/network/dealers', { code: 'over', name: 'Лишний', delivery: 'poll' })
  assert.deepEqual([over.status, over.body.error, over.body.details], [409, 'full', { limit: 500 }])
  await at.house.owner.query(`delete from network_dealers where tenant_id = $1 and name = 'Ещё'`, [at.timur.dealer.tenantId])
})

test('figures come from states and times, every number names its rows, and few people are not told', async () => {
  for (let i = 0; i < 6; i++) await ask(at, { networkOutletId: at.zvezda.outletId, interest: 'test_drive' })
  await at.settle()
  const mine = (await tray(at.anna)).slice(0, 6)
  for (const { id, version } of mine) await ok(at.anna.post(`/leads/${id}/take`, { version }))
  await later(at, 5)
  const period = `since=2027-03-17T00:00:00Z&until=2027-03-19T00:00:00Z`
  type Figures = { total: DealerFigures; dealers: DealerFigures[] }
  const { total, dealers } = await ok(at.timur.get<Figures>(`/network/figures?${period}`))
  const zvezda = dealers.find(({ dealer }) => dealer === 'Звезда')!
  assert.equal(zvezda.takenInTime.value, 6)
  assert.equal(zvezda.takeMedianMinutes, 0)
  const rows = async (query: object): Promise<number> =>
    (await ok(at.timur.get<{ rows: unknown[] }>(`/network/leads?${new URLSearchParams(query as Record<string, string>)}`))).rows.length
  for (const figure of [zvezda.leads, zvezda.burning, zvezda.takenInTime, zvezda.takenLate, zvezda.contacted, total.leads, total.burning])
    assert.equal(await rows(figure.query), figure.value, JSON.stringify(figure.query))
  const ural = dealers.find(({ dealer }) => dealer === 'Урал')!
  assert.ok((ural.leads.value ?? 0) < 5)
  assert.deepEqual([ural.deals.value, ural.takenInTime.value, ural.takeMedianMinutes], [null, null, null])
  const { days } = await ok(at.timur.get<{ days: { dealerId: string; leads: number | null }[] }>(`/network/figures/days?${period}`))
  assert.equal(days.find(({ dealerId }) => dealerId === at.dealers.ural)?.leads, null)
  const { counts } = await ok(at.ulyana.get<{ counts: { open: number; burning: number } }>('/network/leads/counts'))
  assert.equal(counts.open, await rows({ view: 'open', limit: '100' }))
})

test('of more days of dealers than are told the newest are, and the answer says that there are more', async () => {
  const { tenantId } = at.veltara
  await at.house.owner.query(
    `with made as (
      insert into leads (tenant_id, id, source_id, outlet_id, department_kind, interest, assigned_because, received_at)
      select $1, gen_random_uuid(), (select id from lead_sources where tenant_id = $1 limit 1), (select id from outlets where tenant_id = $1 limit 1), 'sales', 'callback', 'by_network', timestamptz '2020-01-01Z' - n * interval '1 day'
      from generate_series(0, 20000) n returning id, number, received_at)
    insert into network_leads (tenant_id, id, number, interest, dealer_id, assigned_because, state, take_minutes, first_contact_minutes, asked_at)
    select $1, id, number, 'callback', $2, '{}', 'closed', 15, 60, received_at from made`,
    [tenantId, at.dealers.ural],
  )
  const told = async (since: string) => ok(at.timur.get<{ days: { day: string }[]; isCut: boolean }>(`/network/figures/days?since=${since}T00:00:00Z&until=2020-01-02T00:00:00Z`))
  const { days, isCut } = await told('1900-01-01')
  assert.deepEqual([days.length, days[0]?.day, isCut], [20_000, '2020-01-01', true])
  assert.equal((await told('2019-12-01')).isCut, false)
})
