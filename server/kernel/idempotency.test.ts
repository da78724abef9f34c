import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../test/ends.ts'
import { stage, type Person, type Stage } from '../../test/stage.ts'
import { hashToken, newToken } from '../vault/index.ts'
import { sweepReplies } from './index.ts'

type Answer = { leadId: string; error?: string; requestId?: string }
let house: Stage
let anna: Person
const ends = openEnds()
before(async () => {
  house = await stage(ends)
  anna = await house.hire('operator')
})
after(ends.close)

let phones = 0
const draft = () => ({ sourceId: anna.dealer.sources.phone, interest: 'callback', contact: { fullName: 'Белова Анна', phones: [`+7999510${String(++phones).padStart(4, '0')}`] } })
const leadsNow = async (): Promise<number> => (await house.owner.query('select 1 from leads where tenant_id = $1', [anna.dealer.tenantId])).rows.length

test('who sends the same request again under its key gets the first answer, and it is done once', async () => {
  const [body, headers, before] = [draft(), { 'idempotency-key': randomUUID() }, await leadsNow()]
  const first = await anna.post<Answer>('/leads', body, headers)
  assert.equal(first.status, 200, JSON.stringify(first.body))
  const again = await anna.post<Answer>('/leads', body, headers)
  assert.deepEqual([again.status, again.body], [200, first.body])
  assert.equal(await leadsNow(), before + 1)
})

test('five at the same instant under one key are one act with one answer', async () => {
  const [body, headers, before] = [draft(), { 'idempotency-key': randomUUID() }, await leadsNow()]
  const all = await Promise.all(Array.from({ length: 5 }, () => anna.post<Answer>('/leads', body, headers)))
  assert.deepEqual(
    all.map(({ status }) => status),
    [200, 200, 200, 200, 200],
  )
  assert.equal(new Set(all.map(({ body: { leadId } }) => leadId)).size, 1)
  assert.equal(await leadsNow(), before + 1)
})

test('the same key with another body is refused and changes nothing; a colleague’s same key is another key', async () => {
  const headers = { 'idempotency-key': randomUUID() }
  await anna.post('/leads', draft(), headers)
  const before = await leadsNow()
  const other = await anna.post<Answer>('/leads', draft(), headers)
  assert.deepEqual([other.status, other.body.error, await leadsNow()], [422, 'idempotency_reused', before])
  const vera = await house.hire('operator')
  assert.equal((await vera.post('/leads', draft(), headers)).status, 200)
  assert.equal(await leadsNow(), before + 1)
})

test('a refused act leaves its key free, and a key that is no key is named', async () => {
  const headers = { 'idempotency-key': randomUUID() }
  assert.equal((await anna.post('/leads', { ...draft(), sourceId: randomUUID() }, headers)).status, 422)
  assert.equal((await anna.post('/leads', draft(), headers)).status, 200)
  const short = await anna.post<{ fields: { at: string }[] }>('/leads', draft(), { 'idempotency-key': 'short' })
  assert.deepEqual([short.status, short.body.fields[0]?.at], [422, 'Idempotency-Key'])
})

test('whoever has signed in again and repeats their request is still the same, a colleague is not', async () => {
  const [body, headers, before] = [draft(), { 'idempotency-key': randomUUID() }, await leadsNow()]
  const first = await anna.post<Answer>('/leads', body, headers)
  const token = newToken(anna.dealer.tenantId)
  await house.owner.query(
    `insert into sessions (tenant_id, id, token_hash, employee_id, device, expires_at, last_seen_at, reauthenticated_at) values ($1, $2, $3, $4, 'Chrome', $5, $6, $6)`,
    [anna.dealer.tenantId, randomUUID(), hashToken(token), anna.employeeId, new Date(house.clock.now.getTime() + 3_600_000), house.clock.now],
  )
  const again = await house.withCookie(anna.dealer, `infotech=${token}`).post<Answer>('/leads', body, headers)
  assert.deepEqual([again.status, again.body], [200, first.body])
  assert.equal(await leadsNow(), before + 1)
})

test('at night answers of a month go, and what was sealed to be shown once goes after a day', async () => {
  const chief = await house.hire('administrator')
  const made = async (key: string, days: number, hours: number): Promise<void> => {
    const isSealed = key.startsWith('sealed')
    const [who, path, body] = isSealed ? ([chief, '/integration-keys', { name: 'Сайт', scopes: ['lead.intake'] }] as const) : ([anna, '/leads', draft()] as const)
    assert.equal((await who.post(path, body, { 'idempotency-key': key })).status, 200)
    const age = new Date(house.clock.now.getTime() - (days * 24 + hours) * 3_600_000)
    await house.owner.query('update idempotency_keys set created_at = $2 where key = $1', [key, age])
  }
  for (const [key, days, hours] of [
    ['sealed-of-today', 0, 23],
    ['sealed-of-yesterday', 1, 1],
    ['plain-of-yesterday', 1, 1],
    ['plain-of-a-month', 30, 1],
  ] as const)
    await made(key, days, hours)
  await house.job(anna.dealer, 'sweep-idempotency', (ctx) => sweepReplies(ctx))
  const { rows } = await house.owner.query<{ key: string }>(`select key from idempotency_keys where key like 'sealed-of%' or key like 'plain-of%' order by key`)
  assert.deepEqual(
    rows.map(({ key }) => key),
    ['plain-of-yesterday', 'sealed-of-today'],
  )
})
