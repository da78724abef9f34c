import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../test/ends.ts'
import { fakeSmtp, headersOf, type FakeSmtp } from '../../test/fakes/smtp.ts'
import { stage, type Person, type Stage } from '../../test/stage.ts'
import type { Ctx } from '../kernel/index.ts'
import { openMailer, senderOf, type Mailer } from '../platform/mail/mailer.ts'
import { LEASE_MS, MAX_ATTEMPTS } from './outbound/message-row.ts'
import { queueEmitted, queueService } from './outbound/queue-service.ts'
import { sendMessages } from './outbound/send-messages.ts'
import type { ServiceLetters } from './outbound/services.ts'
import { consentParts, well } from './mailing-stage.ts'

const letters: ServiceLetters = {
  receipt: { purpose: 'request_handling', compose: async (_ctx, { words, payload }) => ({ subject: 'Заявка принята', text: `${words.name}, номер ${String(payload.number)}` }) },
  answer: { purpose: 'rights', compose: async () => ({ subject: 'Ответ на обращение', text: 'Ответ готов.' }) },
  nothing: { purpose: 'request_handling', compose: async () => null },
}

let it: Stage
let post: FakeSmtp
let mailer: Mailer
let anna: Person
let zhanna: Person
const ends = openEnds()
before(async () => {
  post = await fakeSmtp()
  mailer = openMailer(post.url, senderOf('https://crm.dealer.example'))
  it = await stage(ends)
  const home = await it.dealer('ООО «Звезда Моторс»')
  ;[anna, zhanna] = [await it.hire('operator'), await it.hire('marketer')]
  await it.owner.query(`insert into sites (tenant_id, name) values ($1, 'Звезда')`, [home.tenantId])
  await it.owner.query(`insert into site_slugs (slug, tenant_id) values ('zvezda', $1)`, [home.tenantId])
  const igor = await it.hire('privacy_officer')
  for (const kind of ['advertising_data', 'advertising_email']) await well(igor.post('/consent-texts', { kind, parts: consentParts, validDays: 365 }))
  // Whatever waits goes by the clock of the application, so it is not the database's here.
  it.clock.forward(10 * 60_000)
})
after(async () => {
  mailer.close()
  await ends.close()
  await post.close()
})

const act = <T>(run: (ctx: Ctx) => Promise<T>): Promise<T> => it.job(anna.dealer, 'outbound', run)
const send = (payload: Record<string, unknown>): Promise<void> =>
  sendMessages({ mailer, sms: null, publicUrl: 'https://crm.dealer.example', letters })(act, payload, new AbortController())
const to = (email: string) => post.letters.filter((letter) => letter.to === email).map(({ raw }) => headersOf(raw))
const rowOf = async (messageId: string): Promise<{ state: string; because: string | null; attempts: number; token: Buffer | null }> =>
  (await it.owner.query('select state, because, attempts, address_token token from outbound_messages where id = $1', [messageId])).rows[0]

async function client(agrees = false): Promise<{ personId: string; email: string }> {
  const email = `client.${randomUUID().slice(0, 8)}@example.com`
  const { id } = await well<{ id: string }>(anna.post('/persons', { contact: { fullName: 'Соколова Вера', emails: [email] }, ground: { activityCode: 'lead', basis: 'contract' } }))
  for (const kind of agrees ? ['advertising_data', 'advertising_email'] : []) await well(anna.post(`/persons/${id}/consents`, { kind, state: 'given', how: 'staff_call' }))
  return { personId: id, email }
}
/** A running mailing of these people, each with a row that waits. */
async function running(people: readonly string[]): Promise<{ mailingId: string; messages: string[] }> {
  const { id: templateId } = await well<{ id: string }>(
    zhanna.post('/mail-templates', {
      code: `t${randomUUID().slice(0, 8)}`,
      kind: 'advertising',
      channel: 'email',
      name: 'Весна',
      subject: 'Весна, {name}',
      body: 'Приглашаем, {name}. {company}',
    }),
  )
  const { id: mailingId } = await well<{ id: string }>(zhanna.post('/mailings', { name: 'Весна', templateId }))
  await it.owner.query(`update mailings set state = 'running', is_gathered = true where id = $1`, [mailingId])
  const messages = people.map(() => randomUUID()).toSorted()
  for (const [at, personId] of people.entries())
    await it.owner.query(
      `insert into outbound_messages (tenant_id, id, mailing_id, template_id, person_id, channel, kind, purpose, state, because, queued_at) values ($1, $2, $3, $4, $5, 'email', 'advertising', 'marketing', 'queued', 'consents', $6)`,
      [anna.dealer.tenantId, messages[at], mailingId, templateId, personId, it.clock.now],
    )
  return { mailingId, messages }
}
/** In how many seconds, by the clock of the application, the job of a mailing runs. */
const waitsFor = async (mailingId: string): Promise<number> => {
  const { rows } = await it.owner.query<{ runAt: Date }>(`select run_at "runAt" from graphile_worker._private_jobs where payload ->> 'mailingId' = $1`, [mailingId])
  return Math.round((Number(rows[0]?.runAt) - it.clock.now.getTime()) / 1000)
}

