import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'

type Deal = { id: string; version: number; specialistId: string | null; masked: { name: string } | null }
type Board = { columns: { rows: { id: string }[] }[] }
type Refused = { error: string; fields?: { at: string; why: string }[] }

let house: Stage
const ends = openEnds()
before(async () => void (house = await stage(ends)))
after(ends.close)

let phones = 0
async function aDeal(who: Person): Promise<{ id: string; personId: string }> {
  const person = await who.post<{ id: string }>('/persons', {
    contact: { fullName: 'Орлова Нина', phones: [`+7 999 410 ${String(++phones).padStart(4, '0')}`] },
    ground: { activityCode: 'lead', basis: 'contract' },
  })
  assert.equal(person.status, 200, JSON.stringify(person.body))
  const deal = await who.post<{ id: string }>('/deals', { personId: person.body.id })
  assert.equal(deal.status, 200, JSON.stringify(deal.body))
  return { id: deal.body.id, personId: person.body.id }
}
const boardOf = async (who: Person): Promise<string[]> => (await who.get<Board>('/deals/board')).body.columns.flatMap(({ rows }) => rows.map(({ id }) => id))
const hand = (who: Person, dealId: string, version: number, employeeId: string | null) =>
  who.post<{ version: number } & Refused>(`/deals/${dealId}/specialist`, { version, employeeId })
const reveal = (who: Person, personId: string) => who.post<{ contact: { surname: string } | null }>(`/persons/${personId}/reveal`, { purpose: 'request_handling' })
const sees = async (who: Person, personId: string): Promise<boolean> => {
  const { status } = await who.get(`/persons/${personId}`)
  assert.ok(status === 200 || status === 404, String(status))
  return status === 200
}

test('Elena sees a working list when Viktor puts it into her hands, opens its client, and sees no other', async () => {
  const viktor = await house.hire('seller', { dealer: await house.dealer('Кредит') })
  const elena = await house.hire('credit_specialist', { dealer: viktor.dealer })
  const [hers, other] = [await aDeal(viktor), await aDeal(viktor)]
  assert.deepEqual(await boardOf(elena), [])
  assert.equal((await elena.get(`/deals/${hers.id}`)).status, 404)
  assert.equal((await reveal(elena, hers.personId)).status, 404)
  assert.equal((await hand(viktor, hers.id, 1, elena.employeeId)).status, 200)
  assert.deepEqual(await boardOf(elena), [hers.id])
  const card = await elena.get<Deal>(`/deals/${hers.id}`)
  assert.deepEqual([card.body.specialistId, card.body.masked?.name], [elena.employeeId, 'Орлова Н.'])
  assert.equal((await reveal(elena, hers.personId)).body.contact?.surname, 'Орлова')
  const found = await elena.post<{ hits: { id: string }[] }>('/persons/search', { query: 'Орлова' })
  assert.deepEqual(
    found.body.hits.map(({ id }) => id),
    [hers.personId],
  )
  assert.deepEqual([await sees(elena, other.personId), (await elena.get(`/deals/${other.id}`)).status, (await reveal(elena, other.personId)).status], [false, 404, 404])
  const anna = await house.hire('operator', { dealer: viktor.dealer })
  const unled = await anna.post<{ leadId: string; personId: string }>('/leads', {
    sourceId: viktor.dealer.sources.phone,
    interest: 'credit',
    contact: { fullName: 'Орлова Вера', phones: ['+7 999 410 77 77'] },
  })
  assert.deepEqual([await sees(viktor, unled.body.personId), await sees(elena, unled.body.personId)], [true, false], 'what nobody leads yet is for whoever answers')
  assert.deepEqual([await sees(viktor, hers.personId), await boardOf(viktor).then((ids) => ids.length)], [true, 2], 'the seller has lost nothing')
  const said = (await house.events(viktor.dealer)).find(({ event }) => event === 'deal.specialist')
  assert.deepEqual(said?.personIds, [hers.personId])
})

