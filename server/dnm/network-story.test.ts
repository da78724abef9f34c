import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ask, closeNetwork, later, look, ok, openNetwork, tray, type NetworkStage } from './network-stage.ts'

let at: NetworkStage
before(async () => {
  at = await openNetwork()
})
after(closeNetwork)

const moscow = (): string => at.zvezda.outletId
const yekaterinburg = (): string => at.ural.outletId
const events = async (who: 'veltara' | 'zvezda' | 'ural', event: string, objectId?: string) =>
  (await at.house.events(at[who], event)).filter((each) => objectId === undefined || each.objectId === objectId)

test('a request of the distributor’s site is in the tray of the dealer whom the person chose, with its person under the dealer’s own keys', async () => {
  const { leadId, number } = await ask(at, { networkOutletId: yekaterinburg(), city: 'Москва' })
  await at.settle()
  const lead = await look(at.ulyana, leadId)
  assert.deepEqual([lead.state, lead.dealer, lead.assignedBecause, lead.city], ['received', 'Урал', 'wished_outlet|Салон на Урале', 'Екатеринбург'])
  assert.equal(lead.transfers[0]?.basis, 'contract')
  const [theirs] = await tray(at.boris)
  assert.ok(theirs)
  assert.equal(theirs.source, 'Импортёр')
  assert.equal(lead.dealerLeadNumber, theirs.number)
  assert.match(theirs.masked.name, /^Орлова/)
  const held = await ok(at.boris.get<{ grounds: { basis: string }[] }>(`/persons/${theirs.personId}`))
  assert.deepEqual(
    held.grounds.map(({ basis }) => basis),
    ['contract'],
  )
  const { text } = await ok(at.boris.post<{ text: string }>(`/leads/${theirs.id}/comment`))
  assert.equal(text, 'Хочу посмотреть в субботу')
  assert.notEqual(theirs.personId, lead.personId)
  const beside = await ok(at.boris.get<{ transfer: { number: number; distributor: string } }>(`/leads/${theirs.id}/network`))
  assert.deepEqual([beside.transfer.number, beside.transfer.distributor], [number, 'Вельтара'])
  const [handed] = await events('veltara', 'network_lead.handed_over', leadId)
  assert.deepEqual(handed?.personIds, [lead.personId])
  assert.equal((await events('veltara', 'person.disclosed')).at(-1)?.details.recipientTenantId, at.ural.tenantId)
  assert.equal((await events('ural', 'network_lead.received', theirs.id)).length, 1)
  assert.deepEqual(
    (await tray(at.ulyana)).filter(({ id }) => id === leadId),
    [],
    'it is no longer the distributor’s to answer',
  )
})

test('what somebody typed for a city that the network does not know lies in no queue', async () => {
  const { leadId } = await ask(at, { city: 'у Веры Орловой, ул. Мира, 5' })
  const { rows } = await at.house.owner.query<{ payload: { city: string | null } }>(
    `select payload from graphile_worker._private_jobs where payload ->> 'leadId' = $1 and payload::jsonb ? 'city'`,
    [leadId],
  )
  assert.deepEqual(
    rows.map(({ payload }) => payload.city),
    [null],
  )
  await at.settle()
  assert.equal((await look(at.ulyana, leadId)).city, null)
})

test('without a wish the city decides, and then who has the least in hand', async () => {
  const { leadId } = await ask(at, { city: 'г.МОСКВА' })
  await at.settle()
  const lead = await look(at.ulyana, leadId)
  assert.deepEqual([lead.dealer, lead.city], ['Звезда', 'Москва'])
  assert.match(lead.assignedBecause, /^city_least\|Москва\|\d+$/)
})

