import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { LmsRequest } from '../../../contract/dnm/lms.ts'
import { week } from '../dealers/some-hours-fixture.ts'
import { ask, closeNetwork, later, look, ok, openNetwork, type NetworkStage } from '../network-stage.ts'
import { fingerprint } from '../../../test/fingerprint.ts'
import type { Person } from '../../../test/stage.ts'

let at: NetworkStage
/** The system of a dealer who is no company of this platform, and whom it asks with. */
let polling: Person
let outletId: string
before(async () => {
  at = await openNetwork()
  const made = await ok(at.timur.post<{ id: string; version: number }>('/network/dealers', { code: 'kama', name: 'Кама-Авто', delivery: 'poll' }))
  const outlet = await ok(
    at.timur.post<{ id: string }>(`/network/dealers/${made.id}/outlets`, {
      name: 'Кама на Победы',
      city: 'Казань',
      address: 'г. Казань, пр. Победы, 1',
      timeZone: 'Europe/Moscow',
      hours: week,
    }),
  )
  outletId = outlet.id
  const key = await ok(at.timur.post<{ token: string }>(`/network/dealers/${made.id}/key`, { version: made.version }))
  polling = machine(key.token)
})
after(closeNetwork)

/** Speaks with a bearer token, as integrations do. */
function machine(token: string): Person {
  const headers = { authorization: `Bearer ${token}` }
  const { stranger } = at.house
  return { ...stranger, get: (path) => stranger.get(path, headers), post: (path, body) => stranger.post(path, body, headers) }
}
const poll = async (status = 1): Promise<LmsRequest[]> => ok(polling.get<never>(`/lms/request?status=${status}`))
const stage = (request: LmsRequest, type: number): number => request.stages.find(({ stage_type_id: each }) => each === type)?.id ?? 0

test('a dealer’s system polls its requests with their people; the first answer is the handing over, and is recorded so', async () => {
  const { leadId, number, phone } = await ask(at, { networkOutletId: outletId })
  await at.settle()
  assert.equal((await look(at.ulyana, leadId)).state, 'offered', 'nothing has left yet')
  const [request] = await poll()
  assert.ok(request)
  assert.deepEqual(
    [request.id, request.status, request.last_name, request.first_name, request.middle_name, request.comment],
    [number, 1, 'Орлова', 'Вера', 'Павловна', 'Хочу посмотреть в субботу'],
  )
  assert.equal(request.phones[0]?.number, phone.replaceAll(/[^+\d]/g, ''))
  assert.deepEqual([request.request_type_id, request.requestType.code, request.stages.map(({ stage_type_id: type }) => type)], [15, 'new_car', [1, 3]])
  const [take] = request.stages
  assert.ok(take && take.time_left > 0 && take.time_left <= 15 * 60 && !take.is_closed)
  const lead = await look(at.ulyana, leadId)
  assert.deepEqual([lead.state, lead.transfers[0]?.state, lead.transfers[0]?.via], ['received', 'done', 'poll'])
  // Only the hour moves at which the key was used.
  const handed = await fingerprint(at.house.owner, { except: ['integration_keys'] })
  assert.deepEqual(
    (await poll()).map(({ id }) => id),
    [number],
    'polled again it is there again',
  )
  await ok(polling.get('/lms/notice'))
  assert.equal(await fingerprint(at.house.owner, { except: ['integration_keys'] }), handed, 'handed over once, it is only looked at')
  const { rows: keys } = await at.house.owner.query<{ key_id: string }>(`select key_id from network_dealers where tenant_id = $1 and code = 'kama'`, [at.veltara.tenantId])
  for (const event of ['network_lead.handed_over', 'person.disclosed'])
    assert.deepEqual(
      (await at.house.events(at.veltara, event)).map(({ actorId }) => actorId),
      [keys[0]?.key_id],
      `${event}: handed over once, to the key that asked`,
    )
  const looks = await at.house.events(at.veltara, 'person.revealed')
  assert.equal(looks.filter(({ personIds }) => personIds.includes(lead.personId ?? '')).length, 2, 'each look leaves its trace')
})

