import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'

type Entry = { type: string; id: string; kind?: string; text?: string | null; hasText?: boolean; number?: number; canUndo?: boolean }
type Logged = { id: string; leadId: string | null; taskId: string | null; tookLead: boolean; isFirstContact: boolean }
type Lead = { id: string; status: string; responsibleId: string | null; takenAt: string | null; firstContactAt: string | null }

let house: Stage
let anna: Person
const ends = openEnds()
before(async () => {
  house = await stage(ends)
  anna = await house.hire('operator')
})
after(ends.close)

let phones = 0
const aClient = async (who = anna): Promise<string> => {
  const { body } = await who.post<{ id: string }>('/persons', {
    contact: { fullName: 'Громова Вера', phones: [`+7 999 200 ${String(++phones).padStart(4, '0')}`] },
    ground: { activityCode: 'lead', basis: 'contract' },
  })
  return body.id
}
const aLead = async (personId: string): Promise<string> => {
  const { body } = await anna.post<{ leadId: string }>('/leads', {
    sourceId: anna.dealer.sources.phone,
    personId,
    contact: { phones: [`+7 999 200 ${String(phones).padStart(4, '0')}`] },
    comment: 'Жду звонка после шести',
  })
  return body.leadId
}
const leadRow = async (leadId: string): Promise<Lead> => {
  const { rows } = await house.owner.query(`select id, status, responsible_id "responsibleId", taken_at "takenAt", first_contact_at "firstContactAt" from leads where id = $1`, [
    leadId,
  ])
  return rows[0]
}

test('an attempt takes a new lead into work but only a talk stops the clock of the first contact', async () => {
  const personId = await aClient()
  const leadId = await aLead(personId)
  const missed = await anna.post<Logged>('/interactions', { personId, kind: 'call_out', result: 'no_answer' })
  assert.equal(missed.status, 200, JSON.stringify(missed.body))
  assert.deepEqual([missed.body.leadId, missed.body.tookLead, missed.body.isFirstContact], [leadId, true, false])
  assert.deepEqual([(await leadRow(leadId)).status, (await leadRow(leadId)).firstContactAt], ['in_work', null])
  const talked = await anna.post<Logged>('/interactions', {
    personId,
    kind: 'call_out',
    result: 'talked',
    text: 'Приедет в субботу',
    next: { kind: 'meet', dueAt: new Date(house.clock.now.getTime() + 86_400_000).toISOString() },
  })
  assert.deepEqual([talked.body.tookLead, talked.body.isFirstContact, typeof talked.body.taskId], [false, true, 'string'])
  assert.ok((await leadRow(leadId)).firstContactAt)
  const said = (await house.events(anna.dealer)).filter(({ personIds }) => personIds.includes(personId)).map(({ event }) => event)
  for (const event of ['interaction.logged', 'lead.taken', 'task.created']) assert.ok(said.includes(event), event)
})

test('a note and a wrong number are no contact with the client', async () => {
  const personId = await aClient()
  const leadId = await aLead(personId)
  const note = await anna.post<Logged>('/interactions', { personId, kind: 'note', result: 'done', text: 'Со слов соседа' })
  const wrong = await anna.post<Logged>('/interactions', { personId, kind: 'call_out', result: 'wrong_number' })
  assert.deepEqual([note.body.isFirstContact, note.body.tookLead, wrong.body.isFirstContact], [false, false, false])
  assert.equal((await leadRow(leadId)).firstContactAt, null)
})

test('what one call did has one moment, also where the clock moves with every look at it: taken back, its finished step is open again', async (t) => {
  let ms = Date.now()
  const hasty = await stage(t, { now: () => new Date((ms += 5)) })
  const vera = await hasty.hire('operator')
  const personId = await aClient(vera)
  const task = await vera.post<{ id: string }>('/tasks', { personId, kind: 'call', dueAt: new Date(ms).toISOString() })
  const logged = await vera.post<Logged>('/interactions', { personId, kind: 'call_out', result: 'talked', doneTaskId: task.body.id })
  const openSteps = async (): Promise<string[]> => (await vera.get<{ rows: { id: string }[] }>(`/tasks?view=open&personId=${personId}`)).body.rows.map(({ id }) => id)
  assert.deepEqual(await openSteps(), [])
  assert.equal((await vera.post(`/interactions/${logged.body.id}/undo`)).status, 200)
  assert.deepEqual(await openSteps(), [task.body.id])
})

