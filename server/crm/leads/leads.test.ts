import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Stage } from '../../../test/stage.ts'
import { act, byHand, closeLeadsStage, counts, draft, look, newPhone, office, ok, openLeadsStage, tray, type Tray } from './leads-stage.ts'
import { MAX_UNANSWERED } from './list-leads.ts'

let at: Stage
before(async () => {
  at = await openLeadsStage()
})
after(closeLeadsStage)

test('a lead arrives by the JSON door, is in the tray, repeated deliveries make no second one, and Anna takes it', async () => {
  const { dealer, anna } = await office(at)
  const site = await at.machine(dealer)
  const sent = { sourceCode: 'site', externalRef: 'A-1', ...draft() }
  const first = await site.post<{ leadId: string; isRepeated: boolean }>('/intake/leads', sent)
  assert.equal(first.status, 200, JSON.stringify(first.body))
  const twice = await Promise.all([1, 2, 3].map(() => site.post<{ leadId: string; isRepeated: boolean }>('/intake/leads', sent)))
  for (const again of twice) assert.deepEqual([again.body.leadId, again.body.isRepeated], [first.body.leadId, true])
  assert.deepEqual(await tray(anna), [first.body.leadId])
  const row = await look(anna, first.body.leadId)
  assert.equal(row.clocks.take.state, 'running')
  const taken = await anna.post<{ version: number }>(`/leads/${row.id}/take`, { version: row.version })
  assert.equal(taken.status, 200, JSON.stringify(taken.body))
  const late = await anna.post<{ error: string; details: { current: { responsibleId: string } } }>(`/leads/${row.id}/take`, { version: row.version })
  assert.deepEqual([late.status, late.body.error, late.body.details.current.responsibleId], [409, 'stale', anna.employeeId])
  const said = (await at.events(dealer)).map(({ event }) => event)
  for (const event of ['lead.received', 'lead.repeated', 'lead.taken', 'person.listed']) assert.ok(said.includes(event), event)
})

test('two deliveries of one request at the same moment are one lead', async () => {
  const { dealer, anna } = await office(at)
  const site = await at.machine(dealer)
  const sent = { sourceCode: 'site', externalRef: 'race', ...draft() }
  const both = await Promise.all(Array.from({ length: 5 }, () => site.post<{ leadId: string; isRepeated: boolean }>('/intake/leads', sent)))
  assert.deepEqual(
    both.map(({ status }) => status),
    [200, 200, 200, 200, 200],
  )
  assert.equal(new Set(both.map(({ body }) => body.leadId)).size, 1)
  assert.equal((await tray(anna)).length, 1)
})

test('a client who asks twice at the same moment, by two doors and in two writings of the phone, is one person with two leads', async () => {
  const { dealer, anna } = await office(at)
  const site = await at.machine(dealer)
  const phone = newPhone()
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      index % 2 === 0
        ? site.post<{ leadId: string }>('/intake/leads', {
            sourceCode: 'site',
            externalRef: `twin-${index}`,
            ...draft({ contact: { fullName: 'Петрова Мария', phones: [phone] } }),
          })
        : anna.post<{ leadId: string }>('/leads', {
            sourceId: dealer.sources.phone,
            ...draft({ contact: { fullName: 'Петрова Мария', phones: [phone.replaceAll(' ', '').replace('+7', '8')] } }),
          }),
    ),
  )
  assert.deepEqual(
    answers.map(({ status }) => status),
    Array(6).fill(200),
    JSON.stringify(answers.map(({ body }) => body)),
  )
  assert.equal(new Set(answers.map(({ body }) => body.leadId)).size, 6)
  const { rows } = await at.owner.query('select distinct person_id from leads where tenant_id = $1', [dealer.tenantId])
  assert.equal(rows.length, 1)
  assert.equal((await at.events(dealer, 'person.created')).length, 1)
})

test('what the client wrote is opened on purpose only, and the look is on the record', async () => {
  const { dealer, anna } = await office(at)
  const { leadId, personId } = await byHand(anna)
  const seen = await look(anna, leadId)
  assert.equal(seen.hasComment, true)
  assert.ok(seen.masked && !JSON.stringify(seen).includes('красную'))
  assert.deepEqual((await at.events(dealer, 'person.revealed')).length, 0)
  const opened = await anna.post<{ text: string }>(`/leads/${leadId}/comment`)
  assert.deepEqual([opened.status, opened.body.text], [200, 'Хочу красную'])
  assert.deepEqual(
    (await at.events(dealer, 'person.revealed')).map((event) => [event.actorId, event.personIds, event.purpose]),
    [[anna.employeeId, [personId], 'request_handling']],
  )
})

