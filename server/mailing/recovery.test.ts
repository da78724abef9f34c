import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openEnds } from '../../test/ends.ts'
import type { Act } from '../kernel/index.ts'
import { VaultRefusal, type WrappedVault } from '../vault/index.ts'
import { LEASE_MS, MAX_ATTEMPTS } from './outbound/message-row.ts'
import { queueService } from './outbound/queue-service.ts'
import { well } from './mailing-stage.ts'
import { sendingStage, type SendingStage } from './sending-stage.ts'

let it: SendingStage
const ends = openEnds()
before(async () => {
  it = await sendingStage(ends, { receipt: { purpose: 'request_handling', compose: async () => ({ subject: 'Заявка принята', text: 'Ждём вас.' }) } })
})
after(ends.close)

type Shown = { mailing: { state: string }; counts: { state: string; because: string | null; messages: number }[] }
/** As whoever looks at the mailing sees it: a look is never a fault. */
const look = async (mailingId: string): Promise<[string, Record<string, number>]> => {
  const { mailing, counts } = await well<Shown>(it.zhanna.get(`/mailings/${mailingId}`))
  return [mailing.state, Object.fromEntries(counts.map(({ state, messages }) => [state, messages]))]
}
/** The same job while the vault answers some questions so. */
const whileVault = (by: Act, reveal: (real: WrappedVault['reveal']) => WrappedVault['reveal']): Act => {
  return (run) => by((ctx) => run(Object.create(ctx, { vault: { value: { ...ctx.vault, reveal: reveal(ctx.vault.reveal) } } }) as typeof ctx))
}
/** Whether each job that looks after it waits. */
const waiting = async (id: string): Promise<boolean[]> => (await it.jobs(id)).map(({ inSeconds }) => inSeconds > 0)
const clients = (count: number) => Promise.all(Array.from({ length: count }, () => it.client(true)))

test('while the vault is away all wait, however often it is tried; when it is back all get theirs', async () => {
  const people = await clients(3)
  const { mailingId, messages } = await it.running(people.map(({ personId }) => personId))
  const away = whileVault(it.act(), () => () => Promise.reject(new VaultRefusal('unavailable')))
  for (let each = 0; each <= MAX_ATTEMPTS * messages.length; each++) {
    await it.send({ mailingId }, away)
    assert.deepEqual(await waiting(mailingId), [true], 'one job goes on later')
  }
  assert.deepEqual(await look(mailingId), ['running', { queued: 3 }])
  await it.send({ mailingId })
  assert.deepEqual(await look(mailingId), ['done', { sent: 3 }])
  assert.ok(it.said.some(({ message }) => message === 'a message could not be made'))
})

test('a message that cannot be made holds nobody up, and is given up in the end', async () => {
  const people = await clients(3)
  const { mailingId, messages } = await it.running(people.map(({ personId }) => personId))
  const [spoilt] = messages
  const broken = whileVault(
    it.act(),
    (real) => (asker, tenantId, request) => (request.personIds[0] === people[0]?.personId ? Promise.reject(new VaultRefusal('internal')) : real(asker, tenantId, request)),
  )
  for (let each = 1; each < MAX_ATTEMPTS; each++) {
    await it.send({ mailingId }, broken)
    assert.deepEqual([(await it.rowOf(spoilt ?? '')).attempts, ...(await look(mailingId))], [each, 'running', { sending: 1, sent: 2 }])
    assert.deepEqual(await waiting(mailingId), [true])
    it.clock.forward(LEASE_MS + 1_000)
  }
  await it.send({ mailingId }, broken)
  assert.deepEqual([(await it.rowOf(spoilt ?? '')).because, await look(mailingId)], ['not_composed', ['done', { failed: 1, sent: 2 }]])
})

