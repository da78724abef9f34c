import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { JobTaskName } from '../../contract/jobs.ts'
import type { ConsentParts } from '../../contract/consent/consent.ts'
import type { Dealer } from '../../test/dealer.ts'
import type { Act } from '../kernel/index.ts'
import { dnmLongJobs } from './index.ts'
import { ask, closeNetwork, look, ok, openNetwork, tray, type NetworkStage } from './network-stage.ts'
import { namesTransfer } from './transfer/basis.ts'

let at: NetworkStage
before(async () => {
  at = await openNetwork()
})
after(closeNetwork)

const parts: ConsentParts = {
  operator: { name: 'ООО «Вельтара»', address: '141402, Московская обл., г. Химки, ул. Ленинградская, д. 39' },
  purpose: 'Ответ на обращение о покупке автомобиля у дилера марки',
  data: ['имя', 'телефон'],
  processors: [],
  operations: ['сбор', 'хранение', 'передача дилеру, который ответит на обращение', 'уничтожение'],
  methods: 'Автоматизированные и ручные.',
  term: 'До ответа на обращение, не дольше одного года.',
  withdrawal: 'Письмом по адресу оператора.',
}

const jobs = dnmLongJobs({ allowsPrivate: true })
const actor =
  (task: string, tenantId: string): Act =>
  (run) =>
    at.house.job({ tenantId } as Dealer, task, run)
const about = { jobId: '1', attempt: 1, maxAttempts: 25, signal: new AbortController().signal }
const run = (task: JobTaskName, payload: object, elsewhere?: (tenantId: string) => Act) =>
  jobs[task]!(actor(task, at.veltara.tenantId), payload as never, about, elsewhere ?? ((tenantId) => actor(task, tenantId)))

/** The newest request of the network, given to a dealer, whose handing over has not begun. */
async function waiting(): Promise<{ leadId: string; transferId: string }> {
  const { leadId } = await ask(at, { networkOutletId: at.zvezda.outletId })
  await at.house.job(at.veltara, 'network-route', async (ctx) => (await import('./routing/on-route.ts')).onNetworkRoute(ctx, { leadId, networkOutletId: at.zvezda.outletId }))
  const { rows } = await at.house.owner.query<{ id: string }>('select id from network_transfers where lead_id = $1', [leadId])
  await at.house.owner.query(
    `delete from graphile_worker._private_jobs where task_id in (select id from graphile_worker._private_tasks where identifier in ('network-route', 'network-transfer'))`,
  )
  return { leadId, transferId: rows[0]!.id }
}
const copies = async (leadId: string): Promise<number> => {
  const { rows } = await at.house.owner.query(`select l.id from leads l where l.tenant_id = $1 and l.network_lead_id = $2`, [at.zvezda.tenantId, leadId])
  return rows.length
}

test('killed after the dealer has received it, the next run finds it there and completes the handing over once', async () => {
  const { leadId, transferId } = await waiting()
  let died = false
  const dies =
    (tenantId: string): Act =>
    async (step) => {
      await actor('network-transfer', tenantId)(step)
      died = true
      throw new Error('killed')
    }
  await assert.rejects(run('network-transfer', { transferId }, dies), /killed/)
  assert.ok(died)
  assert.deepEqual([await copies(leadId), (await look(at.ulyana, leadId)).state], [1, 'offered'])
  await run('network-transfer', { transferId })
  await run('network-transfer', { transferId })
  const lead = await look(at.ulyana, leadId)
  assert.deepEqual([await copies(leadId), lead.state, lead.transfers[0]?.state], [1, 'received', 'done'])
  const { rows } = await at.house.owner.query(`select 1 from disclosures where tenant_id = $1 and person_id = $2`, [at.veltara.tenantId, lead.personId])
  assert.equal(rows.length, 1)
  assert.equal((await at.house.events(at.veltara, 'network_lead.handed_over')).filter(({ objectId }) => objectId === leadId).length, 1)
  const received = await at.house.owner.query(`select 1 from received_transfers where tenant_id = $1 and id = $2`, [at.zvezda.tenantId, transferId])
  assert.equal(received.rows.length, 1)
})