test('that somebody agreed to the importer’s messages is no consent to a dealer’s: its system is never told so (38-ФЗ art. 18 ч.1)', async () => {
  const parts = {
    operator: { name: 'ООО «Вельтара»', address: 'г. Химки, ул. Ленинградская, 39' },
    purpose: 'Сообщения о новых автомобилях.',
    data: ['имя', 'телефон'],
    processors: [],
    operations: ['сбор', 'хранение'],
    methods: 'Автоматизированные.',
    term: 'Один год.',
    withdrawal: 'Письмом оператору.',
  }
  for (const kind of ['advertising_data', 'advertising_sms']) await ok(at.yulia.post('/consent-texts', { kind, parts, validDays: 365 }))
  const { leadId, number } = await ask(at, { networkOutletId: outletId })
  await at.settle()
  const { personId } = await look(at.ulyana, leadId)
  for (const kind of ['advertising_data', 'advertising_sms']) await ok(at.ulyana.post(`/persons/${personId}/consents`, { kind, state: 'given', how: 'staff_call' }))
  const verdict = await ok(at.ulyana.get<{ may: boolean }>(`/persons/${personId}/may-contact?channel=sms&messageKind=advertising`))
  assert.equal(verdict.may, true, 'the importer may write')
  assert.equal((await poll()).find(({ id }) => id === number)?.client_confirm_communication, 0)
})

test('a request has the fields that integrations of dealers read, each of its kind', async () => {
  const { number } = await ask(at, { networkOutletId: outletId })
  await at.settle()
  const request = (await poll()).find(({ id }) => id === number)!
  const keysOf = (of: object): string => Object.keys(of).toSorted().join(' ')
  assert.equal(
    keysOf(request),
    'address assigned_id brand_id business_name campaign_id channel_id client_confirm_communication client_id comment communication_method contact_at created_at dealer_id department_id email first_name id interest_id is_business is_deal is_vip last_name middle_name model_id phones requestType request_type_id source source_id stages status vehicleBrand vehicleModel vin',
  )
  assert.equal(keysOf(request.source), 'code gm_code id name parent_id ref_source_id')
  assert.equal(keysOf(request.requestType), 'code department_id id name show_buy show_credit show_service show_trade_in stages')
  assert.deepEqual(request.stages.map(keysOf), Array(2).fill('code finished_at id is_closed last_time_at request_id result_id stage_type_id time_left'))
  for (const flag of [request.is_business, request.is_deal, request.is_vip, request.communication_method, request.requestType.show_trade_in]) assert.ok(flag === 0 || flag === 1)
})

test('answers drive the clocks: taken, talked, closed; the same answer twice changes nothing', async () => {
  const { leadId, number } = await ask(at, { networkOutletId: outletId })
  await at.settle()
  const request = (await poll()).find(({ id }) => id === number)!
  const answer = (type: number, result: number) =>
    polling.post<{ status: number; details?: object }>(`/lms/request/${number}/stage`, { stage_id: stage(request, type), result_id: result, comment: 'Вера просила позже' })
  assert.equal((await ok(answer(1, 1))).status, 2)
  assert.equal((await look(at.timur, leadId)).state, 'taken')
  assert.equal((await ok(answer(1, 1))).status, 2)
  await ok(answer(3, 2))
  assert.equal((await look(at.timur, leadId)).state, 'contacted')
  assert.deepEqual(
    (await poll(2)).map(({ id }) => id),
    [number],
  )
  assert.equal((await ok(answer(3, 3))).status, 3)
  const closed = await look(at.timur, leadId)
  assert.deepEqual([closed.state, closed.result], ['closed', 'deal'])
  assert.equal((await answer(3, 3)).status, 200)
  assert.equal((await answer(3, 5)).status, 409, 'closed with one result it is not closed with another')
  const [told] = (await poll(3)).filter(({ id }) => id === number)
  assert.deepEqual([told?.last_name, told?.phones, told?.is_deal], [null, [], 1], 'of a closed request the person is told no more')
  const { rows } = await at.house.owner.query(`select 1 from network_leads where id = $1 and network_leads::text like '%Вера%'`, [leadId])
  assert.equal(rows.length, 0, 'the comment is kept nowhere')
})