test('a closed working list closes its client to her; a move taken back, and a list taken back, do as they say', async () => {
  const viktor = await house.hire('seller', { dealer: await house.dealer('Закрытие') })
  const elena = await house.hire('credit_specialist', { dealer: viktor.dealer })
  const deal = await aDeal(viktor)
  await hand(viktor, deal.id, 1, elena.employeeId)
  assert.equal(await sees(elena, deal.personId), true)
  const lost = await viktor.post(`/deals/${deal.id}/move`, { version: 2, stage: 'lost', lostReason: 'no_credit' })
  assert.equal(lost.status, 200, JSON.stringify(lost.body))
  assert.equal(await sees(elena, deal.personId), false)
  assert.equal((await elena.get<Deal>(`/deals/${deal.id}`)).body.masked, null)
  assert.equal((await hand(viktor, deal.id, 3, null)).body.error, 'wrong_state')
  assert.equal((await viktor.post(`/deals/${deal.id}/undo`, { version: 3 })).status, 200)
  assert.equal(await sees(elena, deal.personId), true)
  assert.equal((await hand(viktor, deal.id, 4, null)).status, 200)
  assert.deepEqual([await sees(elena, deal.personId), await boardOf(elena)], [false, []])
})

test('of two open working lists the other still opens the client', async () => {
  const viktor = await house.hire('seller', { dealer: await house.dealer('Два листа') })
  const elena = await house.hire('credit_specialist', { dealer: viktor.dealer })
  const first = await aDeal(viktor)
  const second = await viktor.post<{ id: string }>('/deals', { personId: first.personId })
  await hand(viktor, first.id, 1, elena.employeeId)
  await hand(viktor, second.body.id, 1, elena.employeeId)
  await hand(viktor, second.body.id, 2, null)
  assert.equal(await sees(elena, first.personId), true)
  await hand(viktor, first.id, 2, null)
  assert.equal(await sees(elena, first.personId), false)
})

test('it is refused to whoever may not, for whom it does not exist, to an old version, and for anybody who is no specialist here', async () => {
  const viktor = await house.hire('seller', { dealer: await house.dealer('Отказы') })
  const [elena, colleague] = [await house.hire('credit_specialist', { dealer: viktor.dealer }), await house.hire('seller', { dealer: viktor.dealer })]
  const stranger = await house.hire('credit_specialist', { dealer: await house.dealer('Чужая') })
  const far = await house.hire('credit_specialist', { dealer: viktor.dealer, outletId: await anotherOutlet(viktor) })
  const deal = await aDeal(viktor)
  const at = async (employeeId: string): Promise<unknown> => {
    const { status, body } = await hand(viktor, deal.id, 1, employeeId)
    return [status, body.error, body.fields?.[0]]
  }
  assert.deepEqual(await at(colleague.employeeId), [422, 'invalid', { at: 'employeeId', why: 'no_right' }])
  assert.deepEqual(await at(stranger.employeeId), [422, 'invalid', { at: 'employeeId', why: 'unknown' }])
  assert.deepEqual(await at(far.employeeId), [422, 'invalid', { at: 'employeeId', why: 'other_outlet' }])
  assert.equal((await hand(elena, deal.id, 1, elena.employeeId)).status, 403, 'she does not take one for herself')
  assert.equal((await hand(colleague, deal.id, 1, elena.employeeId)).status, 404)
  assert.equal((await hand(viktor, randomUUID(), 1, elena.employeeId)).status, 404)
  assert.equal((await house.stranger.post(`/deals/${deal.id}/specialist`, { version: 1, employeeId: null })).status, 401)
  assert.equal((await hand(viktor, deal.id, 1, elena.employeeId)).status, 200)
  assert.deepEqual([(await hand(viktor, deal.id, 1, null)).status, (await hand(viktor, deal.id, 2, elena.employeeId)).body.fields?.[0]?.why], [409, 'same'])
})

async function anotherOutlet(who: Person): Promise<string> {
  const { rows } = await house.owner.query<{ id: string }>(
    `insert into outlets (tenant_id, id, name, address, time_zone, hours) select tenant_id, gen_random_uuid(), 'Юг', address, time_zone, hours from outlets where tenant_id = $1 and id = $2 returning id`,
    [who.dealer.tenantId, who.dealer.outletId],
  )
  return rows[0]!.id
}