test('what the dealer does is seen at the distributor by number: states and times, no person and no colleague', async () => {
  const { leadId } = await ask(at, { networkOutletId: moscow() })
  await at.settle()
  const [theirs] = await tray(at.anna)
  assert.ok(theirs)
  await ok(at.anna.post(`/leads/${theirs.id}/take`, { version: theirs.version }))
  await at.settle()
  assert.equal((await look(at.timur, leadId)).state, 'taken')
  await ok(at.anna.post('/interactions', { personId: theirs.personId, kind: 'call_out', result: 'talked', text: 'Перезвонить Вере' }))
  await at.settle()
  const contacted = await look(at.timur, leadId)
  assert.equal(contacted.state, 'contacted')
  assert.equal(contacted.clocks?.firstContact.state, 'done')
  assert.ok(!JSON.stringify(contacted).includes(at.anna.employeeId))
  const [open] = (await tray(at.anna)).filter(({ id }) => id === theirs.id)
  const deal = await ok(at.zoya.post<{ id: string; number: number }>('/deals', { leadId: theirs.id, leadVersion: open?.version }))
  await at.settle()
  const closed = await look(at.timur, leadId)
  assert.deepEqual([closed.state, closed.result, closed.clientDmsId], ['closed', 'deal', String(deal.number)])
  const own = await ok(at.ulyana.get<{ status: string; result: string }>(`/leads/${leadId}`))
  assert.deepEqual([own.status, own.result], ['closed', 'deal'], 'the purpose is reached at the distributor as well')
  const card = await ok(at.ulyana.get<{ destroyAfter: string | null }>(`/persons/${closed.personId}`))
  assert.ok(card.destroyAfter, 'and the term of its ground runs')
})

test('the clocks go in the dealer’s hours: late to take is brought before the lead desk, late to answer goes to the next dealer', async () => {
  const { leadId } = await ask(at, { networkOutletId: moscow() })
  await at.settle()
  const mine = (await tray(at.anna))[0]
  assert.ok(mine)
  await later(at, 16)
  const late = await look(at.ulyana, leadId)
  assert.deepEqual([late.dealer, late.state, late.escalatedAt !== null], ['Звезда', 'received', true])
  assert.ok((await ok(at.ulyana.get<{ rows: { id: string }[] }>('/network/leads?view=burning'))).rows.some(({ id }) => id === leadId))
  await later(at, 15)
  const moved = await look(at.ulyana, leadId)
  assert.deepEqual([moved.dealer, moved.state, moved.attempts], ['Урал', 'received', 2])
  assert.deepEqual(moved.moves.map(({ kind }) => kind).sort(), ['assigned', 'rerouted', 'taken_back'])
  const first = await ok(at.anna.get<{ status: string; result: string; personId: string }>(`/leads/${mine.id}`))
  assert.deepEqual([first.status, first.result], ['closed', 'taken_back'])
  const held = await ok(at.zoya.get<{ state: string; grounds: { endedReason: string | null }[] }>(`/persons/${first.personId}`))
  assert.deepEqual([held.state, held.grounds[0]?.endedReason], ['no_ground', 'purpose_reached'])
  assert.equal((await events('zvezda', 'lead.taken_back', mine.id)).length, 1)
  assert.equal((await events('veltara', 'network_lead.taken_back', leadId)).length, 1)
  const again = await at.anna.post<{ details: { state: string } }>(`/leads/${mine.id}/reopen`, { version: mine.version + 1 })
  assert.deepEqual([again.status, again.body.details.state], [409, 'taken_back'])
  assert.ok((await tray(at.boris)).some(({ number }) => number === moved.dealerLeadNumber))
})

test('when nobody answers the lead desk has it again, with everything that was tried', async () => {
  const { leadId } = await ask(at, { networkOutletId: moscow() })
  await at.settle()
  for (let i = 0; i < 3; i++) {
    await later(at, 31)
  }
  const lead = await look(at.ulyana, leadId)
  assert.deepEqual([lead.state, lead.unroutedBecause, lead.dealer], ['unrouted', 'no_dealer', null])
  assert.ok(
    (await tray(at.ulyana)).some(({ id }) => id === leadId),
    'in the distributor’s own tray',
  )
  const given = await at.ulyana.post<{ version: number }>(`/network/leads/${leadId}/assign`, { version: lead.version, networkOutletId: moscow() })
  assert.equal(given.status, 200, JSON.stringify(given.body))
  await at.settle()
  const back = await look(at.ulyana, leadId)
  assert.deepEqual([back.dealer, back.state, back.assignedBecause], ['Звезда', 'received', 'by_hand'])
  assert.equal(back.moves[0]?.byId, at.ulyana.employeeId)
  assert.equal((await tray(at.anna)).filter(({ number }) => number === back.dealerLeadNumber).length, 1, 'the second time is a request of its own there')
})

