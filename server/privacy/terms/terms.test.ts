/** What the law wants by a day and is no request of anybody: blocks have an end (152-ФЗ ст. 21 ч. 6), and recipients hear of a destruction (ст. 20 ч. 3, 21 ч. 3). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { z } from 'zod'
import type { BlockRow, UntoldRow } from '../../../contract/privacy/term.ts'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'
import { recordDisclosure } from '../../people/index.ts'
import { Revealed } from '../../vault/index.ts'
import { blockLetter, privacyJobs } from '../index.ts'
import { act, aClient, daysAgo, file } from '../requests/requests-stage.ts'
import { blockTerm } from './block-term.ts'

let scene: Stage
let anna: Person
let igor: Person
let alla: Person
const ends = openEnds()
before(async () => {
  scene = await stage(ends)
  anna = await scene.hire('operator')
  igor = await scene.hire('privacy_officer', { outletId: null })
  alla = await scene.hire('administrator', { outletId: null })
})
after(ends.close)

const noon = (date: string): Date => new Date(`${date}T12:00:00+03:00`)
const vectors: [blockedOn: string, today: string, dueOn: string, endsOn: string, daysLeft: number, stage: string][] = [
  ['2026-08-31', '2026-08-31', '2027-02-26', '2027-02-28', 179, 'running'],
  ['2026-08-31', '2027-01-26', '2027-02-26', '2027-02-28', 31, 'running'],
  ['2026-08-31', '2027-01-27', '2027-02-26', '2027-02-28', 30, 'near'],
  ['2026-08-31', '2027-02-19', '2027-02-26', '2027-02-28', 7, 'urgent'],
  ['2026-08-31', '2027-02-26', '2027-02-26', '2027-02-28', 0, 'urgent'],
  ['2026-08-31', '2027-02-27', '2027-02-26', '2027-02-28', -1, 'late'],
  ['2026-02-15', '2026-08-01', '2026-08-14', '2026-08-15', 13, 'near'],
  ['2027-10-05', '2027-11-01', '2028-04-05', '2028-04-05', 156, 'running'],
]
for (const [blockedOn, today, dueOn, endsOn, daysLeft, word] of vectors) {
  test(`152-ФЗ ст. 21 ч. 6: блокировано ${blockedOn}, на ${today}: уничтожить до ${dueOn}, по закону до ${endsOn} (${word})`, () => {
    assert.deepEqual(blockTerm(noon(blockedOn), { zone: 'Europe/Moscow', today }), { startedOn: blockedOn, dueOn, endsOn, daysLeft, stage: word })
  })
}

test('152-ФЗ ст. 21 ч. 6: a block begins on the day of the company’s own zone', () => {
  assert.equal(blockTerm(new Date('2026-08-30T22:30:00Z'), { zone: 'Europe/Moscow', today: '2026-09-01' }).startedOn, '2026-08-31')
})

type Terms = { blocks: z.output<typeof BlockRow>[]; untold: z.output<typeof UntoldRow>[] }
const termsNow = async (): Promise<Terms> => {
  const { status, body } = await igor.get<Terms>('/terms')
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const blockOf = async (personId: string) => (await termsNow()).blocks.find((row) => row.personId === personId)
const night = () => scene.job(igor.dealer, 'block-terms', (ctx) => privacyJobs['block-terms']!(ctx, {}))
/** So many days later, everybody having stayed at their screens. */
async function days(count: number): Promise<void> {
  scene.clock.forward(count * 86_400_000)
  await scene.owner.query('update sessions set last_seen_at = $1, reauthenticated_at = $1, expires_at = $2', [
    scene.clock.now,
    new Date(scene.clock.now.getTime() + 12 * 3_600_000),
  ])
}
type Letter = { letter: string; personId: string; stage: string; count: number; endsOn: string }
const lettersOf = async (word: string): Promise<Letter[]> =>
  (
    await scene.owner.query<{ payload: Letter }>(
      `select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'mail' and j.payload ->> 'letter' = 'block-term' and j.payload ->> 'stage' = $1`,
      [word],
    )
  ).rows.map(({ payload }) => payload)
const personIdsOf = async (...people: Person[]): Promise<string[]> =>
  (await scene.owner.query<{ id: string }>('select person_id id from employees where id = any ($1::uuid[])', [people.map(({ employeeId }) => employeeId)])).rows
    .map(({ id }) => id)
    .toSorted()
const saidOf = async (personId: string): Promise<unknown[]> =>
  (await scene.events(igor.dealer, 'person.block_term')).filter(({ personIds }) => personIds.includes(personId)).map(({ details }) => details.stage)

