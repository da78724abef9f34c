import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Dealer } from '../../../test/dealer.ts'
import type { Person, Stage } from '../../../test/stage.ts'
import { joinSaid, joined } from './said-contact.ts'
import { act, byHand, closeLeadsStage, draft, look, newPhone, office, ok, openLeadsStage, tray } from './leads-stage.ts'

let at: Stage
before(async () => void (at = await openLeadsStage()))
after(closeLeadsStage)

type Made = { leadId: string; number: number; personId: string | null; known: string | null }
const unsigned = ({ body }: { body: object }): object => ({ ...body, requestId: '' })

test('a phone of a client whom Boris may not see opens nothing to him: the lead goes to the colleague who leads them', async () => {
  const { dealer, anna, boris } = await office(at)
  const gleb = await at.hire('seller', { dealer })
  const phone = newPhone()
  const { personId } = await byHand(gleb, { contact: { fullName: 'Тайнова Зоя', phones: [phone] } })
  const reply = await boris.post<Made>('/leads', { sourceId: dealer.sources.phone, ...draft({ contact: { fullName: 'Кто-то', phones: [phone] }, isMine: true }) })
  assert.deepEqual([reply.status, reply.body.personId, reply.body.known], [200, null, 'known_elsewhere'], JSON.stringify(reply.body))
  assert.doesNotMatch(JSON.stringify(reply.body), new RegExp(`Тайнова|${personId}|${gleb.employeeId}`))
  assert.deepEqual(await tray(boris, '?view=all'), [])
  for (const path of [`/leads/${reply.body.leadId}`, `/persons/${personId}`]) {
    const [his, nothing] = [await boris.get(path), await boris.get(path.replace(/[^/]+$/, randomUUID()))]
    assert.deepEqual([his.status, unsigned(his)], [404, unsigned(nothing)], path)
  }
  const lead = await look(gleb, reply.body.leadId)
  assert.deepEqual([lead.personId, lead.responsibleId, lead.assignedBecause], [personId, gleb.employeeId, `by_colleague|${boris.employeeId}`])
  const { rows } = await at.owner.query<{ responsible_id: string; outlet_id: string }>('select responsible_id, outlet_id from persons where id = $1', [personId])
  assert.deepEqual([rows[0]?.responsible_id, rows[0]?.outlet_id], [gleb.employeeId, dealer.outletId], 'responsibility stays')
  const open = await anna.post<Made>('/leads', { sourceId: dealer.sources.phone, ...draft({ contact: { fullName: 'Тайнова Зоя', phones: [phone] } }) })
  assert.deepEqual([open.body.personId, open.body.known], [personId, null], 'whoever sees the client is told')
})

test('a client of another outlet, and one whose seller has left, stay where they are', async () => {
  const { dealer, boris, vera } = await office(at)
  const outletId = randomUUID()
  await at.owner.query(
    `insert into outlets (tenant_id, id, name, address, time_zone, hours) select tenant_id, $2, 'Второй', address, time_zone, hours from outlets where id = $1`,
    [dealer.outletId, outletId],
  )
  const far = await at.hire('seller', { dealer, outletId })
  const phone = newPhone()
  const { personId } = await byHand(far, { contact: { fullName: 'Дальняя Ия', phones: [phone] } })
  const first = await boris.post<Made>('/leads', { sourceId: dealer.sources.phone, ...draft({ contact: { phones: [phone] } }) })
  const stays = async (): Promise<string | null> =>
    (await at.owner.query<{ outlet_id: string | null }>('select outlet_id from persons where id = $1', [personId])).rows[0]?.outlet_id ?? null
  assert.deepEqual([first.body.known, await stays()], ['known_elsewhere', outletId])
  assert.equal((await look(far, first.body.leadId)).outletId, outletId)
  const gleb = await at.hire('seller', { dealer })
  const own = newPhone()
  await byHand(gleb, { contact: { fullName: 'Брошенная Ева', phones: [own] } })
  await at.owner.query('update employees set is_active = false where id = $1', [gleb.employeeId])
  const left = await boris.post<Made>('/leads', { sourceId: dealer.sources.phone, ...draft({ contact: { phones: [own] } }) })
  assert.equal(left.body.known, 'known_elsewhere')
  assert.equal((await look(vera, left.body.leadId)).responsibleId, vera.employeeId, 'the head decides')
})

