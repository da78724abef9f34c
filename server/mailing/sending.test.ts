import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../test/ends.ts'
import { LEASE_MS, MAX_ATTEMPTS } from './outbound/message-row.ts'
import { queueEmitted, queueService } from './outbound/queue-service.ts'
import type { ServiceLetters } from './outbound/services.ts'
import { sendingStage, type SendingStage } from './sending-stage.ts'

const letters: ServiceLetters = {
  receipt: { purpose: 'request_handling', compose: async (_ctx, { words, payload }) => ({ subject: 'Заявка принята', text: `${words.name}, номер ${String(payload.number)}` }) },
  answer: { purpose: 'rights', compose: async () => ({ subject: 'Ответ на обращение', text: 'Ответ готов.' }) },
  nothing: { purpose: 'request_handling', compose: async () => null },
}

let it: SendingStage
const ends = openEnds()
before(async () => {
  it = await sendingStage(ends, letters)
})
after(ends.close)

test('a mail server that forgets to say it took a letter gets the same letter again: one Message-ID, however often', async () => {
  const [{ personId, email }, other] = [await it.client(true), await it.client(true)]
  const { mailingId, messages } = await it.running([personId, other.personId])
  it.post.afterData(451)
  await it.send({ mailingId })
  const row = await it.rowOf(messages[0] ?? '')
  assert.deepEqual([row.state, row.attempts], ['queued', 1])
  const wait = (await it.jobs(mailingId))[0]?.inSeconds ?? 0
  assert.ok(wait > 20 && wait <= 30, `it is tried again half a minute later, not in ${wait} s`)
  it.post.afterData('cut')
  await it.send({ mailingId })
  await it.send({ mailingId })
  const got = it.to(email)
  assert.ok(got.length >= 1 && new Set(got.map((headers) => headers.get('message-id')?.[0])).size === 1)
  assert.equal(got[0]?.get('message-id')?.[0], `Message-ID: <message-${messages[0]}@crm.dealer.example>`)
  for (const id of messages) assert.equal((await it.rowOf(id)).state, 'sent')
  const { rows } = await it.owner.query('select state from mailings where id = $1', [mailingId])
  assert.equal(rows[0].state, 'done')
})

test('what a killed sender had in hand is sent by another, under the same number; what a living one holds is left to it', async () => {
  const [dead, living] = [await it.client(true), await it.client(true)]
  const { mailingId, messages } = await it.running([dead.personId, living.personId])
  const held = `update outbound_messages set state = 'sending', attempts = 1, claimed_at = $2 where id = $1`
  await it.owner.query(held, [messages[0], new Date(it.clock.now.getTime() - LEASE_MS - 60_000)])
  await it.owner.query(held, [messages[1], it.clock.now])
  await it.send({ mailingId })
  assert.deepEqual([it.to(dead.email).length, it.to(living.email).length], [1, 0])
  assert.deepEqual([(await it.rowOf(messages[0] ?? '')).state, (await it.rowOf(messages[1] ?? '')).state], ['sent', 'sending'])
  const { rows } = await it.owner.query('select state from mailings where id = $1', [mailingId])
  assert.equal(rows[0].state, 'running', 'not done while somebody holds a message')
  const wait = (await it.jobs(mailingId))[0]?.inSeconds ?? 0
  assert.ok(wait > LEASE_MS / 1000 - 10 && wait <= LEASE_MS / 1000, `looked at again when that should be settled, not in ${wait} s`)
})

test('two senders at one mailing never send one message twice', async () => {
  const people = await Promise.all(Array.from({ length: 12 }, () => it.client(true)))
  const { mailingId, messages } = await it.running(people.map(({ personId }) => personId))
  await Promise.all([it.send({ mailingId }), it.send({ mailingId }), it.send({ mailingId })])
  assert.deepEqual(
    people.map(({ email }) => it.to(email).length),
    people.map(() => 1),
  )
  for (const id of messages) assert.equal((await it.rowOf(id)).state, 'sent')
})

