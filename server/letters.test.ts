import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { eventually } from '../test/eventually.ts'
import { stage } from '../test/stage.ts'
import { workerStage } from '../test/worker-stage.ts'
import { mailJob, serviceLetters } from './letters.ts'
import { queueEmitted } from './mailing/outbound/queue-service.ts'
import { sendingStage } from './mailing/sending-stage.ts'
import { RefusedForGood } from './platform/mail/delivery.ts'
import { demoMailboxFolder, listDemoLetters, readDemoLetter } from './platform/mail/demo-mailbox.ts'
import { openDemoPost } from './platform/mail/demo-post.ts'
import { openMailer, senderOf } from './platform/mail/mailer.ts'
import { act, aClient, card, daysAgo, file } from './privacy/requests/requests-stage.ts'

test('a colleague is invited: the letter reaches the demo mailbox by real SMTP, and the queue never held the address', async (t) => {
  const cast = await workerStage(t)
  const olga = await cast.hire('administrator')
  const email = `nina.${randomUUID().slice(0, 8)}@staff.example`
  const invited = await olga.post('/staff', {
    email,
    surname: 'Крылова',
    given: 'Нина',
    role: 'operator',
    position: 'Оператор',
    outletId: olga.dealer.outletId,
    departmentId: null,
  })
  assert.equal(invited.status, 200, JSON.stringify(invited.body))
  const queued = await cast.owner.query<{ payload: unknown }>('select payload from graphile_worker._private_jobs')
  assert.ok(!JSON.stringify(queued.rows).includes(email))
  const folder = demoMailboxFolder(cast.folder)
  const letter = await eventually(async () => (await listDemoLetters(folder)).find(({ to }) => to.includes(email)), 'the letter')
  const opened = await readDemoLetter(folder, letter.id)
  assert.match(opened?.text ?? '', /http:\/\/localhost\/invitation#/)
  assert.match(letter.from, /^"?Infotech"? <no-reply@localhost>$/)
  const looks = await cast.events(olga.dealer, 'person.revealed')
  assert.equal(looks.filter(({ purpose }) => purpose === 'employment').length, 1)
  assert.ok(!JSON.stringify(cast.said).includes(email))
})

test('a farewell that reaches nobody is given up on the record, and the sealed address goes with its job; every other letter is tried again', async (t) => {
  const cast = await stage(t)
  const [anna, igor] = [await cast.hire('operator'), await cast.hire('privacy_officer', { outletId: null })]
  const depart = async (name: string, email: string) => {
    const { personId } = await aClient(anna, name, email)
    const { id } = await file(igor, personId, 'destroy', { receivedOn: daysAgo(cast, 0), channel: 'email' })
    await act(igor, id, 'identify', { how: 'document' })
    const { body } = await act<{ actId: string }>(igor, id, 'destroy', { reason: 'stop_demand' })
    const { rows } = await cast.owner.query<{ payload: Record<string, unknown> }>(
      `select payload from graphile_worker._private_jobs where payload ->> 'letter' = 'request-destroyed' and payload ->> 'requestId' = $1`,
      [id],
    )
    const send = (attempt: number, answer: () => Promise<void>): Promise<void> =>
      mailJob({ mailer: { send: answer, close: () => {} }, publicUrl: 'http://localhost' })(
        (run) => cast.job(igor.dealer, 'mail', run),
        rows[0]?.payload ?? {},
        { jobId: '1', attempt, maxAttempts: 25, signal: new AbortController().signal },
        () => () => Promise.reject(new Error('nowhere else')),
      )
    const told = async () => (await igor.get<{ personTold: string | null }>(`/destructions/${body.actId}`)).body.personTold
    return { id, send, told }
  }
  const away = (): Promise<never> => Promise.reject(new Error('away'))
  const [rita, zoya, lida] = [
    await depart('Уходова Рита', 'rita.gone@mail.example'),
    await depart('Уходова Зоя', 'zoya.gone@mail.example'),
    await depart('Уходова Лида', 'lida.gone@mail.example'),
  ]
  await assert.rejects(rita.send(1, away), /away/)
  assert.equal(await rita.told(), null)
  await rita.send(25, away)
  await zoya.send(1, () => Promise.reject(new RefusedForGood()))
  await lida.send(1, () => Promise.resolve())
  assert.deepEqual([await rita.told(), await zoya.told(), await lida.told()], ['untold', 'untold', 'told'])
  assert.equal((await card(igor, lida.id)).history.at(-1)?.kind, 'told')
  // The job that is run again finds that everything was said.
  await rita.send(2, away)
  const said = await cast.events(igor.dealer)
  assert.deepEqual(
    said.filter(({ event }) => event === 'outbound.failed').map(({ personIds, objectId, details }) => [personIds, objectId, details.letter]),
    [rita, zoya].map(({ id }) => [[], id, 'request-destroyed']),
  )
})

test('without a way out for letters a farewell ends with its term: the address goes, and the act says that nobody could be told', async (t) => {
  const cast = await workerStage(t, { env: 'production' })
  const [anna, igor] = [await cast.hire('operator'), await cast.hire('privacy_officer', { outletId: null })]
  const { personId } = await aClient(anna, 'Безответная Ева', 'eva.gone@mail.example')
  const { id } = await file(igor, personId, 'destroy', { receivedOn: daysAgo(cast, 0), channel: 'email' })
  await act(igor, id, 'identify', { how: 'document' })
  const { body } = await act<{ actId: string }>(igor, id, 'destroy', { reason: 'stop_demand' })
  const waiting = async () =>
    (
      await cast.owner.query<{ task: string; address: string | null; days: number }>(
        `select k.identifier task, j.payload ->> 'address' address, round(extract(epoch from j.run_at - now()) / 86400)::int days
         from graphile_worker._private_jobs j join graphile_worker._private_tasks k on k.id = j.task_id where j.payload ->> 'requestId' = $1 order by 1`,
        [id],
      )
    ).rows
  assert.deepEqual(
    (await waiting()).map(({ task, address, days }) => [task, address !== null, days]),
    [
      ['farewell-over', false, 7],
      ['mail', true, 0],
    ],
  )
  await cast.owner.query(`update graphile_worker._private_jobs set run_at = now() where payload ->> 'requestId' = $1`, [id])
  await eventually(async () => (await waiting()).length === 0, 'the sealed address to go with its term')
  assert.equal((await igor.get<{ personTold: string }>(`/destructions/${body.actId}`)).body.personTold, 'untold')
  assert.equal((await card(igor, id)).history.at(-1)?.kind, 'untold')
  assert.equal((await cast.events(igor.dealer, 'outbound.failed')).filter(({ objectId }) => objectId === id).length, 1)
})

test('no name, subject or address of a letter begins a header of its own', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-post-'))
  const post = await openDemoPost(folder)
  const mailer = openMailer(post.url, senderOf('https://crm.dealer.example'))
  t.after(async () => {
    mailer.close()
    await post.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const send = (to: string, subject: string): Promise<void> => mailer.send({ to, subject, text: 'Здравствуйте', reference: `letter-${randomUUID()}` })
  const bad = { name: 'UnsafeLetter' }
  for (const to of ['a@b.example\r\nBcc: all@b.example', 'a@b.example, c@d.example', '<a@b.example>', 'Имя <a@b.example>', 'a@b.example\n', 'a b@c.example', ''])
    await assert.rejects(send(to, 'Тема'), bad, to)
  for (const subject of ['Тема\r\nBcc: all@b.example', 'Тема\nX: y', 'Тема\u2028X', 'x'.repeat(201)]) await assert.rejects(send('a@b.example', subject), bad, subject)
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 }), async (before, after) => {
      await assert.rejects(send(`${before}\n${after}@b.example`, 'x'), bad)
      await assert.rejects(send('a@b.example', `${before}\r${after}`), bad)
    }),
    { numRuns: 50 },
  )
  await send('a@b.example', 'Приглашение в «Звезду»')
  const [file] = readdirSync(folder)
  const headers = readFileSync(`${folder}/${file}`, 'latin1').split('\r\n\r\n')[0] ?? ''
  assert.equal(headers.match(/^bcc:/gim), null)
  assert.equal(headers.match(/^to:/gim)?.length, 1)
})