test('killed before anything reached the dealer, nothing is there, and the next run does all of it', async () => {
  const { leadId, transferId } = await waiting()
  await assert.rejects(
    run('network-transfer', { transferId }, () => () => Promise.reject(new Error('killed'))),
    /killed/,
  )
  assert.equal(await copies(leadId), 0)
  await run('network-transfer', { transferId })
  assert.equal(await copies(leadId), 1)
})

test('taken back while it was on its way, the copy that arrives is closed at once', async () => {
  const { leadId, transferId } = await waiting()
  const slow =
    (tenantId: string): Act =>
    async (step) => {
      const done = await actor('network-transfer', tenantId)(step)
      await ok(at.ulyana.post(`/network/leads/${leadId}/take-back`, { version: (await look(at.ulyana, leadId)).version }))
      return done
    }
  await run('network-transfer', { transferId }, slow)
  await at.settle()
  const { rows } = await at.house.owner.query(`select status, result from leads where tenant_id = $1 and network_lead_id = $2`, [at.zvezda.tenantId, leadId])
  assert.deepEqual(rows, [{ status: 'closed', result: 'taken_back' }])
  const lead = await look(at.ulyana, leadId)
  assert.deepEqual([lead.state, lead.unroutedBecause], ['unrouted', 'by_hand'])
})

test('on no basis nobody is handed over: the lead desk is told why', async () => {
  const { leadId, transferId } = await waiting()
  const { personId } = await look(at.ulyana, leadId)
  const card = await ok(at.yulia.get<{ grounds: { id: string }[] }>(`/persons/${personId}`))
  await ok(at.yulia.post(`/persons/${personId}/grounds/${card.grounds[0]?.id}/end`, { reason: 'objection' }))
  await run('network-transfer', { transferId })
  const lead = await look(at.ulyana, leadId)
  assert.deepEqual([lead.state, lead.unroutedBecause, lead.transfers[0]?.state, await copies(leadId)], ['unrouted', 'no_basis', 'refused', 0])
  assert.equal((await at.house.events(at.veltara, 'network_lead.refused')).filter(({ objectId }) => objectId === leadId)[0]?.details.because, 'no_basis')
})

test('on a consent that names it, the dealer’s copy rests on the handing over; taken back, it ends there too and other grounds stay', async () => {
  await ok(at.yulia.post('/consent-texts', { kind: 'request', parts, validDays: 365 }))
  const { leadId, transferId } = await waiting()
  const { personId } = await look(at.ulyana, leadId)
  await ok(at.ulyana.post(`/persons/${personId}/consents`, { kind: 'request', state: 'given', how: 'staff_paper' }))
  await run('network-transfer', { transferId })
  const lead = await look(at.ulyana, leadId)
  assert.deepEqual([lead.transfers[0]?.basis, lead.transfers[0]?.consentEventId !== null], ['consent', true])
  const [copy] = (await tray(at.anna)).filter(({ number }) => number === lead.dealerLeadNumber)
  assert.ok(copy)
  await ok(at.ulyana.post(`/persons/${personId}/consents`, { kind: 'request', state: 'withdrawn', how: 'staff_call' }))
  await at.settle()
  const { rows } = await ok(at.zoya.get<{ rows: { id: string; what: string; number: number; endedGround: boolean; leadId: string }[] }>('/network/notices'))
  assert.deepEqual(
    rows.map(({ what, number, endedGround, leadId: of }) => [what, number, endedGround, of]),
    [['withdrawn', lead.number, true, copy.id]],
  )
  const card = await ok(at.zoya.get<{ state: string; grounds: { endedReason: string | null }[] }>(`/persons/${copy.personId}`))
  assert.deepEqual([card.state, card.grounds.map(({ endedReason }) => endedReason)], ['no_ground', ['consent_withdrawn']])
  await ok(at.zoya.post(`/network/notices/${rows[0]?.id}/seen`))
  assert.deepEqual((await ok(at.zoya.get<{ rows: [] }>('/network/notices?isSeen=false'))).rows, [])
  assert.equal((await at.house.events(at.zvezda, 'subject_notice.received')).length, 1)
})