test('nobody lives at an address: it is written down, and the others get theirs', async () => {
  const [gone, here] = [await it.client(true), await it.client(true)]
  it.post.unknown.add(gone.email)
  const { mailingId, messages } = await it.running([gone.personId, here.personId])
  await it.send({ mailingId })
  assert.deepEqual([(await it.rowOf(messages[0] ?? '')).state, (await it.rowOf(messages[0] ?? '')).because], ['failed', 'refused_by_server'])
  assert.equal(it.to(here.email).length, 1)
  const tired = await it.running([(await it.client(true)).personId])
  await it.owner.query('update outbound_messages set attempts = $2 where id = $1', [tired.messages[0], MAX_ATTEMPTS])
  it.post.afterData(451)
  await it.send({ mailingId: tired.mailingId })
  assert.deepEqual([(await it.rowOf(tired.messages[0] ?? '')).state, (await it.rowOf(tired.messages[0] ?? '')).because], ['failed', 'unreachable'])
})

test('no name of a company begins a header, and the way to say no stands in headers that programs read', async () => {
  const { personId, email } = await it.client(true)
  const { mailingId } = await it.running([personId])
  await it.owner.query(`update tenants set name = $2 where tenant_id = $1`, [it.anna.dealer.tenantId, 'Звезда\r\nBcc: all@b.example\r\n\u2028X-Evil: 1'])
  await it.send({ mailingId })
  await it.owner.query(`update tenants set name = 'ООО «Звезда Моторс»' where tenant_id = $1`, [it.anna.dealer.tenantId])
  const [headers] = it.to(email)
  assert.ok(headers)
  assert.deepEqual([headers.has('bcc'), headers.has('x-evil'), headers.get('to')?.length, headers.get('from')?.length], [false, false, 1, 1])
  assert.match(headers.get('list-unsubscribe')?.[0] ?? '', /^List-Unsubscribe: <https:\/\/crm\.dealer\.example\/site\/zvezda\/unsubscribe\/[\w-]{100,200}>$/)
  assert.deepEqual(headers.get('list-unsubscribe-post'), ['List-Unsubscribe-Post: List-Unsubscribe=One-Click'])
})

test('the vault opens an address for a message in hand and for nothing else, whatever the sender asks', async () => {
  const { personId } = await it.client(true)
  const open = async (purpose: 'marketing' | 'request_handling' | 'rights'): Promise<string | undefined> =>
    (await it.act()((ctx) => ctx.vault.reveal(ctx.asker, ctx.tenantId, { purpose, personIds: [personId], classes: ['contact'], masked: false, door: 'job outbound' })))[0]?.state
  assert.deepEqual([await open('marketing'), await open('request_handling'), await open('rights')], ['no_ground', 'no_ground', 'no_ground'])
  const { messages } = await it.running([personId])
  assert.equal(await open('marketing'), 'no_ground', 'queued is not in hand')
  await it.owner.query(`update outbound_messages set state = 'sending', claimed_at = now() where id = $1`, [messages[0]])
  assert.deepEqual([await open('marketing'), await open('request_handling'), await open('rights')], ['open', 'no_ground', 'no_ground'])
})

test('a service letter is asked about like any other; an answer that the law owes goes out under a restriction too', async () => {
  const { personId, email } = await it.client()
  const queue = (letter: string, purpose: 'request_handling' | 'rights') => it.act()((ctx) => queueService(ctx, { personId, letter, purpose, payload: { number: 7 } }))
  const [receipt, silent] = [await queue('receipt', 'request_handling'), await queue('nothing', 'request_handling')]
  await it.send({ messageId: receipt })
  await it.send({ messageId: silent })
  assert.deepEqual([(await it.rowOf(receipt)).state, (await it.rowOf(silent)).because], ['sent', 'nothing_to_say'])
  const [headers] = it.to(email)
  assert.deepEqual([headers?.has('list-unsubscribe'), it.post.letters.at(-1)?.raw.includes('unsubscribe')], [false, false])
  await it.owner.query('update persons set restricted_at = now() where id = $1', [personId])
  const [late, answer] = [await queue('receipt', 'request_handling'), await queue('answer', 'rights')]
  await it.send({ messageId: late })
  await it.send({ messageId: answer })
  assert.deepEqual([(await it.rowOf(late)).because, (await it.rowOf(answer)).state, it.to(email).length], ['restricted', 'sent', 2])
})

test('a module beside mailing asks by a job, twice over, and one letter leaves', async () => {
  const { personId, email } = await it.client()
  const payload = { messageId: randomUUID(), personId, purpose: 'rights', letter: 'answer' }
  for (let each = 0; each < 2; each++) await it.job(it.anna.dealer, 'service-letter', (ctx) => queueEmitted(ctx, payload))
  for (let each = 0; each < 2; each++) await it.send({ messageId: payload.messageId })
  assert.equal(it.to(email).length, 1)
})