test('152-ФЗ ст. 21 ч. 6: Mariya is blocked, and the officer sees the clock, hears thirty days before, and with the administrator seven days before and when it is over', async () => {
  scene.clock.now = noon('2026-08-31')
  const { personId } = await aClient(anna)
  const { id } = await file(igor, personId, 'block', { receivedOn: daysAgo(scene, 0) })
  const began = await blockOf(personId)
  assert.deepEqual(
    [began?.startedOn, began?.dueOn, began?.endsOn, began?.stage, began?.isOver, began?.article, began?.masked?.name],
    ['2026-08-31', '2027-02-26', '2027-02-28', 'running', false, 'ст. 21 ч. 6', 'Белова М. И.'],
  )
  await days(148)
  await night()
  assert.deepEqual([(await blockOf(personId))?.daysLeft, await saidOf(personId)], [31, []])
  await days(1)
  for (let time = 0; time < 2; time++) await night()
  assert.deepEqual(await saidOf(personId), ['near'], 'said once')
  assert.deepEqual(
    (await lettersOf('near')).map((letter) => letter.personId),
    await personIdsOf(igor),
  )
  await days(23)
  for (let time = 0; time < 2; time++) await night()
  await days(8)
  for (let time = 0; time < 2; time++) await night()
  assert.deepEqual(await saidOf(personId), ['near', 'urgent', 'late'])
  for (const word of ['urgent', 'late']) assert.deepEqual((await lettersOf(word)).map((letter) => letter.personId).toSorted(), await personIdsOf(igor, alla), word)
  assert.deepEqual([(await blockOf(personId))?.stage, (await blockOf(personId))?.daysLeft], ['late', -1])
  const [payload] = await lettersOf('late')
  const letter = await scene.job(igor.dealer, 'mail', (ctx) => blockLetter(ctx, payload, 'https://crm.example'))
  assert.match(letter?.text ?? '', /Заблокированы данные: 1 человек\. Ближайший срок: 28\.02\.2027\.[^]*ст\. 21 ч\. 6[^]*https:\/\/crm\.example\/privacy\/destruction\?tab=terms/)
  assert.doesNotMatch(letter?.text ?? '', /Белов/)
  assert.match(letter ? Revealed.open(letter.to) : '', /@staff\.example$/)
  assert.equal((await act(igor, id, 'restrict', { isRestricted: false })).status, 200)
  assert.equal(await blockOf(personId), undefined, 'lifted: no clock')
  assert.equal((await act(igor, id, 'restrict', { isRestricted: true })).status, 200)
  assert.equal((await blockOf(personId))?.startedOn, '2027-02-27', 'blocked again: the clock begins anew')
})

test('152-ФЗ ст. 21 ч. 6: whoever nothing holds but the block is told to be destroyed', async () => {
  const { personId } = await aClient(anna, 'Ничейная Нина')
  await scene.owner.query(`update grounds set ended_at = $2, ended_reason = 'consent_withdrawn' where person_id = $1`, [personId, scene.clock.now])
  await scene.owner.query('update persons set restricted_at = $2 where id = $1', [personId, scene.clock.now])
  assert.equal((await blockOf(personId))?.isOver, true)
})

test('152-ФЗ ст. 20 ч. 3: a recipient who has not heard of a destruction stands with a term of seven working days until they have', async () => {
  scene.clock.now = noon('2027-03-01')
  await days(0)
  const { personId } = await aClient(anna, 'Ушедшая Ульяна')
  await scene.job(igor.dealer, 'mail', (ctx) => recordDisclosure(ctx, { personId, recipientName: 'ООО «Страховая»', basis: 'consent', what: ['contact'] }))
  await scene.owner.query(`update grounds set ended_at = $2, ended_reason = 'consent_withdrawn' where person_id = $1`, [personId, scene.clock.now])
  const { status, body } = await igor.post<{ actId: string }>(`/persons/${personId}/destroy`)
  assert.equal(status, 200, JSON.stringify(body))
  const [row] = (await termsNow()).untold
  assert.deepEqual(
    [row?.recipient, row?.actId, row?.startedOn, row?.dueOn, row?.daysLeft, row?.article],
    ['ООО «Страховая»', body.actId, '2027-03-01', '2027-03-11', 10, 'ст. 20 ч. 3'],
  )
  await days(11)
  assert.equal((await termsNow()).untold[0]?.daysLeft, -1)
  assert.equal((await igor.post(`/destructions/${body.actId}/recipients/${row?.id}/told`)).status, 200)
  assert.deepEqual((await termsNow()).untold, [])
})

test('terms are the officer’s: others are refused', async () => {
  assert.equal((await scene.stranger.get('/terms')).status, 401)
  assert.equal((await anna.get('/terms')).status, 403)
})