test('what is wrong is refused by name, and what is not this dealer’s does not exist', async () => {
  const { number } = await ask(at, { networkOutletId: outletId })
  await at.settle()
  const request = (await poll()).find(({ id }) => id === number)!
  const say = (id: number, body: object) => polling.post<{ error: string; fields?: { at: string }[] }>(`/lms/request/${id}/stage`, body)
  const unknown = await say(number, { stage_id: 17, result_id: 1 })
  assert.deepEqual([unknown.status, unknown.body.fields?.[0]?.at], [422, 'stage_id'])
  const mixed = await say(number, { stage_id: stage(request, 1), result_id: 5 })
  assert.deepEqual([mixed.status, mixed.body.fields?.[0]?.at], [422, 'result_id'])
  const theirs = await ask(at, { networkOutletId: at.zvezda.outletId })
  await at.settle()
  const foreign = await say(theirs.number, { stage_id: theirs.number * 10 + 1, result_id: 1 })
  const nothing = await say(999_999_999, { stage_id: 17, result_id: 1 })
  assert.deepEqual([foreign.status, { ...foreign.body, requestId: '' }], [404, { ...nothing.body, requestId: '' }])
  assert.ok(!(await poll()).some(({ id }) => id === theirs.number))
  assert.equal((await polling.get('/lms/request?status=9')).status, 422)
  assert.equal((await at.house.stranger.get('/lms/request')).status, 401)
  assert.equal((await at.ulyana.get('/lms/request')).status, 403)
  assert.equal((await at.site.get('/lms/request')).status, 403, 'a key of another door opens nothing here')
  const loose = await at.house.machine(at.veltara, ['network.poll'])
  assert.equal((await loose.get('/lms/request')).status, 403, 'nor does one that is bound to no dealer')
})

test('who took their consent back before the first poll is not handed over; a request taken back is gone from the next answer', async () => {
  const first = await ask(at, { networkOutletId: outletId })
  await at.settle()
  const { personId } = await look(at.ulyana, first.leadId)
  const card = await ok(at.yulia.get<{ grounds: { id: string }[] }>(`/persons/${personId}`))
  await ok(at.yulia.post(`/persons/${personId}/grounds/${card.grounds[0]?.id}/end`, { reason: 'objection' }))
  assert.ok(!(await poll()).some(({ id }) => id === first.number))
  assert.equal((await look(at.ulyana, first.leadId)).transfers[0]?.state, 'ready')
  const second = await ask(at, { networkOutletId: outletId })
  await at.settle()
  assert.ok((await poll()).some(({ id }) => id === second.number))
  await later(at, 31)
  assert.notEqual((await look(at.ulyana, second.leadId)).dealer, 'Кама-Авто')
  assert.ok(!(await poll()).some(({ id }) => id === second.number))
})

test('a new key revokes the one before it', async () => {
  const { dealers } = await ok(at.timur.get<{ dealers: { id: string; code: string; version: number }[] }>('/network/dealers'))
  const dealer = dealers.find(({ code }) => code === 'kama')!
  const { token } = await ok(at.timur.post<{ token: string }>(`/network/dealers/${dealer.id}/key`, { version: dealer.version }))
  assert.equal((await polling.get('/lms/request')).status, 401)
  polling = machine(token)
  assert.equal((await polling.get('/lms/request')).status, 200)
})