test('a mail server that forgets to say it took a letter gets the same letter again: one Message-ID, however often', async () => {
  const [{ personId, email }, other] = [await client(true), await client(true)]
  const { mailingId, messages } = await running([personId, other.personId])
  post.afterData(451)
  await send({ mailingId })
  const row = await rowOf(messages[0] ?? '')
  assert.deepEqual([row.state, row.attempts], ['queued', 1])
  const wait = await waitsFor(mailingId)
  assert.ok(wait > 20 && wait <= 30, `it is tried again half a minute later, not in ${wait} s`)
  post.afterData('cut')
  await send({ mailingId })
  await send({ mailingId })
  const got = to(email)
  assert.ok(got.length >= 1 && new Set(got.map((headers) => headers.get('message-id')?.[0])).size === 1)
  assert.equal(got[0]?.get('message-id')?.[0], `Message-ID: <message-${messages[0]}@crm.dealer.example>`)
  for (const id of messages) assert.equal((await rowOf(id)).state, 'sent')
  const { rows } = await it.owner.query('select state from mailings where id = $1', [mailingId])
  assert.equal(rows[0].state, 'done')
})

test('what a killed sender had in hand is sent by another, under the same number; what a living one holds is left to it', async () => {
  const [dead, living] = [await client(true), await client(true)]
  const { mailingId, messages } = await running([dead.personId, living.personId])
  const held = `update outbound_messages set state = 'sending', attempts = 1, claimed_at = $2 where id = $1`
  await it.owner.query(held, [messages[0], new Date(it.clock.now.getTime() - LEASE_MS - 60_000)])
  await it.owner.query(held, [messages[1], it.clock.now])
  await send({ mailingId })
  assert.deepEqual([to(dead.email).length, to(living.email).length], [1, 0])
  assert.deepEqual([(await rowOf(messages[0] ?? '')).state, (await rowOf(messages[1] ?? '')).state], ['sent', 'sending'])
  const { rows } = await it.owner.query('select state from mailings where id = $1', [mailingId])
  assert.equal(rows[0].state, 'running', 'not done while somebody holds a message')
  const wait = await waitsFor(mailingId)
  assert.ok(wait > LEASE_MS / 1000 - 10 && wait <= LEASE_MS / 1000, `looked at again when that should be settled, not in ${wait} s`)
})

test('two senders at one mailing never send one message twice', async () => {
  const people = await Promise.all(Array.from({ length: 12 }, () => client(true)))
  const { mailingId, messages } = await running(people.map(({ personId }) => personId))
  await Promise.all([send({ mailingId }), send({ mailingId }), send({ mailingId })])
  assert.deepEqual(
    people.map(({ email }) => to(email).length),
    people.map(() => 1),
  )
  for (const id of messages) assert.equal((await rowOf(id)).state, 'sent')
})

test('nobody lives at an address: it is written down, and the others get theirs', async () => {
  const [gone, here] = [await client(true), await client(true)]
  post.unknown.add(gone.email)
  const { mailingId, messages } = await running([gone.personId, here.personId])
  await send({ mailingId })
  assert.deepEqual([(await rowOf(messages[0] ?? '')).state, (await rowOf(messages[0] ?? '')).because], ['failed', 'refused_by_server'])
  assert.equal(to(here.email).length, 1)
  const tired = await running([(await client(true)).personId])
  await it.owner.query('update outbound_messages set attempts = $2 where id = $1', [tired.messages[0], MAX_ATTEMPTS])
  post.afterData(451)
  await send({ mailingId: tired.mailingId })
  assert.deepEqual([(await rowOf(tired.messages[0] ?? '')).state, (await rowOf(tired.messages[0] ?? '')).because], ['failed', 'unreachable'])
})