test('a dispute stops the clocks; accepted, its time is taken out of them', async () => {
  const { leadId } = await ask(at, { networkOutletId: moscow() })
  await at.settle()
  const [mine] = await tray(at.anna)
  assert.ok(mine)
  assert.equal((await at.anna.post(`/leads/${mine.id}/dispute`, { reason: 'not_ours' })).status, 403)
  await ok(at.zoya.post(`/leads/${mine.id}/dispute`, { reason: 'not_ours', evidence: ['calls_recorded'] }))
  await at.settle()
  assert.equal((await look(at.timur, leadId)).state, 'disputed')
  assert.equal((await at.zoya.post(`/leads/${mine.id}/dispute`, { reason: 'spam' })).status, 409)
  await later(at, 40)
  assert.equal((await look(at.timur, leadId)).dealer, 'Звезда', 'while it waits nothing runs out')
  const { rows } = await ok(at.timur.get<{ rows: { id: string; version: number; networkLeadId: string }[] }>('/network/disputes'))
  const dispute = rows.find((row) => row.networkLeadId === leadId)
  assert.ok(dispute)
  assert.equal((await at.ulyana.post(`/network/disputes/${dispute.id}/decide`, { version: dispute.version, isAccepted: true, decision: 'confirmed' })).status, 403)
  assert.equal((await at.timur.post(`/network/disputes/${dispute.id}/decide`, { version: dispute.version, isAccepted: true, decision: 'too_late' })).status, 422)
  await ok(at.timur.post(`/network/disputes/${dispute.id}/decide`, { version: dispute.version, isAccepted: true, decision: 'confirmed' }))
  await at.settle()
  const lead = await look(at.timur, leadId)
  assert.deepEqual([lead.state, lead.excusedMinutes >= 40, lead.clocks?.take.state], ['received', true, 'running'])
  const beside = await ok(at.zoya.get<{ transfer: { dispute: { state: string; decision: string } } }>(`/leads/${mine.id}/network`))
  assert.deepEqual([beside.transfer.dispute.state, beside.transfer.dispute.decision], ['accepted', 'confirmed'])
  assert.equal((await events('veltara', 'dispute.decided', dispute.id)).length, 1)
  assert.equal((await events('zvezda', 'dispute.opened', mine.id)).length, 1)
  const late = await at.timur.post(`/network/disputes/${dispute.id}/decide`, { version: dispute.version + 1, isAccepted: false, decision: 'no_evidence' })
  assert.equal(late.status, 409)
})

test('each other’s ids are nothing to the other company, and the distributor has no way to the dealer’s people', async () => {
  const { leadId } = await ask(at, { networkOutletId: moscow() })
  await at.settle()
  const [mine] = await tray(at.anna)
  assert.ok(mine)
  const told = ({ status, body }: { status: number; body: object }) => [status, { ...body, requestId: '' }]
  const never = '00000000-0000-4000-8000-00000000abcd'
  assert.deepEqual(told(await at.ulyana.get(`/leads/${mine.id}`)), told(await at.ulyana.get(`/leads/${never}`)))
  assert.deepEqual(told(await at.ulyana.get(`/persons/${mine.personId}`)), told(await at.ulyana.get(`/persons/${never}`)))
  assert.deepEqual(told(await at.zoya.get(`/network/leads/${leadId}`)), told(await at.zoya.get(`/network/leads/${never}`)))
  assert.deepEqual(told(await at.nina.post(`/leads/${mine.id}/dispute`, { reason: 'spam' })), told(await at.nina.post(`/leads/${never}/dispute`, { reason: 'spam' })))
  assert.equal((await at.zoya.get<{ rows: [] }>('/network/leads?view=all')).body.rows.length, 0)
  assert.equal((await at.house.stranger.get('/network/leads')).status, 401)
  assert.equal((await at.anna.get('/network/leads')).status, 403)
})