test('a request from the site with a known phone opens the client to nobody new: it goes to whoever leads them, at their own outlet', async () => {
  const { dealer, boris, vera } = await office(at)
  const gleb = await at.hire('seller', { dealer })
  const outletId = randomUUID()
  await at.owner.query(
    `insert into outlets (tenant_id, id, name, address, time_zone, hours) select tenant_id, $2, 'Второй', address, time_zone, hours from outlets where id = $1`,
    [dealer.outletId, outletId],
  )
  const far = await at.hire('seller', { dealer, outletId })
  const phone = newPhone()
  const first = await byHand(gleb, { contact: { fullName: 'Известная Нина', phones: [phone] }, isMine: true })
  await ok(act(gleb, first.leadId, 'close', { result: 'refused' }))
  const site = await at.machine(dealer)
  const made: string[] = []
  for (const place of [{ outletId }, {}]) {
    const { status, body } = await site.post<{ leadId: string }>('/intake/leads', { sourceCode: 'site', interest: 'new_car', ...place, contact: { phones: [phone] } })
    assert.equal(status, 200, JSON.stringify(body))
    made.push(body.leadId)
    const lead = await look(gleb, body.leadId)
    assert.deepEqual([lead.personId, lead.outletId, lead.responsibleId, lead.assignedBecause], [first.personId, dealer.outletId, gleb.employeeId, 'client_hands'])
    for (const who of [boris, far]) for (const path of [`/leads/${body.leadId}`, `/persons/${first.personId}`]) assert.equal((await who.get(path)).status, 404, path)
  }
  const [answered, leadId] = made
  assert.ok(answered && leadId)
  await ok(act(gleb, answered, 'close', { result: 'refused' }))
  await at.owner.query('update employees set outlet_id = null where id = $1', [vera.employeeId])
  await ok(act(vera, leadId, 'assign', { employeeId: far.employeeId, outletId }))
  assert.equal((await far.get(`/persons/${first.personId}`)).status, 200, 'handed on by a human')
  await ok(act(vera, leadId, 'undo'))
  const { rows } = await at.owner.query<object>('select outlet_id, responsible_id from persons where id = $1', [first.personId])
  assert.deepEqual(rows, [{ outlet_id: dealer.outletId, responsible_id: gleb.employeeId }], 'a hand-over by mistake leaves nothing behind')
  await at.owner.query('update employees set is_active = false where id = $1', [gleb.employeeId])
  const { body } = await site.post<{ leadId: string }>('/intake/leads', { sourceCode: 'site', interest: 'new_car', outletId, contact: { phones: [phone] } })
  assert.deepEqual(
    [(await look(vera, body.leadId)).responsibleId, (await far.get(`/persons/${first.personId}`)).status],
    [vera.employeeId, 404],
    'her seller has left: the head decides',
  )
})

test('a number of another’s request does not tell whose it is', async () => {
  const { dealer, boris } = await office(at)
  const gleb = await at.hire('seller', { dealer })
  const { personId } = await byHand(gleb, { externalRef: 'secret-1' })
  const again = await boris.post<Made>('/leads', { sourceId: dealer.sources.phone, ...draft({ externalRef: 'secret-1' }) })
  assert.deepEqual([again.body.personId, again.body.known], [null, 'known_elsewhere'])
  assert.ok(personId)
})

/** What the job `lead-contact` was told of this lead; carried out. */
async function join(dealer: Dealer, leadId: string): Promise<boolean> {
  const { rows } = await at.owner.query<{ id: string; payload: Record<string, unknown> }>(
    `select id, payload from graphile_worker._private_jobs where payload ->> 'leadId' = $1 and payload ->> 'factId' is not null`,
    [leadId],
  )
  const [job] = rows
  if (!job) return false
  await at.owner.query('delete from graphile_worker._private_jobs where id = $1', [job.id])
  await at.job(dealer, 'lead-contact', (ctx) => joinSaid(ctx, job.payload))
  return true
}
type Opened = { contact: { surname?: string; given?: string; phones: { e164: string }[]; emails: { address: string }[] } }
const open = async (who: Person, personId: string) => (await who.post<Opened>(`/persons/${personId}/reveal`, { purpose: 'request_handling' })).body.contact