test('a seller who writes a lead down keeps it; an operator’s goes by the rules; a wrong field is named', async () => {
  const { dealer, anna, boris } = await office(at)
  const { leadId } = await byHand(boris)
  assert.equal((await look(boris, leadId)).responsibleId, boris.employeeId)
  assert.equal((await look(boris, leadId)).assignedBecause, 'by_hand')
  assert.equal((await look(anna, (await byHand(anna)).leadId)).assignedBecause, 'no_rule')
  const refusals = [
    [{ sourceId: randomUUID() }, 'sourceId'],
    [{ outletId: randomUUID() }, 'outletId'],
    [{ contact: { fullName: 'Петрова Мария', phones: ['12345'] } }, 'contact.phones.0'],
    [{ contact: { fullName: 'Петрова Мария' } }, 'contact.phones'],
    [{ contact: undefined }, 'contact'],
    [{ interest: 'yacht' }, 'interest'],
  ] as const
  for (const [wrong, field] of refusals) {
    const refused = await anna.post<{ fields: { at: string }[] }>('/leads', { sourceId: dealer.sources.phone, ...draft(), ...wrong })
    assert.deepEqual([refused.status, refused.body.fields?.[0]?.at], [422, field], JSON.stringify(refused.body))
  }
  assert.equal((await anna.post('/leads', { sourceId: dealer.sources.phone, interest: 'callback', personId: randomUUID() })).status, 404)
})

test('a lead for a client who is known already is joined to them, by phone or by hand', async () => {
  const { dealer, anna } = await office(at)
  const phone = newPhone()
  const first = await byHand(anna, { contact: { fullName: 'Петрова Мария', phones: [phone] } })
  const site = await at.machine(dealer)
  const second = await site.post<{ leadId: string }>('/intake/leads', {
    sourceCode: 'site',
    interest: 'service',
    contact: { fullName: 'М. Петрова', phones: [phone.replaceAll(' ', '')] },
  })
  assert.equal((await look(anna, second.body.leadId)).personId, first.personId)
  const third = await anna.post<{ personId: string }>('/leads', { sourceId: dealer.sources.phone, interest: 'callback', personId: first.personId })
  assert.deepEqual([third.status, third.body.personId], [200, first.personId])
  assert.equal((await at.events(dealer, 'person.created')).length, 1)
})

test('the head of sales hands a lead over: the new one sees it, the old one no more, and the lead says why', async () => {
  const { dealer, boris, vera } = await office(at)
  const gleb = await at.hire('seller', { dealer })
  const { leadId, personId } = await byHand(boris)
  await ok(act(vera, leadId, 'assign', { employeeId: gleb.employeeId }))
  const seen = await look(gleb, leadId)
  assert.deepEqual([seen.responsibleId, seen.assignedBecause, seen.masked?.name.slice(0, 7)], [gleb.employeeId, `by_person|${vera.employeeId}`, 'Петрова'])
  assert.equal((await boris.get(`/leads/${leadId}`)).status, 404)
  assert.equal((await gleb.get(`/persons/${personId}`)).status, 200)
  assert.deepEqual(
    (await at.events(dealer, 'lead.assigned')).map(({ details }) => details),
    [{ from: boris.employeeId, to: gleb.employeeId }],
  )
  await ok(act(vera, leadId, 'undo'))
  assert.equal((await look(boris, leadId)).responsibleId, boris.employeeId)
  assert.equal((await gleb.get(`/leads/${leadId}`)).status, 404)
  await ok(act(vera, leadId, 'assign', { employeeId: null }))
  assert.ok((await look(gleb, leadId)).masked, 'a lead given back can be answered by everyone')
  const analyst = await at.hire('analyst', { dealer })
  for (const employeeId of [randomUUID(), analyst.employeeId]) {
    const refused = await vera.post<{ fields: { at: string }[] }>(`/leads/${leadId}/assign`, { version: 1, employeeId })
    assert.deepEqual([refused.status, refused.body.fields[0]?.at], [422, 'employeeId'])
  }
})

test('many leads are handed over at once, and the one that cannot be is named', async () => {
  const { dealer, anna, boris } = await office(at)
  const some = await Promise.all([byHand(anna), byHand(anna), byHand(anna)])
  const leads = await Promise.all(some.map(async ({ leadId }) => ({ id: leadId, version: (await look(anna, leadId)).version })))
  await ok(act(anna, some[0]!.leadId, 'close', { result: 'spam' }))
  const closed = { id: leads[0]!.id, version: leads[0]!.version + 1 }
  const foreign = { id: randomUUID(), version: 1 }
  const done = await anna.post<{ assigned: { id: string }[]; refused: { id: string; code: string }[] }>('/leads/assign', {
    leads: [closed, leads[1], leads[2], foreign],
    employeeId: boris.employeeId,
  })
  assert.equal(done.status, 200, JSON.stringify(done.body))
  assert.deepEqual(new Set(done.body.assigned.map(({ id }) => id)), new Set([leads[1]!.id, leads[2]!.id]))
  assert.deepEqual(
    new Map(done.body.refused.map(({ id, code }) => [id, code])),
    new Map([
      [closed.id, 'wrong_state'],
      [foreign.id, 'not_found'],
    ]),
  )
  assert.equal((await tray(boris, '?view=mine')).length, 2)
  const people = await anna.get<{ assignees: { employeeId: string; name: string; openLeads: number }[] }>('/leads/assignees')
  assert.deepEqual(
    people.body.assignees.filter(({ employeeId }) => employeeId === boris.employeeId).map(({ name, openLeads }) => [name, openLeads]),
    [['Сотрудников Тест', 2]],
  )
  assert.equal((await at.events(dealer, 'lead.assigned')).length, 2)
})

