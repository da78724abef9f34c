import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeSmtp, headersOf } from '../../../test/fakes/smtp.ts'
import { openMailer, senderOf, type Letter } from './mailer.ts'

const letter: Letter = { to: 'vera@b.example', subject: 'Тема', text: 'Здравствуйте', reference: 'message-1' }

test('the sender’s name and the link by which one says no can begin no header, and what cannot be sent so is not sent', async (t) => {
  const post = await fakeSmtp()
  const mailer = openMailer(post.url, senderOf('https://crm.dealer.example'))
  t.after(async () => {
    mailer.close()
    await post.close()
  })
  const link = 'https://crm.dealer.example/site/zvezda/unsubscribe/AbC-_9'
  const bad: Partial<Letter>[] = [
    ...['Звезда\r\nBcc: all@b.example', 'Звезда\nX: y', 'x'.repeat(121), 'а\u0085б'].map((sender) => ({ sender })),
    ...[`${link}>\r\nBcc: all@b.example`, `${link}>, <mailto:x@y.example>`, `${link} x`, 'javascript:alert(1)', 'https://x.example', `${link}?a=<b>`].map((unsubscribe) => ({
      unsubscribe,
    })),
    { reference: 'a\r\nX: y' },
  ]
  for (const more of bad) await assert.rejects(mailer.send({ ...letter, ...more }), { name: 'UnsafeLetter' }, JSON.stringify(more))
  await mailer.send({ ...letter, sender: 'ООО «Звезда», "Моторс" <x@y.example>', unsubscribe: link })
  assert.equal(post.letters.length, 1)
  const headers = headersOf(post.letters[0]?.raw ?? '')
  assert.deepEqual(headers.get('list-unsubscribe'), [`List-Unsubscribe: <${link}>`])
  assert.match(headers.get('from')?.[0] ?? '', /<no-reply@crm\.dealer\.example>$/)
  assert.equal(headers.get('from')?.length, 1)
  post.unknown.add('gone@b.example')
  await assert.rejects(mailer.send({ ...letter, to: 'gone@b.example' }), { name: 'RefusedForGood' })
  post.afterData(451)
  await assert.rejects(mailer.send(letter), (error: Error) => error.name !== 'RefusedForGood')
})
