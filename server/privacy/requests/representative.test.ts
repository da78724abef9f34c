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

const representative = {
  name: 'Доверенных Фома Лукич',
  document: 'паспорт 45 10 778899, выдан ОВД 12.03.2015',
  powers: 'доверенность 77 АГ 1234567 от 01.02.2026, нотариус Ветров',
}

test('152-ФЗ ст. 9 ч. 1, ст. 14 ч. 3: whoever asks for another shows their document and their powers, and is answered by nothing less', async () => {
  const { personId } = await aClient(anna, 'Далёкая Дарья')
  const { id } = await file(igor, personId, 'stop', { receivedOn: daysAgo(scene, 0), words: 'За Дарью просит Фома' })
  const unproved = await act<Refused>(igor, id, 'execute')
  assert.deepEqual([unproved.status, unproved.body.details?.state], [409, 'identity_unknown'])
  for (const missing of ['document', 'powers', 'name'] as const) {
    const half = await act<Refused>(igor, id, 'identify', { how: 'document', representative: { ...representative, [missing]: '' } })
    assert.deepEqual([half.status, half.body.fields?.map(({ at }) => at)], [422, [`representative.${missing}`]])
  }
  const known = await act<Refused>(igor, id, 'identify', { how: 'office', representative })
  assert.deepEqual([known.status, known.body.fields], [422, [{ at: 'how', why: 'document_needed' }]], 'that they are known at the office gives them no powers')
  assert.equal((await card(igor, id)).identity, 'unknown')
  assert.equal((await act(igor, id, 'identify', { how: 'document', representative })).status, 200)
  const seen = await card(igor, id)
  const noted = seen.history.find(({ kind }) => kind === 'identified')
  assert.deepEqual([seen.identity, noted?.details.byRepresentative, noted?.hasText], ['document', true, true])
  const { texts } = (await igor.post<{ texts: { eventId: string; text: string }[] }>(`/requests/${id}/words`)).body
  const text = texts.find(({ eventId }) => eventId === noted?.id)?.text ?? ''
  for (const words of Object.values(representative)) assert.ok(text.includes(words), words)
  const [said] = (await scene.events(igor.dealer, 'request.identified')).filter(({ objectId }) => objectId === id)
  assert.deepEqual(said?.details, { how: 'document', byRepresentative: true })
  assert.equal((await act(igor, id, 'execute')).status, 200)
})

test('what a representative showed lies open nowhere, and goes with the person', async () => {
  const { personId } = await aClient(anna, 'Тихая Таня')
  const { id } = await file(igor, personId, 'destroy', { receivedOn: daysAgo(scene, 0) })
  assert.equal((await act(igor, id, 'identify', { how: 'document', representative: { ...representative, name: 'Невидимова Агния' } })).status, 200)
  const { rows: tables } = await scene.owner.query<{ name: string }>(`select format('%I', tablename) as name from pg_tables where schemaname = 'public'`)
  for (const { name } of tables) assert.equal((await scene.owner.query(`select 1 from ${name} t where t::text like '%Невидимова%'`)).rows.length, 0, name)
  assert.equal((await act(igor, id, 'destroy', { reason: 'stop_demand' })).status, 200)
  assert.equal((await scene.owner.query('select 1 from facts where person_id = $1', [personId])).rows.length, 0)
})
