import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'

type Row = {
  id: string
  number: number
  personId: string
  stage: string
  lostReason: string | null
  amountKopecks: number | null
  modelId: string | null
  closedAt: string | null
  responsibleId: string
  version: number
}
type Card = Row & { masked: { name: string } | null; moves: { from: string; to: string; undoneAt: string | null }[]; undoUntil: string | null }
type After = { id: string; version: number; stage: string; personId: string }
type Board = { columns: { stage: string; count: number; sumKopecks: number; rows: Row[]; nextCursor: string | null }[] }
type Refused = { error: string; fields: { at: string; why: string }[]; details: { state: string; current: { version: number } }; requestId: string }

let house: Stage
const ends = openEnds()
before(async () => void (house = await stage(ends)))
after(ends.close)
let phones = 0
const aClient = async (who: Person): Promise<string> => {
  const { body } = await who.post<{ id: string }>('/persons', {
    contact: { fullName: 'Орлова Нина', phones: [`+7 999 310 ${String(++phones).padStart(4, '0')}`] },
    ground: { activityCode: 'lead', basis: 'contract' },
  })
  return body.id
}
const aDeal = async (who: Person, more: object = {}): Promise<After> => {
  const opened = await who.post<After>('/deals', { personId: await aClient(who), ...more })
  assert.equal(opened.status, 200, JSON.stringify(opened.body))
  return opened.body
}
const column = (board: Board, name: string): Board['columns'][number] => board.columns.find(({ stage: its }) => its === name)!
const destroyAfter = async (who: Person, personId: string): Promise<string | null> => (await who.get<{ destroyAfter: string | null }>(`/persons/${personId}`)).body.destroyAfter

test('a lead becomes a working list: the lead is closed with a deal, the client is held on for it, everything is on the record', async () => {
  const ivan = await house.hire('seller', { dealer: await house.dealer('Из лида') })
  const lead = await ivan.post<{ leadId: string; personId: string }>('/leads', {
    sourceId: ivan.dealer.sources.phone,
    interest: 'new_car',
    contact: { fullName: 'Петрова Мария', phones: ['+7 999 311 22 33'] },
  })
  assert.equal(lead.status, 200, JSON.stringify(lead.body))
  const { body: tray } = await ivan.get<{ rows: { id: string; version: number }[] }>('/leads')
  const { version } = tray.rows.find(({ id }) => id === lead.body.leadId)!
  const opened = await ivan.post<After & { number: number }>('/deals', { leadId: lead.body.leadId, leadVersion: version, modelId: ivan.dealer.modelId, amountKopecks: 250_000_000 })
  assert.equal(opened.status, 200, JSON.stringify(opened.body))
  assert.equal(opened.body.personId, lead.body.personId)
  const again = await ivan.post<Refused>('/deals', { leadId: lead.body.leadId, leadVersion: version })
  assert.deepEqual([again.status, again.body.error], [409, 'stale'])
  const closed = await ivan.get<{ rows: { id: string; result: string }[] }>('/leads?view=closed')
  assert.deepEqual(
    closed.body.rows.map(({ id, result }) => [id, result]),
    [[lead.body.leadId, 'deal']],
  )
  const person = await ivan.get<{ destroyAfter: string | null; grounds: { activityCode: string; until: string | null }[] }>(`/persons/${lead.body.personId}`)
  assert.equal(person.body.destroyAfter, null, 'while the deal lives nobody is to be destroyed')
  assert.deepEqual(person.body.grounds.map(({ activityCode, until }) => [activityCode, until === null]).sort(), [
    ['lead', false],
    ['lead', true],
  ])
  const card = await ivan.get<Card>(`/deals/${opened.body.id}`)
  assert.deepEqual([card.body.masked?.name, card.body.stage, card.body.amountKopecks], ['Петрова М.', 'contact', 250_000_000])
  const said = await house.events(ivan.dealer)
  for (const event of ['deal.opened', 'lead.closed', 'ground.added', 'person.listed'])
    assert.ok(
      said.some((one) => one.event === event),
      event,
    )
  assert.deepEqual(said.find(({ event }) => event === 'deal.opened')?.personIds, [lead.body.personId])
})

