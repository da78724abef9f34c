import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'
import { aClient, act, card, daysAgo, file, type Refused } from './requests-stage.ts'

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
const today = (): string => daysAgo(scene, 0)

test('a demand to block that is refused as unproved opens the person again', async () => {
  const { personId } = await aClient(anna)
  const { id } = await file(igor, personId, 'block', { receivedOn: today() })
  assert.equal((await anna.post(`/persons/${personId}/reveal`, { purpose: 'request_handling' })).status, 403)
  assert.equal((await act(igor, id, 'refuse', { reason: 'not_proved', words: 'Подтверждений неточности не приложено' })).status, 200)
  assert.equal((await anna.post(`/persons/${personId}/reveal`, { purpose: 'request_handling' })).status, 200)
})

test('whoever takes a consent back, wants an end of processing or destruction gets no more advertising from that moment on, while the rest has its term (152-ФЗ art. 15 ч.2)', async () => {
  for (const kind of ['withdraw', 'stop', 'destroy'] as const)
    for (const channel of ['email', 'paper', 'phone'] as const) {
      const { personId } = await aClient(anna, 'Рекламова Анна', `${kind}.${channel}@mail.example`)
      const { id } = await file(igor, personId, kind, { receivedOn: today(), channel })
      const { body } = await anna.get<{ may: boolean; because: string }>(`/persons/${personId}/may-contact?channel=email&messageKind=advertising`)
      assert.deepEqual([body.may, body.because], [false, 'objection'], `${kind} by ${channel}`)
      assert.equal((await card(igor, id)).state, 'new')
    }
})

test('what the authority asks about a person is not shown or written to them, and the notice of its extension goes by post (152-ФЗ art. 20 ч.4)', async () => {
  const { personId } = await aClient(anna, 'Проверкина Вера', 'proverkina@mail.example')
  const { id } = await file(igor, personId, 'regulator', { receivedOn: today(), channel: 'email' })
  const own = await scene.subject(igor.dealer, [personId])
  assert.deepEqual((await own.get<{ rows: unknown[] }>('/own/requests')).body.rows, [])
  const byMail = await act<Refused>(igor, id, 'extend', { days: 5, reason: 'archive', notice: { by: 'email' } })
  assert.deepEqual([byMail.status, byMail.body.fields], [422, [{ at: 'notice', why: 'by_post_only' }]])
  assert.equal((await act(igor, id, 'extend', { days: 5, reason: 'archive', notice: { by: 'post', sentOn: today() } })).status, 200)
  assert.equal((await act(igor, id, 'pack')).status, 200)
  assert.equal((await act(igor, id, 'answer')).status, 200)
  assert.equal((await own.get(`/own/requests/${id}/answer`)).status, 404)
  const { rows: letters } = await scene.owner.query(`select 1 from graphile_worker._private_jobs where payload -> 'payload' ->> 'requestId' = $1`, [id])
  assert.deepEqual(letters, [])
})