test('the demo mailbox opens letters by their number and nothing beside them', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-post-'))
  const post = await openDemoPost(folder)
  t.after(async () => {
    await post.close()
    rmSync(folder, { recursive: true, force: true })
  })
  for (const id of ['../../etc/passwd', '', 'x', '0'.repeat(13)]) assert.equal(await readDemoLetter(folder, id), null)
})

test('an extension whose letter nobody takes is void: the term is what it was, the desk sees it, and it may be given anew by post (152-ФЗ art. 14 ч.3)', async (t) => {
  const it = await sendingStage(t, serviceLetters)
  const igor = await it.hire('privacy_officer', { outletId: null })
  const { personId } = await aClient(it.anna, 'Глухова Вера', 'glukhova@mail.example')
  it.post.unknown.add('glukhova@mail.example')
  const { id } = await file(igor, personId, 'access', { receivedOn: daysAgo(it, 0), channel: 'email' })
  const before = (await card(igor, id)).due.dueOn
  const extended = await act<{ extendedTo: string }>(igor, id, 'extend', { days: 5, reason: 'archive', notice: { by: 'email' } })
  assert.equal(extended.status, 200, JSON.stringify(extended.body))
  assert.equal((await card(igor, id)).due.dueOn, extended.body.extendedTo)
  const { rows } = await it.owner.query<{ payload: Record<string, unknown> }>(`select payload from graphile_worker._private_jobs where payload ->> 'letter' = 'request'`)
  const [letter] = rows
  assert.ok(letter)
  await it.act()((ctx) => queueEmitted(ctx, letter.payload))
  await it.send({ messageId: letter.payload.messageId })
  assert.equal((await it.rowOf(String(letter.payload.messageId))).because, 'refused_by_server')
  const after = await card(igor, id)
  assert.deepEqual([after.due.dueOn, after.due.extendedTo, after.history.at(-1)?.kind], [before, null, 'untold'])
  assert.equal((await act(igor, id, 'extend', { days: 5, reason: 'archive', notice: { by: 'post', sentOn: daysAgo(it, 0) } })).status, 200)
})