test('a working list moves over the board, is lost with a reason, and the move is taken back within ten minutes', async () => {
  const ivan = await house.hire('seller')
  const deal = await aDeal(ivan)
  const moved = await ivan.post<After>(`/deals/${deal.id}/move`, { version: 1, stage: 'visit' })
  assert.deepEqual([moved.status, moved.body.version, moved.body.stage], [200, 2, 'visit'], JSON.stringify(moved.body))
  const unpainted = await ivan.post<Refused>(`/deals/${deal.id}/move`, { version: 2, stage: 'test_drive' })
  assert.deepEqual([unpainted.status, unpainted.body.error], [409, 'no_evidence'], 'no stage without its evidence')
  const silent = await ivan.post<Refused>(`/deals/${deal.id}/move`, { version: 2, stage: 'lost' })
  assert.deepEqual([silent.status, silent.body.fields[0]?.at], [422, 'lostReason'])
  const empty = await ivan.patch<Refused>(`/deals/${deal.id}`, { version: 2 })
  assert.deepEqual([empty.status, empty.body.fields], [422, [{ at: 'amountKopecks', why: 'nothing_to_change' }]])
  const lost = await ivan.post<After>(`/deals/${deal.id}/move`, { version: 2, stage: 'lost', lostReason: 'price' })
  assert.equal(lost.status, 200, JSON.stringify(lost.body))
  const card = await ivan.get<Card>(`/deals/${deal.id}`)
  assert.deepEqual([card.body.stage, card.body.lostReason, card.body.closedAt === null, card.body.undoUntil === null], ['lost', 'price', false, false])
  const held = await ivan.get<{ grounds: { activityCode: string; until: string | null }[] }>(`/persons/${deal.personId}`)
  assert.notEqual(held.body.grounds.find(({ activityCode }) => activityCode === 'lead')?.until, null, 'the term begins')
  const undone = await ivan.post<After>(`/deals/${deal.id}/undo`, { version: 3 })
  assert.deepEqual([undone.status, undone.body.stage], [200, 'visit'], JSON.stringify(undone.body))
  const after = await ivan.get<Card>(`/deals/${deal.id}`)
  assert.deepEqual([after.body.stage, after.body.lostReason, after.body.closedAt], ['visit', null, null])
  assert.deepEqual(
    after.body.moves.map(({ to, undoneAt }) => [to, undoneAt !== null]),
    [
      ['lost', true],
      ['visit', false],
    ],
  )
  assert.equal(await destroyAfter(ivan, deal.personId), null)
  const said = (await house.events(ivan.dealer)).filter(({ objectId }) => objectId === deal.id).map(({ event }) => event)
  assert.deepEqual(said, ['deal.opened', 'deal.moved', 'deal.closed', 'deal.undone'])
})

test('a reopened deal loses its reason and its undo gives it back; what is won stays won', async () => {
  const ivan = await house.hire('seller')
  const deal = await aDeal(ivan)
  await ivan.post(`/deals/${deal.id}/move`, { version: 1, stage: 'lost', lostReason: 'competitor' })
  const reopened = await ivan.post<After>(`/deals/${deal.id}/move`, { version: 2, stage: 'offer' })
  assert.equal(reopened.status, 200, JSON.stringify(reopened.body))
  assert.equal((await ivan.get<Card>(`/deals/${deal.id}`)).body.lostReason, null)
  assert.equal(await destroyAfter(ivan, deal.personId), null)
  await ivan.post(`/deals/${deal.id}/undo`, { version: 3 })
  const lost = await ivan.get<Card>(`/deals/${deal.id}`)
  assert.deepEqual([lost.body.stage, lost.body.lostReason, lost.body.closedAt === null], ['lost', 'competitor', false])
  assert.equal((await ivan.post(`/deals/${deal.id}/move`, { version: 4, stage: 'won' })).status, 200)
  const back = await ivan.post<Refused>(`/deals/${deal.id}/move`, { version: 5, stage: 'offer' })
  assert.deepEqual([back.status, back.body.details.state], [409, 'won'])
  const edited = await ivan.patch<Refused>(`/deals/${deal.id}`, { version: 5, amountKopecks: 1 })
  assert.deepEqual([edited.status, edited.body.error], [409, 'wrong_state'])
})