test('a correction is told to the dealer by number, and ends nothing', async () => {
  const { leadId } = await ask(at, { networkOutletId: at.ural.outletId })
  await at.settle()
  const { personId } = await look(at.ulyana, leadId)
  await run('recipients-told', { personId, what: 'corrected' })
  await run('recipients-told', { personId, what: 'corrected' })
  const { rows } = await ok(at.nina.get<{ rows: { what: string; endedGround: boolean }[] }>('/network/notices'))
  assert.deepEqual(
    rows.map(({ what, endedGround }) => [what, endedGround]),
    [['corrected', false]],
  )
  const [copy] = await tray(at.boris)
  assert.equal((await ok(at.boris.get<{ state: string }>(`/persons/${copy?.personId}`))).state, 'open')
})

test('a consent taken back while its person is on the way reaches the dealer after them, and the person is told who has got them', async () => {
  await ok(at.yulia.post('/consent-texts', { kind: 'request', parts, validDays: 365 }))
  const { leadId, transferId } = await waiting()
  const { personId } = await look(at.ulyana, leadId)
  await at.house.owner.query(`update grounds set basis = 'consent' where tenant_id = $1 and person_id = $2`, [at.veltara.tenantId, personId])
  await ok(at.ulyana.post(`/persons/${personId}/consents`, { kind: 'request', state: 'given', how: 'staff_paper' }))
  const slow =
    (tenantId: string): Act =>
    async (step) => {
      await ok(at.ulyana.post(`/persons/${personId}/consents`, { kind: 'request', state: 'withdrawn', how: 'staff_call' }))
      await at.settle()
      return actor('network-transfer', tenantId)(step)
    }
  await run('network-transfer', { transferId }, slow)
  await at.settle()
  const { rows } = await at.house.owner.query(
    `select (select count(*)::int from grounds g join leads l on l.tenant_id = $1 and l.person_id = g.person_id where g.tenant_id = $1 and l.network_lead_id = $3 and g.ended_at is null) held,
      (select array_agg(what) from subject_notices where tenant_id = $1 and transfer_id = $4) told, (select count(*)::int from disclosures where tenant_id = $2 and person_id = $5) disclosed`,
    [at.zvezda.tenantId, at.veltara.tenantId, leadId, transferId, personId],
  )
  assert.deepEqual(rows, [{ held: 0, told: ['withdrawn'], disclosed: 1 }])
  assert.equal((await look(at.ulyana, leadId)).state, 'unrouted')
})

test('a dealer who cannot take it (no source for a distributor’s requests) is no dead end', async () => {
  await at.house.owner.query(`update lead_sources set is_active = false where tenant_id = $1 and code = 'importer'`, [at.zvezda.tenantId])
  const { leadId, transferId } = await waiting()
  await run('network-transfer', { transferId })
  const lead = await look(at.ulyana, leadId)
  assert.deepEqual([lead.state, lead.unroutedBecause, lead.transfers[0]?.state], ['unrouted', 'not_delivered', 'failed'])
})

test('a text names a handing over to dealers, or it does not', () => {
  assert.ok(namesTransfer(parts))
  assert.ok(!namesTransfer({ ...parts, operations: ['сбор', 'хранение'] }))
  assert.ok(!namesTransfer({ ...parts, operations: ['сбор', 'передача'], purpose: 'Ответ на обращение' }))
  const answered = { ...parts, purpose: 'Ответ официального дилера на обращение' }
  for (const operation of [
    'передача третьим лицам не осуществляется',
    'хранение без передачи кому-либо',
    'передача дилерам не осуществляется',
    'передача дилерам запрещена',
    'передача оператору связи',
  ])
    assert.ok(!namesTransfer({ ...answered, operations: ['сбор', operation] }), operation)
  assert.ok(!namesTransfer({ ...parts, operations: ['сбор'], purpose: 'Ответ на обращение. Официальному дилеру данные не передаются, доступ есть у оператора' }))
  assert.ok(
    namesTransfer({ ...parts, operations: ['сбор', 'передача дилеру не позднее следующего дня', 'передача третьим лицам не осуществляется'], purpose: 'Ответ на обращение' }),
  )
  assert.ok(namesTransfer({ ...parts, operations: ['сбор', 'передача'], purpose: 'Передача обращения официальному дилеру' }))
})