test('what a known client says anew by hand is added to their contact, and another name is asked about, not written over', async () => {
  const { dealer, anna } = await office(at)
  const [phone, other] = [newPhone(), newPhone()]
  const { personId } = await byHand(anna, { contact: { fullName: 'Громова Инна', phones: [phone] } })
  const again = await byHand(anna, { contact: { fullName: 'Громова-Лисицына Инна', phones: [phone, other], emails: ['inna@mail.example'] } })
  assert.equal(again.personId, personId)
  assert.ok(await join(dealer, again.leadId))
  const contact = await open(anna, personId)
  assert.deepEqual([contact.surname, contact.phones.length, contact.emails.map(({ address }) => address)], ['Громова', 2, ['inna@mail.example']])
  assert.deepEqual((await look(anna, again.leadId)).notices, ['name_differs'])
  const found = await anna.post<{ hits: { id: string }[] }>('/persons/search', { query: other })
  assert.deepEqual(
    found.body.hits.map(({ id }) => id),
    [personId],
    'the new phone is found',
  )
  const left = await at.owner.query<{ record_id: string }>(`select record_id from facts where person_id = $1 and class = 'communication'`, [personId])
  assert.equal(left.rowCount, 2, 'only the two comments are left')
  assert.equal((await at.events(dealer, 'person.edited')).length, 1)
  const kept = await at.owner.query<{ n: number }>(`select count(*)::int n from intake_messages where lead_id = $1 and format = 'json' and status = 'accepted'`, [again.leadId])
  assert.equal(kept.rows[0]?.n, 1, 'and what was typed is kept sealed')
})

test('an e-mail that comes with a stranger’s phone is not added to the stranger: it stands with the words of the request, and the lead says so', async () => {
  const { dealer, anna } = await office(at)
  const site = await at.machine(dealer)
  const phone = newPhone()
  const { personId } = await byHand(anna, { contact: { fullName: 'Белых Яна', phones: [phone] } })
  const send = async (contact: object) => (await site.post<{ leadId: string }>('/intake/leads', { sourceCode: 'site', contact })).body.leadId
  assert.equal(await join(dealer, await send({ fullName: 'Яна', phones: [phone] })), false)
  const leadId = await send({ phones: [phone], emails: ['not.yana@mail.example'] })
  assert.equal(await join(dealer, leadId), false)
  assert.deepEqual((await open(anna, personId)).emails, [])
  assert.deepEqual((await look(anna, leadId)).notices, ['address_differs'])
  const { body } = await anna.post<{ text: string }>(`/leads/${leadId}/comment`)
  assert.match(body.text, /В заявке также указано: .*not\.yana@mail\.example/)
})

test('joining loses nothing, doubles nothing, and an initial is no other name', () => {
  const phones = (...numbers: string[]) => numbers.map((e164) => ({ e164, typed: e164 }))
  const before = { surname: 'Ёжикова', given: 'Анна', phones: phones('+79990000001'), emails: [] }
  const { contact, isChanged, notices } = joined(before, { surname: 'Ежикова', given: 'А.', patronymic: 'Ильинична', phones: phones('+79990000001', '+79990000002'), emails: [] })
  assert.deepEqual([contact.surname, contact.patronymic, contact.phones.length, isChanged, notices], ['Ёжикова', 'Ильинична', 2, true, []])
  assert.deepEqual(joined(contact, { phones: phones('+79990000002'), emails: [] }), { contact, isChanged: false, notices: [] })
  const many = Array.from({ length: 12 }, (_, i) => `+7999000010${i}`)
  assert.deepEqual(joined(before, { phones: phones(...many), emails: [] }).notices, ['contact_full'])
})
