import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Dealer } from '../../../test/dealer.ts'
import type { Stage } from '../../../test/stage.ts'
import { onLeadDeadline } from './lead-deadline.ts'
import { act, byHand, closeLeadsStage, look, office, ok, openLeadsStage } from './leads-stage.ts'
import { replanLeads } from './replan-leads.ts'

let at: Stage
before(async () => void (at = await openLeadsStage()))
after(closeLeadsStage)

const MINUTE_MS = 60_000
/** When the next look at a lead waits, in minutes from now; null when none does. */
async function nextLook(leadId: string): Promise<number | null> {
  const { rows } = await at.owner.query<{ run_at: Date }>('select run_at from graphile_worker._private_jobs where key = $1', [`lead-deadline:${leadId}`])
  return rows[0] ? Math.max(0, Math.round((rows[0].run_at.getTime() - at.clock.now.getTime()) / MINUTE_MS)) : null
}
const lookNow = (dealer: Dealer, leadId: string) => at.job(dealer, 'lead-deadline', (ctx) => onLeadDeadline(ctx, { leadId }))

test('a lead that goes to another outlet is looked at by that outlet’s hours', async () => {
  const { dealer, anna, vera } = await office(at)
  const { leadId } = await byHand(anna)
  assert.equal(await nextLook(leadId), 15)
  const nightly = randomUUID()
  const night = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, ['20:00', '23:00']]))
  await at.owner.query(`insert into outlets (tenant_id, id, name, address, time_zone, hours) values ($1, $2, 'Ночной', 'Москва', 'Europe/Moscow', $3)`, [
    dealer.tenantId,
    nightly,
    JSON.stringify(night),
  ])
  const gleb = await at.hire('seller', { dealer, outletId: nightly })
  await ok(act(vera, leadId, 'assign', { employeeId: gleb.employeeId }))
  assert.equal(await nextLook(leadId), 0, 'at once')
  await lookNow(dealer, leadId)
  assert.equal(await nextLook(leadId), 8 * 60 + 15, 'fifteen minutes after it opens in the evening')
})

test('a lead given back to everyone waits to be taken again, and is escalated when nobody does', async () => {
  const { dealer, anna, boris, vera } = await office(at)
  const { leadId } = await byHand(anna)
  await ok(act(vera, leadId, 'assign', { employeeId: boris.employeeId }))
  await ok(act(boris, leadId, 'take'))
  await lookNow(dealer, leadId)
  assert.equal(await nextLook(leadId), 30, 'the first contact')
  await ok(act(vera, leadId, 'assign', { employeeId: null }))
  const free = await look(vera, leadId)
  assert.deepEqual([free.status, free.responsibleId, free.takenAt, free.clocks.take.state], ['new', null, null, 'running'])
  assert.equal(await nextLook(leadId), 0)
  at.clock.forward(16 * MINUTE_MS)
  await lookNow(dealer, leadId)
  assert.ok((await look(vera, leadId)).escalatedAt)
  at.clock.forward(-16 * MINUTE_MS)
  const taken = await byHand(anna)
  await ok(act(anna, taken.leadId, 'take'))
  const before = await look(vera, taken.leadId)
  await ok(act(vera, taken.leadId, 'assign', { employeeId: null }))
  await ok(act(vera, taken.leadId, 'undo'))
  assert.equal((await look(vera, taken.leadId)).takenAt, before.takenAt, 'the undo gives the take back')
})

test('new clocks of an interest and new hours of an outlet move the looks at the leads that wait', async () => {
  const { dealer, anna, vera } = await office(at)
  const chief = await at.hire('administrator', { dealer })
  const [car, service] = [await byHand(anna), await byHand(anna, { interest: 'service' })]
  const plan = async (what: object) => at.job(dealer, 'leads-replan', (ctx) => replanLeads(ctx, { ...what }))
  const emitted = async (): Promise<Record<string, unknown>> => {
    const { rows } = await at.owner.query<{ id: string; payload: Record<string, unknown> }>(
      `select j.id, j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'leads-replan' and j.payload ->> 'tenantId' = $1`,
      [dealer.tenantId],
    )
    assert.equal(rows.length, 1, 'one job for the change')
    await at.owner.query('delete from graphile_worker._private_jobs where id = $1', [rows[0]?.id])
    return rows[0]?.payload ?? {}
  }
  assert.equal((await vera.patch('/lead-policies/new_car', { version: 0, takeMinutes: 60, firstContactMinutes: 120 })).status, 200)
  await plan(await emitted())
  assert.deepEqual([await nextLook(car.leadId), await nextLook(service.leadId)], [0, 15], 'only those it is about')
  await lookNow(dealer, car.leadId)
  assert.equal(await nextLook(car.leadId), 60)
  const { body } = await chief.get<{ outlets: { id: string; version: number; name: string; address: string; timeZone: string; hours: object }[] }>('/outlets')
  const [outlet] = body.outlets
  assert.ok(outlet)
  const { id, ...said } = outlet
  const late = { ...said.hours, wed: ['18:00', '21:00'] }
  const draft = { name: said.name, address: said.address, timeZone: said.timeZone, hours: late, version: said.version }
  assert.equal((await chief.patch(`/outlets/${id}`, draft)).status, 200)
  await plan(await emitted())
  await lookNow(dealer, service.leadId)
  assert.equal(await nextLook(service.leadId), 6 * 60 + 15)
})