test('a gateway that fails or stalls puts a mailing off, and it is sent to its end', async () => {
  const people = await clients(4)
  const { mailingId } = await it.running(
    people.map(({ personId }) => personId),
    'sms',
  )
  const send = (): Promise<void> => it.send({ mailingId }, it.act('outbound-sms'))
  for (const status of [500, 503, 429]) {
    it.gateway.answer(status)
    await send()
    assert.deepEqual(await look(mailingId), ['running', { queued: 4 }])
    const [job] = await it.jobs(mailingId)
    assert.ok(job?.task === 'outbound-sms' && job.inSeconds > 20, JSON.stringify(job))
  }
  await send()
  assert.deepEqual(await look(mailingId), ['done', { sent: 4 }])
  assert.deepEqual(it.gateway.taken.map(({ to }) => to).toSorted(), people.map(({ phone }) => phone).toSorted())
})

test('whoever finds nothing to send where something waits calls another sender', async () => {
  const [vera] = await clients(1)
  const { mailingId, messages } = await it.running([vera?.personId ?? ''])
  // Another sender is just taking it, and dies before anybody hears of that.
  const other = await it.owner.connect()
  await other.query('begin')
  await other.query('select from outbound_messages where id = $1 for update', messages)
  await it.send({ mailingId })
  await other.query('rollback')
  other.release()
  assert.deepEqual(await waiting(mailingId), [false])
  await it.send({ mailingId })
  assert.deepEqual(await look(mailingId), ['done', { sent: 1 }])
})

test('a letter of no mailing whose sender was killed with it in hand is sent by another', async () => {
  const { personId, email } = await it.client()
  const messageId = await it.act()((ctx) => queueService(ctx, { personId, letter: 'receipt', purpose: 'request_handling' }))
  await it.owner.query(`update outbound_messages set state = 'sending', attempts = 1, claimed_at = $2 where id = $1`, [messageId, it.clock.now])
  // The job of the killed one is run again long before its lease is over.
  await it.owner.query(`delete from graphile_worker._private_jobs where key = $1`, [`outbound:${messageId}`])
  await it.send({ messageId })
  assert.equal((await it.rowOf(messageId)).state, 'sending', 'it may be on its way')
  assert.deepEqual(await waiting(messageId), [true])
  it.clock.forward(LEASE_MS + 1_000)
  await it.send({ messageId })
  assert.deepEqual([(await it.rowOf(messageId)).state, it.to(email).length], ['sent', 1])
})

test('of a cancelled mailing nothing waits for ever: what was in hand is cancelled when its sender fails or is gone', async () => {
  const people = await clients(2)
  const { mailingId, messages } = await it.running(
    people.map(({ personId }) => personId),
    'sms',
  )
  const [failing, left] = messages
  // The one is taken by a sender that is killed; the other is on its way while somebody cancels, and the gateway does not take it.
  await it.owner.query(`update outbound_messages set state = 'sending', attempts = 1, claimed_at = $2 where id = $1`, [left, it.clock.now])
  const cancel = async (): Promise<void> => {
    const { mailing } = await well<{ mailing: { version: number } }>(it.zhanna.get(`/mailings/${mailingId}`))
    await well(it.zhanna.post(`/mailings/${mailingId}/cancel`, { version: mailing.version }))
  }
  it.gateway.meanwhile(cancel)
  it.gateway.answer(503)
  await it.send({ mailingId }, it.act('outbound-sms'))
  assert.deepEqual(await look(mailingId), ['cancelled', { queued: 1, sending: 1 }])
  await it.send({ mailingId }, it.act('outbound-sms'))
  assert.deepEqual([(await it.rowOf(failing ?? '')).because, await look(mailingId)], ['mailing_cancelled', ['cancelled', { cancelled: 1, sending: 1 }]])
  assert.deepEqual(await waiting(mailingId), [true], 'what is in hand may be on its way')
  it.clock.forward(LEASE_MS + 1_000)
  await it.send({ mailingId }, it.act('outbound-sms'))
  assert.deepEqual(await look(mailingId), ['cancelled', { cancelled: 2 }])
  const { rowCount } = await it.owner.query('select from outbound_messages where mailing_id = $1 and address_token is not null', [mailingId])
  assert.deepEqual([rowCount, it.gateway.taken.filter(({ to }) => people.some(({ phone }) => phone === to))], [0, []])
})
