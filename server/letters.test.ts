import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { eventually } from '../test/eventually.ts'
import { workerStage } from '../test/worker-stage.ts'
import { demoMailboxFolder, listDemoLetters, readDemoLetter } from './platform/mail/demo-mailbox.ts'
import { openDemoPost } from './platform/mail/demo-post.ts'
import { openMailer, senderOf } from './platform/mail/mailer.ts'

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
