import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'
import { aClient, act, daysAgo, file, type Refused } from './requests-stage.ts'

let scene: Stage
let anna: Person
let igor: Person
const ends = openEnds()
before(async () => {
  scene = await stage(ends)
  anna = await scene.hire('operator')
  igor = await scene.hire('privacy_officer', { outletId: null })
})
after(ends.close)

test('what a law orders to keep is not destroyed on demand, unless it was never lawful', async () => {
  const { personId } = await aClient(anna)
  await scene.owner.query(`insert into grounds (tenant_id, id, person_id, activity_id, basis, evidence, since) values ($1, $2, $3, $4, 'law', '{}', now())`, [
    igor.dealer.tenantId,
    randomUUID(),
    personId,
    igor.dealer.activities.sale,
  ])
  const { id } = await file(igor, personId, 'destroy', { receivedOn: daysAgo(scene, 0) })
  await act(igor, id, 'identify', { how: 'office' })
  const kept = await act<Refused>(igor, id, 'destroy', { reason: 'stop_demand' })
  assert.deepEqual([kept.status, kept.body.details?.state], [409, 'held_by_law'])
  assert.equal((await act(igor, id, 'destroy', { reason: 'unlawful' })).status, 200)
})

test('the paper of an earlier request is no reason to keep whoever demands destruction', async () => {
  const asked = await igor.post<{ id: string; personId: string }>('/requests', {
    who: { contact: { fullName: 'Тайнов Олег', phones: ['+7 999 411 0001'] } },
    kind: 'access',
    channel: 'paper',
    receivedOn: daysAgo(scene, 0),
    words: 'Что вы обо мне храните?',
  })
  assert.equal((await act(igor, asked.body.id, 'refuse', { reason: 'not_conforming', words: 'Подпишите, пожалуйста' })).status, 200)
  const { id } = await file(igor, asked.body.personId, 'destroy', { receivedOn: daysAgo(scene, 0) })
  await act(igor, id, 'identify', { how: 'office' })
  assert.equal((await act(igor, id, 'destroy', { reason: 'stop_demand' })).status, 200)
})

test('who demands destruction while an answer is owed to them is answered first; what else they had demanded is done with it', async () => {
  const { personId } = await aClient(anna)
  const [access, stop, destroy] = [
    await file(igor, personId, 'access', { receivedOn: daysAgo(scene, 0) }),
    await file(igor, personId, 'stop', { receivedOn: daysAgo(scene, 0) }),
    await file(igor, personId, 'destroy', { receivedOn: daysAgo(scene, 0) }),
  ]
  await act(igor, destroy.id, 'identify', { how: 'office' })
  const early = await act<Refused>(igor, destroy.id, 'destroy', { reason: 'stop_demand' })
  assert.deepEqual([early.status, early.body.details?.state], [409, 'request_open'])
  assert.equal((await act(igor, access.id, 'refuse', { reason: 'not_conforming', words: 'Подпишите, пожалуйста' })).status, 200)
  assert.equal((await act(igor, destroy.id, 'destroy', { reason: 'stop_demand' })).status, 200)
  const { rows } = (await igor.get<{ rows: { id: string; state: string }[] }>('/requests?view=answered')).body
  assert.deepEqual(
    [stop.id, destroy.id].map((id) => rows.find((row) => row.id === id)?.state),
    ['executed', 'executed'],
  )
})
