import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Stage } from '../../../test/stage.ts'
import { onLeadDeadline } from './lead-deadline.ts'
import { act, byHand, closeLeadsStage, counts, draft, look, office, ok, openLeadsStage, tray } from './leads-stage.ts'

let at: Stage
before(async () => {
  at = await openLeadsStage()
})
after(closeLeadsStage)

test('closing starts the term of the ground, undo and reopening stop it', async () => {
  const { dealer, anna } = await office(at)
  const { leadId, personId } = await byHand(anna)
  const destroyAfter = async () => (await anna.get<{ destroyAfter: string | null }>(`/persons/${personId}`)).body.destroyAfter
  assert.equal(await destroyAfter(), null)
  await ok(act(anna, leadId, 'close', { result: 'answered' }))
  const due = Date.parse((await destroyAfter()) ?? '')
  assert.equal(Math.round((due - at.clock.now.getTime()) / 86_400_000), 30)
  assert.equal((await act(anna, leadId, 'take')).status, 409)
  await ok(act(anna, leadId, 'undo'))
  assert.deepEqual([await destroyAfter(), (await look(anna, leadId)).status], [null, 'new'])
  assert.equal((await act(anna, leadId, 'undo')).status, 409, 'there is nothing more to undo')
  await ok(act(anna, leadId, 'close', { result: 'refused' }))
  at.clock.forward(11 * 60_000)
  assert.equal((await act(anna, leadId, 'undo')).status, 409, 'the ten minutes are over')
  await ok(act(anna, leadId, 'reopen'))
  assert.equal(await destroyAfter(), null)
  const said = (await at.events(dealer)).map(({ event }) => event)
  for (const event of ['lead.closed', 'lead.undone', 'lead.reopened']) assert.ok(said.includes(event), event)
})

test('an undo takes back only my own last act, and only while nothing else has happened', async () => {
  const { anna, vera } = await office(at)
  const { leadId } = await byHand(anna)
  await ok(act(anna, leadId, 'take'))
  assert.deepEqual((await look(anna, leadId)).canUndo?.act, 'take')
  assert.equal((await look(vera, leadId)).canUndo, null)
  assert.equal((await act(vera, leadId, 'undo')).status, 409)
  await ok(act(anna, leadId, 'undo'))
  assert.deepEqual([(await look(anna, leadId)).status, (await look(anna, leadId)).takenAt, (await look(anna, leadId)).responsibleId], ['new', null, null])
})

test('a lead that nobody took is escalated once when its time is over, and once more when nobody has called', async () => {
  const { dealer, anna, vera } = await office(at)
  const { leadId } = await byHand(anna)
  const look2 = () => at.job(dealer, 'lead-deadline', (ctx) => onLeadDeadline(ctx, { leadId }))
  await look2()
  assert.equal((await look(anna, leadId)).escalatedAt, null, 'there is time')
  at.clock.forward(16 * 60_000)
  await look2()
  await look2()
  assert.deepEqual(
    (await at.events(dealer, 'lead.escalated')).map(({ details }) => details),
    [{ why: 'take_overdue' }],
  )
  assert.deepEqual(await tray(vera, '?view=escalated'), [leadId])
  await ok(act(anna, leadId, 'take'))
  at.clock.forward(16 * 60_000)
  await look2()
  await look2()
  assert.deepEqual(
    (await at.events(dealer, 'lead.escalated')).map(({ details }) => details['why']),
    ['take_overdue', 'contact_overdue'],
  )
  const { rows } = await at.owner.query(`select count(*)::int n from graphile_worker._private_jobs where key = $1`, [`lead-deadline:${leadId}`])
  assert.ok(rows[0].n <= 1, 'one look waits at a time')
})

test('a lead of the night is not late in the morning, and an automatic letter does not stop the clock', async () => {
  const dealer = await at.dealer()
  const day = at.clock.now
  at.clock.now = new Date('2027-03-17T23:30:00+03:00')
  await at.hire('head_of_sales', { dealer })
  const site = await at.machine(dealer)
  const { body } = await site.post<{ leadId: string }>('/intake/leads', { sourceCode: 'site', ...draft() })
  at.clock.now = new Date('2027-03-18T09:05:00+03:00')
  const anna = await at.hire('operator', { dealer })
  const seen = await look(anna, body.leadId)
  assert.deepEqual([seen.clocks.take.state, seen.clocks.take.spentMinutes, seen.clocks.take.dueAt], ['running', 5, '2027-03-18T06:15:00.000Z'])
  assert.deepEqual(
    seen.explanation.map(({ code }) => code),
    ['received', 'opened', 'counted', 'now', 'take_due', 'contact_due'],
  )
  await at.job(dealer, 'lead-deadline', (ctx) => onLeadDeadline(ctx, { leadId: body.leadId }))
  assert.equal((await look(anna, body.leadId)).escalatedAt, null)
  await at.owner.query(`insert into interactions (tenant_id, id, person_id, lead_id, kind, result, is_automatic, at) values ($1, $2, $3, $4, 'email_out', 'done', true, $5)`, [
    dealer.tenantId,
    randomUUID(),
    seen.personId,
    seen.id,
    at.clock.now,
  ])
  at.clock.now = new Date('2027-03-18T09:31:00+03:00')
  assert.equal((await look(anna, body.leadId)).clocks.firstContact.state, 'overdue')
  assert.deepEqual([(await counts(anna)).unanswered, await tray(anna, '?view=unanswered')], [1, [body.leadId]])
  const called = await anna.post('/interactions', { personId: seen.personId, leadId: seen.id, kind: 'call_out', result: 'talked' })
  assert.equal(called.status, 200, JSON.stringify(called.body))
  assert.deepEqual([(await look(anna, body.leadId)).clocks.firstContact.state, (await counts(anna)).unanswered], ['done_late', 0])
  at.clock.now = day
})