test('the tabs count what their lists hold, in pages too', async () => {
  const { anna, boris, vera } = await office(at)
  for (let i = 0; i < 5; i++) await byHand(anna)
  at.clock.forward(20 * 60_000)
  await byHand(anna)
  await byHand(boris)
  for (const who of [anna, boris, vera]) {
    const numbers = await counts(who)
    for (const [view, number] of Object.entries(numbers)) {
      const ids: string[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const reply: { body: Tray } = await who.get<Tray>(`/leads?view=${view}&limit=2${cursor ? `&cursor=${cursor}` : ''}`)
        ids.push(...reply.body.rows.map(({ id }) => id))
        cursor = reply.body.nextCursor
      }
      assert.deepEqual([ids.length, new Set(ids).size], [number, number], view)
    }
  }
  assert.deepEqual([(await counts(anna)).burning, (await counts(boris)).mine], [7, 1])
})

test('of more unanswered leads than are looked at those that have waited longest are shown, and the numbers say that there are more', async () => {
  const { dealer, anna, vera } = await office(at)
  const { leadId } = await byHand(anna)
  at.clock.forward(20 * 60_000)
  await at.owner.query(
    `insert into leads (tenant_id, id, source_id, outlet_id, department_kind, interest, assigned_because, received_at)
    select $1, gen_random_uuid(), $2, $3, 'sales', 'callback', 'by_file', $4 from generate_series(1, $5)`,
    [dealer.tenantId, dealer.sources.file, dealer.outletId, at.clock.now, MAX_UNANSWERED - 1],
  )
  const numbers = async () => (await vera.get<{ counts: Record<string, number>; isCut: boolean }>('/leads/counts')).body
  const wall = async () => (await vera.get<{ total: { overdue: { value: number }; open: { value: number } }; isCut: boolean }>('/reports/now')).body
  assert.deepEqual([(await numbers()).isCut, (await wall()).isCut], [false, false])
  await byHand(anna)
  const { total, isCut } = await wall()
  assert.deepEqual([(await numbers()).isCut, isCut, total.overdue.value, total.open.value], [true, true, 1, MAX_UNANSWERED + 1])
  assert.equal((await numbers()).counts.burning, MAX_UNANSWERED)
  assert.deepEqual(await tray(vera, '?clock=overdue'), [leadId])
  assert.equal((await tray(vera, '?view=burning&limit=1'))[0], leadId)
})

test('strangers are asked to sign in, roles without the right are refused, and another dealer’s lead does not exist', async () => {
  const { dealer, anna } = await office(at)
  const { leadId } = await byHand(anna)
  const marketer = await at.hire('marketer', { dealer })
  const other = await at.hire('head_of_sales', { dealer: await at.dealer() })
  assert.equal((await at.stranger.get('/leads')).status, 401)
  assert.equal((await marketer.get('/leads')).status, 403)
  const doors = [
    ['get', `/leads/ID`, undefined],
    ['post', '/leads/ID/comment', {}],
    ['post', '/leads/ID/take', { version: 1 }],
    ['post', '/leads/ID/assign', { version: 1, employeeId: null }],
    ['post', '/leads/ID/escalate', { version: 1 }],
    ['post', '/leads/ID/close', { version: 1, result: 'spam' }],
    ['post', '/leads/ID/reopen', { version: 1 }],
    ['post', '/leads/ID/undo', { version: 1 }],
  ] as const
  for (const [method, path, body] of doors) {
    const ask = (id: string) => (method === 'get' ? other.get<object>(path.replace('ID', id)) : other.post<object>(path.replace('ID', id), body))
    const [hers, nothing] = [await ask(leadId), await ask(randomUUID())]
    assert.deepEqual([hers.status, { ...hers.body, requestId: '' }], [404, { ...nothing.body, requestId: '' }], path)
  }
  const unknown = await anna.post<{ fields: { at: string }[] }>(`/leads/${leadId}/close`, { version: 1, result: 'bored' })
  assert.deepEqual([unknown.status, unknown.body.fields[0]?.at], [422, 'result'])
  assert.equal((await anna.get<{ fields: { at: string }[] }>('/leads?cursor=zzz')).body.fields[0]?.at, 'cursor')
})