test('a sale that is taken back holds the client for the sale no more', async () => {
  const ivan = await house.hire('seller')
  const deal = await aDeal(ivan)
  const grounds = async () => (await ivan.get<{ grounds: { activityCode: string; until: string | null; endedAt: string | null }[] }>(`/persons/${deal.personId}`)).body.grounds
  assert.equal((await ivan.post(`/deals/${deal.id}/move`, { version: 1, stage: 'won' })).status, 200)
  assert.ok((await grounds()).some(({ activityCode, endedAt, until }) => activityCode === 'sale' && endedAt === null && until !== null))
  assert.equal((await ivan.post(`/deals/${deal.id}/undo`, { version: 2 })).status, 200)
  assert.deepEqual([...new Set((await grounds()).filter(({ endedAt }) => endedAt === null).map(({ activityCode }) => activityCode))], ['lead'])
  assert.equal(await destroyAfter(ivan, deal.personId), null)
  assert.ok((await house.events(ivan.dealer, 'ground.ended')).some(({ personIds }) => personIds.includes(deal.personId)))
  assert.equal((await ivan.post(`/deals/${deal.id}/move`, { version: 3, stage: 'won' })).status, 200, 'and it can be won again')
  assert.equal((await grounds()).filter(({ activityCode, endedAt }) => activityCode === 'sale' && endedAt === null).length, 1)
})

test('after ten minutes a move stays, and a colleague does not take it back', async (t) => {
  const own = await stage(t)
  const [ivan, zoya, oleg] = [await own.hire('seller'), await own.hire('head_of_sales'), await own.hire('seller')]
  const person = await ivan.post<{ id: string }>('/persons', {
    contact: { fullName: 'Орлова Нина', phones: ['+79993120001'] },
    ground: { activityCode: 'lead', basis: 'contract' },
  })
  const { body: deal } = await ivan.post<After>('/deals', { personId: person.body.id })
  await zoya.post(`/deals/${deal.id}/move`, { version: 1, stage: 'visit' })
  assert.equal((await oleg.post(`/deals/${deal.id}/undo`, { version: 2 })).status, 404)
  const notMine = await ivan.post<Refused>(`/deals/${deal.id}/undo`, { version: 2 })
  assert.deepEqual([notMine.status, notMine.body.error], [409, 'wrong_state'])
  own.clock.forward(10 * 60_000 + 1)
  const late = await zoya.post<Refused>(`/deals/${deal.id}/undo`, { version: 2 })
  assert.deepEqual([late.status, late.body.details.state], [409, 'too_late'])
})

test('the board counts and sums what the asker sees, pages each column, and names people once', async () => {
  const dealer = await house.dealer('Доска')
  const [ivan, oleg, zoya] = [await house.hire('seller', { dealer }), await house.hire('seller', { dealer }), await house.hire('head_of_sales', { dealer })]
  const mine = [await aDeal(ivan, { amountKopecks: 100_00 }), await aDeal(ivan, { amountKopecks: 200_00 }), await aDeal(ivan)]
  await aDeal(oleg, { amountKopecks: 400_00 })
  const his = await ivan.get<Board>('/deals/board?perStage=2')
  const contact = column(his.body, 'contact')
  assert.deepEqual([contact.count, contact.sumKopecks, contact.rows.map(({ id }) => id)], [3, 300_00, [mine[2]!.id, mine[1]!.id]])
  const rest = await ivan.get<{ rows: Row[]; nextCursor: string | null }>(`/deals?stage=contact&limit=2&cursor=${contact.nextCursor}`)
  assert.deepEqual([rest.body.rows.map(({ id }) => id), rest.body.nextCursor], [[mine[0]!.id], null])
  const all = await zoya.get<Board>('/deals/board')
  assert.deepEqual([column(all.body, 'contact').count, column(all.body, 'contact').sumKopecks], [4, 700_00])
  const named = await oleg.post<{ names: { dealId: string; masked: { name: string } | null }[] }>('/deals/names', { dealIds: mine.map(({ id }) => id) })
  assert.deepEqual([named.status, named.body.names], [200, []], 'a colleague’s clients have no names here')
  const own = await ivan.post<{ names: { dealId: string; masked: { name: string } | null }[] }>('/deals/names', { dealIds: mine.map(({ id }) => id) })
  assert.deepEqual(
    own.body.names.map(({ masked }) => masked?.name),
    ['Орлова Н.', 'Орлова Н.', 'Орлова Н.'],
  )
})