test('a record taken back gives the lead, the clock, the text and the planned step back', async () => {
  const personId = await aClient()
  const leadId = await aLead(personId)
  const before = await leadRow(leadId)
  const task = await anna.post<{ id: string; version: number }>('/tasks', { personId, kind: 'call', dueAt: house.clock.now.toISOString() })
  const logged = await anna.post<Logged>('/interactions', {
    personId,
    kind: 'call_out',
    result: 'talked',
    text: 'Секрет',
    doneTaskId: task.body.id,
    next: { kind: 'call', dueAt: house.clock.now.toISOString() },
  })
  assert.equal(logged.status, 200, JSON.stringify(logged.body))
  const stranger = await house.hire('operator')
  assert.equal((await stranger.post(`/interactions/${logged.body.id}/undo`)).status, 403)
  assert.equal((await anna.post(`/interactions/${logged.body.id}/undo`)).status, 200)
  assert.deepEqual(await leadRow(leadId), before)
  const { rows: facts } = await house.owner.query('select 1 from facts where record_id = $1', [logged.body.id])
  assert.equal(facts.length, 0)
  const open = await anna.get<{ rows: { id: string }[] }>(`/tasks?view=open&personId=${personId}`)
  assert.deepEqual(
    open.body.rows.map(({ id }) => id),
    [task.body.id],
  )
  assert.ok((await house.events(anna.dealer, 'interaction.undone')).some(({ objectId }) => objectId === logged.body.id))
  assert.equal((await anna.post(`/interactions/${logged.body.id}/undo`)).status, 404)
})

test('a call logged by mistake and taken back leaves nobody without an answer: the clock is looked at again, and whoever saw the client sees them again', async () => {
  const [vera, boris] = [await house.hire('seller'), await house.hire('seller')]
  const personId = await aClient()
  const leadId = await aLead(personId)
  await house.owner.query('update leads set responsible_id = null where id = $1', [leadId])
  await house.owner.query('update persons set responsible_id = null where id = $1', [personId])
  const looks = async (): Promise<number> => (await house.owner.query('select from graphile_worker._private_jobs where key = $1', [`lead-deadline:${leadId}`])).rows.length
  const logged = await vera.post<Logged>('/interactions', { personId, kind: 'call_out', result: 'talked' })
  assert.equal(logged.status, 200, JSON.stringify(logged.body))
  assert.equal((await boris.get(`/persons/${personId}`)).status, 404, 'the client is Vera’s now')
  // The look that was planned has come meanwhile and found that somebody had answered.
  await house.owner.query('delete from graphile_worker._private_jobs where key = $1', [`lead-deadline:${leadId}`])
  assert.equal((await vera.post(`/interactions/${logged.body.id}/undo`)).status, 200)
  assert.equal(await looks(), 1)
  assert.equal((await boris.get(`/persons/${personId}`)).status, 200)
})

test('after ten minutes a record stays', async () => {
  const { hire, clock } = await stage(ends)
  const olga = await hire('operator')
  const personId = await aClient(olga)
  const { body } = await olga.post<Logged>('/interactions', { personId, kind: 'visit', result: 'done' })
  clock.forward(11 * 60_000)
  const late = await olga.post<{ details: { state: string } }>(`/interactions/${body.id}/undo`)
  assert.deepEqual([late.status, late.body.details.state], [409, 'too_late'])
})

test('a colleague’s lead is answered, not taken away', async () => {
  const personId = await aClient()
  const leadId = await aLead(personId)
  const boris = await house.hire('seller')
  await house.owner.query('update leads set responsible_id = $2 where id = $1', [leadId, boris.employeeId])
  await anna.post('/interactions', { personId, kind: 'call_in', result: 'talked' })
  const lead = await leadRow(leadId)
  assert.deepEqual([lead.status, lead.responsibleId], ['in_work', boris.employeeId])
  assert.ok(lead.firstContactAt)
})

