import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { z } from 'zod'
import { ApiError, addressOf, askWhetherAlone, call } from './call.ts'
import { get, patch, post } from './endpoint.ts'

const take = post('/leads/:leadId/take', {
  can: 'lead.take',
  summary: '',
  input: z.object({ leadId: z.string(), note: z.string().optional() }),
  output: z.object({ ok: z.boolean() }),
})
const list = get('/leads', { can: 'lead.read', summary: '', input: z.object({ state: z.array(z.string()), cursor: z.string().optional() }), output: z.object({}) })
const edit = patch('/leads/:leadId', { can: 'lead.take', summary: '', input: z.object({ leadId: z.string() }), output: z.object({}) })

type Sent = { url: string; method: string; headers: Headers; body: unknown }
/** Answers in turn; a null is a broken line. */
function network(t: TestContext, ...answers: ({ status: number; body: unknown } | null)[]): Sent[] {
  const sent: Sent[] = []
  t.mock.method(globalThis, 'fetch', (url: string, init: RequestInit) => {
    sent.push({ url, method: String(init.method), headers: new Headers(init.headers), body: init.body ? JSON.parse(String(init.body)) : undefined })
    const answer = answers[sent.length - 1]
    return answer ? Promise.resolve(Response.json(answer.body, { status: answer.status })) : Promise.reject(new TypeError('network'))
  })
  return sent
}
const good = { status: 200, body: { ok: true } }

test('a lead’s id goes into the path, filters into the query, the rest into the body', async (t) => {
  const sent = network(t, good, good)
  await call(take, { leadId: 'a/b', note: 'перезвонить' })
  await call(list, { state: ['new', 'late'] })
  assert.deepEqual([sent[0]?.url, sent[0]?.body, sent[0]?.headers.get('x-requested-with')], ['/api/leads/a%2Fb/take', { note: 'перезвонить' }, 'infotech'])
  assert.deepEqual([sent[1]?.url, sent[1]?.body, sent[1]?.headers.has('idempotency-key')], ['/api/leads?state=new&state=late', undefined, false])
  assert.throws(() => addressOf(take, {}), /needs leadId/)
})

test('an act that met a broken line is sent again under the same key, so that it happens once', async (t) => {
  const sent = network(t, null, { status: 503, body: { error: 'unavailable', message: 'потом' } }, good)
  assert.deepEqual(await call(take, { leadId: 'a' }), { ok: true })
  const keys = new Set(sent.map(({ headers }) => headers.get('idempotency-key')))
  assert.deepEqual([sent.length, keys.size, keys.has(null)], [3, 1, false])
})

test('an edit is never sent twice, and a refusal is never argued with', async (t) => {
  const sent = network(t, null, { status: 409, body: { error: 'taken', message: 'Уже занято.', requestId: 'r1' } })
  await assert.rejects(call(edit, { leadId: 'a' }), (error) => error instanceof ApiError && error.code === 'unavailable' && error.status === 0)
  await assert.rejects(call(take, { leadId: 'a' }), (error) => error instanceof ApiError && error.code === 'taken' && error.requestId === 'r1')
  assert.equal(sent.length, 2)
})

test('an answer that is not ours is an error on our side, in the person’s language', async (t) => {
  network(t, { status: 500, body: '<html>' })
  await assert.rejects(call(edit, { leadId: 'a' }), (error) => error instanceof ApiError && error.code === 'internal' && /Ошибка/.test(error.message))
})

test('what a screen asks while nobody is there says so, what somebody does never', async (t) => {
  const sent = network(t, good, good, good)
  t.after(() => askWhetherAlone(() => false))
  await call(list, { state: [] })
  askWhetherAlone(() => true)
  await call(list, { state: [] })
  await call(take, { leadId: 'a' })
  assert.deepEqual(
    sent.map(({ headers }) => headers.get('x-background')),
    [null, '1', null],
  )
})