test('no name of a company begins a header, and the way to say no stands in headers that programs read', async () => {
  const { personId, email } = await client(true)
  const { mailingId } = await running([personId])
  await it.owner.query(`update tenants set name = $2 where tenant_id = $1`, [anna.dealer.tenantId, 'Звезда\r\nBcc: all@b.example\r\n\u2028X-Evil: 1'])
  await send({ mailingId })
  await it.owner.query(`update tenants set name = 'ООО «Звезда Моторс»' where tenant_id = $1`, [anna.dealer.tenantId])
  const [headers] = to(email)
  assert.ok(headers)
  assert.deepEqual([headers.has('bcc'), headers.has('x-evil'), headers.get('to')?.length, headers.get('from')?.length], [false, false, 1, 1])
  assert.match(headers.get('list-unsubscribe')?.[0] ?? '', /^List-Unsubscribe: <https:\/\/crm\.dealer\.example\/site\/zvezda\/unsubscribe\/[\w-]{100,200}>$/)
  assert.deepEqual(headers.get('list-unsubscribe-post'), ['List-Unsubscribe-Post: List-Unsubscribe=One-Click'])
})

test('the vault opens an address for a message in hand and for nothing else, whatever the sender asks', async () => {
  const { personId } = await client(true)
  const open = async (purpose: 'marketing' | 'request_handling' | 'rights'): Promise<string | undefined> =>
    (await act((ctx) => ctx.vault.reveal(ctx.asker, ctx.tenantId, { purpose, personIds: [personId], classes: ['contact'], masked: false, door: 'job outbound' })))[0]?.state
  assert.deepEqual([await open('marketing'), await open('request_handling'), await open('rights')], ['no_ground', 'no_ground', 'no_ground'])
  const { messages } = await running([personId])
  assert.equal(await open('marketing'), 'no_ground', 'queued is not in hand')
  await it.owner.query(`update outbound_messages set state = 'sending', claimed_at = now() where id = $1`, [messages[0]])
  assert.deepEqual([await open('marketing'), await open('request_handling'), await open('rights')], ['open', 'no_ground', 'no_ground'])
})

test('a service letter is asked about like any other; an answer that the law owes goes out under a restriction too', async () => {
  const { personId, email } = await client()
  const queue = (letter: string, purpose: 'request_handling' | 'rights') => act((ctx) => queueService(ctx, { personId, letter, purpose, payload: { number: 7 } }))
  const [receipt, silent] = [await queue('receipt', 'request_handling'), await queue('nothing', 'request_handling')]
  await send({ messageId: receipt })
  await send({ messageId: silent })
  assert.deepEqual([(await rowOf(receipt)).state, (await rowOf(silent)).because], ['sent', 'nothing_to_say'])
  const [headers] = to(email)
  assert.deepEqual([headers?.has('list-unsubscribe'), post.letters.at(-1)?.raw.includes('unsubscribe')], [false, false])
  await it.owner.query('update persons set restricted_at = now() where id = $1', [personId])
  const [late, answer] = [await queue('receipt', 'request_handling'), await queue('answer', 'rights')]
  await send({ messageId: late })
  await send({ messageId: answer })
  assert.deepEqual([(await rowOf(late)).because, (await rowOf(answer)).state, to(email).length], ['restricted', 'sent', 2])
})

test('a module beside mailing asks by a job, twice over, and one letter leaves', async () => {
  const { personId, email } = await client()
  const payload = { messageId: randomUUID(), personId, purpose: 'rights', letter: 'answer' }
  for (let each = 0; each < 2; each++) await it.job(anna.dealer, 'service-letter', (ctx) => queueEmitted(ctx, payload))
  for (let each = 0; each < 2; each++) await send({ messageId: payload.messageId })
  assert.equal(to(email).length, 1)
})
