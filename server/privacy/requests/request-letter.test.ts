import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../../../test/eventually.ts'
import { workerStage } from '../../../test/worker-stage.ts'
import { demoMailboxFolder, listDemoLetters, readDemoLetter } from '../../platform/mail/demo-mailbox.ts'
import { extendedDue } from '../terms/due-of.ts'
import { aClient, act, daysAgo, file } from './requests-stage.ts'

test('the notices that the law owes reach the person also under a restriction, and hold nothing of what is held', async (t) => {
  const cast = await workerStage(t)
  const [anna, igor] = [await cast.hire('operator'), await cast.hire('privacy_officer', { outletId: null })]
  const site = await cast.site(igor.dealer)
  const email = 'alla.letters@mail.example'
  const { personId, phone } = await aClient(anna, 'Письменная Алла', email)
  const today = daysAgo(cast, 0)
  const asked = await file(igor, personId, 'access', { receivedOn: today, channel: 'email' })
  await act(igor, asked.id, 'restrict', { isRestricted: true })
  assert.equal((await act(igor, asked.id, 'extend', { days: 5, reason: 'archive', notice: { by: 'email' } })).status, 200)
  const folder = demoMailboxFolder(cast.folder)
  const letterWith = (words: RegExp) =>
    eventually(async () => {
      for (const { id, to } of await listDemoLetters(folder)) {
        const letter = to.includes(email) ? await readDemoLetter(folder, id) : null
        if (letter && words.test(letter.text)) return letter
      }
      return undefined
    }, `a letter with ${words.source}`)
  const notice = await letterWith(/Мотивированное уведомление о продлении срока/)
  const [year, month, day] = extendedDue('D_ACCESS', today, 5).split('-')
  assert.ok(notice.text.includes(`${day}.${month}.${year}`) && notice.text.includes('часть сведений в архиве'), notice.text)
  await act(igor, asked.id, 'identify', { how: 'document' })
  await act(igor, asked.id, 'pack')
  assert.equal((await act(igor, asked.id, 'answer')).status, 200)
  const answer = await letterWith(/Ответ готов/)
  assert.ok(answer.text.includes(`/site/${site.slug}/my`), answer.text)
  const refused = await file(igor, personId, 'rectify', { receivedOn: today, channel: 'email' })
  await act(igor, refused.id, 'refuse', { reason: 'not_proved', words: 'Секретное объяснение про Аллу' })
  const refusal = await letterWith(/В исполнении отказано/)
  assert.match(refusal.text, /ст\. 20 ч\. 3/)
  for (const { text } of [notice, answer, refusal]) for (const held of ['Письменная', phone.replace(/\D/g, ''), 'красный', 'Секретное']) assert.ok(!text.includes(held), held)
})

test('who is destroyed on their own demand is told so, though nobody knows their address any more', async (t) => {
  const cast = await workerStage(t)
  const [anna, igor] = [await cast.hire('operator'), await cast.hire('privacy_officer', { outletId: null })]
  const email = 'rita.farewell@mail.example'
  const { personId } = await aClient(anna, 'Прощальная Рита', email)
  const { id, number } = await file(igor, personId, 'destroy', { receivedOn: daysAgo(cast, 0), channel: 'email' })
  await act(igor, id, 'identify', { how: 'document' })
  const done = await act(igor, id, 'destroy', { reason: 'stop_demand' })
  assert.equal(done.status, 200, JSON.stringify(done.body))
  const queued = await cast.owner.query('select payload::text as line from graphile_worker._private_jobs')
  assert.ok(!JSON.stringify(queued.rows).includes(email))
  const folder = demoMailboxFolder(cast.folder)
  const letter = await eventually(async () => (await listDemoLetters(folder)).find(({ to, subject }) => to.includes(email) && subject.includes(`№ ${number}`)), 'the letter')
  assert.match((await readDemoLetter(folder, letter.id))?.text ?? '', /персональные данные уничтожены, это подтверждает акт № 1 от/)
  const waiting = async (): Promise<number> =>
    (await cast.owner.query(`select 1 from graphile_worker._private_jobs j join graphile_worker._private_tasks k on k.id = j.task_id where k.identifier = 'mail'`)).rows.length
  await eventually(async () => (await waiting()) === 0, 'the sealed address to go with its job')
})