test('the story of a client is one ordered list, page by page, and its texts open with one trace', async () => {
  const personId = await aClient()
  const leadId = await aLead(personId)
  for (let i = 0; i < 3; i++) {
    await anna.post('/interactions', { personId, kind: 'call_out', result: 'talked', text: `Разговор ${i}` })
    house.clock.forward(1000)
  }
  const first = await anna.get<{ rows: Entry[]; nextCursor: string }>(`/persons/${personId}/timeline?limit=2`)
  assert.equal(first.status, 200, JSON.stringify(first.body))
  assert.equal(
    first.body.rows.every(({ text, hasText }) => text === null && hasText),
    true,
  )
  const second = await anna.get<{ rows: Entry[]; nextCursor: string | null }>(`/persons/${personId}/timeline?limit=2&cursor=${first.body.nextCursor}`)
  assert.deepEqual(
    second.body.rows.map(({ type }) => type),
    ['interaction', 'lead'],
  )
  assert.deepEqual([second.body.rows[1]?.id, second.body.nextCursor], [leadId, null])
  const before = (await house.events(anna.dealer, 'person.revealed')).length
  const opened = await anna.post<{ rows: Entry[]; contact: { phones: { e164: string }[] } }>(`/persons/${personId}/open`, {})
  assert.deepEqual(
    opened.body.rows.map(({ text }) => text),
    ['Разговор 2', 'Разговор 1', 'Разговор 0', 'Жду звонка после шести'],
    JSON.stringify(opened.body),
  )
  assert.equal(opened.body.contact.phones[0]?.e164, `+7999200${String(phones).padStart(4, '0')}`)
  assert.equal((await house.events(anna.dealer, 'person.revealed')).length, before + 1)
  const leadsOnly = await anna.get<{ rows: Entry[] }>(`/persons/${personId}/timeline?only=lead`)
  assert.deepEqual(
    leadsOnly.body.rows.map(({ id }) => id),
    [leadId],
  )
})

test('a result that the kind of contact cannot have, and another client’s lead, are refused by name', async () => {
  const [personId, other] = [await aClient(), await aClient()]
  const leadId = await aLead(other)
  const wrong = await anna.post<{ fields: { at: string }[] }>('/interactions', { personId, kind: 'visit', result: 'busy' })
  assert.deepEqual([wrong.status, wrong.body.fields.map(({ at }) => at)], [422, ['result']])
  const foreign = await anna.post<{ fields: { at: string }[] }>('/interactions', { personId, leadId, kind: 'call_out', result: 'talked' })
  assert.deepEqual([foreign.status, foreign.body.fields.map(({ at }) => at)], [422, ['leadId']])
  const deal = await anna.post<{ fields: { at: string }[] }>('/interactions', { personId, dealId: randomUUID(), kind: 'call_out', result: 'talked' })
  assert.deepEqual([deal.status, deal.body.fields.map(({ at }) => at)], [422, ['dealId']])
})

test('strangers, marketers and other dealers cannot write into a client’s story', async () => {
  const personId = await aClient()
  const draft = { personId, kind: 'call_out', result: 'talked' }
  assert.equal((await house.stranger.post('/interactions', draft)).status, 401)
  assert.equal((await (await house.hire('marketer')).post('/interactions', draft)).status, 403)
  const boris = await house.hire('operator', { dealer: await house.dealer('Чужой') })
  const hers = await boris.post<{ requestId?: string }>('/interactions', draft)
  const nothing = await boris.post<{ requestId?: string }>('/interactions', { ...draft, personId: randomUUID() })
  assert.deepEqual([hers.status, { ...hers.body, requestId: '' }], [404, { ...nothing.body, requestId: '' }])
  assert.equal((await boris.get(`/persons/${personId}/timeline`)).status, 404)
  assert.equal((await house.stranger.post(`/persons/${personId}/open`, {})).status, 401)
  assert.equal((await (await house.hire('administrator')).post(`/persons/${personId}/open`, {})).status, 403)
  const look = await boris.post<{ requestId?: string }>(`/persons/${personId}/open`, {})
  const atNobody = await boris.post<{ requestId?: string }>(`/persons/${randomUUID()}/open`, {})
  assert.deepEqual([look.status, { ...look.body, requestId: '' }], [404, { ...atNobody.body, requestId: '' }])
})

test('about a person whom no ground holds nothing is written', async () => {
  const personId = await aClient()
  await house.owner.query(`update grounds set ended_at = now(), ended_reason = 'objection' where person_id = $1`, [personId])
  assert.equal((await anna.post('/interactions', { personId, kind: 'call_out', result: 'talked' })).status, 403)
  const look = await anna.post<{ error: string }>(`/persons/${personId}/open`, {})
  assert.deepEqual([look.status, look.body.error], [403, 'no_ground'])
})