test('amount and model are edited, a lost update shows what stands there, and the list is handed over with its client', async () => {
  const [ivan, oleg, anna] = [await house.hire('seller'), await house.hire('seller'), await house.hire('operator')]
  const deal = await aDeal(ivan)
  const edited = await ivan.patch<After>(`/deals/${deal.id}`, { version: 1, amountKopecks: 99_00, modelId: ivan.dealer.modelId })
  assert.deepEqual([edited.status, edited.body.version], [200, 2], JSON.stringify(edited.body))
  const stale = await ivan.patch<Refused>(`/deals/${deal.id}`, { version: 1, amountKopecks: 1 })
  assert.deepEqual([stale.status, stale.body.error, stale.body.details.current.version], [409, 'stale', 2])
  await ivan.post('/tasks', { personId: deal.personId, dealId: deal.id, kind: 'call', dueAt: new Date(house.clock.now.getTime() + 3_600_000).toISOString() })
  const toAnna = await ivan.post<Refused>(`/deals/${deal.id}/assign`, { version: 2, employeeId: anna.employeeId })
  assert.deepEqual([toAnna.status, toAnna.body.fields], [422, [{ at: 'employeeId', why: 'no_right' }]])
  const given = await ivan.post<After>(`/deals/${deal.id}/assign`, { version: 2, employeeId: oleg.employeeId })
  assert.equal(given.status, 200, JSON.stringify(given.body))
  assert.equal((await ivan.get(`/deals/${deal.id}`)).status, 404)
  const his = await oleg.get<Card>(`/deals/${deal.id}`)
  assert.deepEqual([his.body.responsibleId, his.body.masked?.name], [oleg.employeeId, 'Орлова Н.'])
  const steps = await oleg.get<{ rows: { dealId: string }[] }>('/tasks?view=open')
  assert.deepEqual(
    steps.body.rows.map(({ dealId }) => dealId),
    [deal.id],
  )
})

test('refusals: nobody, no right, nothing there, and fields by name', async () => {
  const ivan = await house.hire('seller')
  const boris = await house.hire('seller', { dealer: await house.dealer('Чужой') })
  const deal = await aDeal(ivan)
  assert.equal((await house.stranger.get('/deals/board')).status, 401)
  assert.equal((await (await house.hire('operator')).post('/deals', { personId: deal.personId })).status, 403)
  assert.equal((await (await house.hire('credit_specialist')).post(`/deals/${deal.id}/move`, { version: 1, stage: 'visit' })).status, 403)
  const blank = (reply: { status: number; body: object }): object => ({ ...reply, body: { ...reply.body, requestId: '' }, headers: {} })
  for (const act of ['', '/move', '/undo', '/assign']) {
    const ask = (id: string) => (act === '' ? boris.get(`/deals/${id}`) : boris.post(`/deals/${id}${act}`, { version: 1, stage: 'visit', employeeId: boris.employeeId }))
    assert.deepEqual(blank(await ask(deal.id)), blank(await ask(randomUUID())), act)
    assert.equal((await ask(deal.id)).status, 404, act)
  }
  const nobody = await ivan.post<Refused>('/deals', {})
  assert.deepEqual([nobody.status, nobody.body.fields[0]?.at], [422, 'personId'])
  assert.equal((await ivan.post('/deals', { personId: randomUUID() })).status, 404)
  const model = await ivan.post<Refused>('/deals', { personId: deal.personId, modelId: randomUUID() })
  assert.deepEqual([model.status, model.body.fields[0]?.at], [422, 'modelId'])
  const outlet = await ivan.post<Refused>('/deals', { personId: deal.personId, outletId: randomUUID() })
  assert.deepEqual([outlet.status, outlet.body.fields[0]?.at], [422, 'outletId'])
  const amount = await ivan.patch<Refused>(`/deals/${deal.id}`, { version: 1, amountKopecks: -1 })
  assert.deepEqual([amount.status, amount.body.fields[0]?.at], [422, 'amountKopecks'])
})
