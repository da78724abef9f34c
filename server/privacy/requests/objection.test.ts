import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'
import { aClient, act, card, daysAgo, type Refused } from './requests-stage.ts'

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
type Queued = { personId: string; payload: { what: string } }
const lettersTo = async (personId: string): Promise<string[]> =>
  (
    await scene.owner.query<{ payload: Queued }>(
      `select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'service-letter' and j.payload ->> 'personId' = $1`,
      [personId],
    )
  ).rows.map(({ payload }) => payload.payload.what)

test('152-ФЗ ст. 16 ч. 3, 4: an objection to a machine’s decision is looked into by a human within thirty days, and the person reads what came of it', async () => {
  const { personId } = await aClient(anna, 'Возражева Инна', 'inna@mail.example')
  const inna = await scene.subject(igor.dealer, [personId])
  const object = async (): Promise<string> =>
    (await inna.post<{ id: string }>('/own/requests', { personId, kind: 'auto_objection', words: 'Мою заявку распределила программа' })).body.id
  const [first, second] = [await object(), await object()]
  const { due } = await card(igor, first)
  assert.deepEqual([due.term, due.endsOn], ['D_AUTO_OBJ', daysAgo(scene, -30)])
  const silent = await act<Refused>(igor, first, 'execute')
  assert.deepEqual([silent.status, silent.body.fields], [422, [{ at: 'words', why: 'required' }]], 'an objection is not closed without a word')
  const [agreed, not] = ['Решение пересмотрено: заявку ведёт сотрудник, которого выбрали вы.', 'Решения принял сотрудник, программа только напомнила о сроке.']
  assert.equal((await act(igor, first, 'execute', { words: agreed })).status, 200)
  assert.equal((await act(igor, second, 'refuse', { reason: 'no_automated', words: not })).status, 200)
  const { rows } = (await inna.get<{ rows: { id: string; state: string; reply: string | null }[] }>('/own/requests')).body
  assert.deepEqual(
    [first, second].map((id) => rows.find((row) => row.id === id)).map((row) => [row?.state, row?.reply]),
    [
      ['executed', agreed],
      ['refused', not],
    ],
  )
  assert.deepEqual((await lettersTo(personId)).toSorted(), ['executed', 'refused'], 'and a letter says that there is an answer')
})
