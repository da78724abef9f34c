import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { eventually } from '../../../test/eventually.ts'
import { stage } from '../../../test/stage.ts'

type Key = { id: string; name: string; scopes: string[]; createdBy: string; lastUsedAt: string | null; revokedAt: string | null }
type Refused = { error: string; requestId?: string; fields?: { at: string }[] }
const lead = { sourceCode: 'site', interest: 'new_car', contact: { fullName: 'Петрова Мария', phones: ['+7 999 111 22 33'] } }

test('a key is shown once, lets the site bring leads and nothing else, and is dead the moment it is revoked', async (t) => {
  const { hire, stranger, events, owner, dealer, clock } = await stage(t)
  const chief = await hire('administrator')
  const made = await chief.post<{ id: string; token: string }>('/integration-keys', { name: 'Сайт дилера', scopes: ['lead.intake'] }, { 'idempotency-key': 'make-a-key-1' })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const lost = await chief.post<{ id: string; token: string }>('/integration-keys', { name: 'Сайт дилера', scopes: ['lead.intake'] }, { 'idempotency-key': 'make-a-key-1' })
  assert.deepEqual([lost.status, lost.body], [200, made.body], 'the answer was lost on the way: the same key comes again, not a second one')
  await owner.query(`update idempotency_keys set created_at = now() - interval '11 minutes' where key = 'make-a-key-1'`)
  const tooLate = await chief.post<Refused>('/integration-keys', { name: 'Сайт дилера', scopes: ['lead.intake'] }, { 'idempotency-key': 'make-a-key-1' })
  assert.deepEqual([tooLate.status, tooLate.body.error], [409, 'wrong_state'], 'after ten minutes it is shown to nobody')
  const bearer = { authorization: `Bearer ${made.body.token}` }
  assert.equal((await stranger.post('/intake/leads', lead, bearer)).status, 200)
  assert.equal((await stranger.get('/leads', bearer)).status, 403)
  assert.equal((await stranger.get('/me', bearer)).status, 403)
  const key = await eventually(async () =>
    (await chief.get<{ keys: Key[] }>('/integration-keys')).body.keys.find(({ id, lastUsedAt }) => id === made.body.id && lastUsedAt !== null),
  )
  assert.deepEqual([key.name, key.scopes, key.createdBy, key.revokedAt], ['Сайт дилера', ['lead.intake'], 'Сотрудников Тест', null])
  const { rows } = await owner.query(
    `select (select count(*)::int from idempotency_keys where idempotency_keys::text like '%' || $1 || '%') kept, (select count(*)::int from integration_keys k where k::text like '%' || $1 || '%') shown`,
    [made.body.token],
  )
  assert.deepEqual(rows[0], { kept: 0, shown: 0 })
  assert.equal((await chief.post(`/integration-keys/${key.id}/revoke`)).status, 200)
  assert.equal((await stranger.post('/intake/leads', lead, bearer)).status, 401)
  assert.equal((await chief.post(`/integration-keys/${key.id}/revoke`)).status, 409)
  assert.deepEqual(
    (await events(chief.dealer)).map(({ event }) => event).filter((event) => event.startsWith('key.')),
    ['key.created', 'key.revoked'],
  )

  const foreign = await hire('administrator', { dealer: await dealer() })
  const [theirs, nothing] = [await foreign.post<Refused>(`/integration-keys/${key.id}/revoke`), await foreign.post<Refused>(`/integration-keys/${randomUUID()}/revoke`)]
  assert.deepEqual([theirs.status, { ...theirs.body, requestId: '' }], [nothing.status, { ...nothing.body, requestId: '' }])
  assert.equal((await stranger.get('/integration-keys')).status, 401)
  assert.equal((await (await hire('head_of_sales')).get('/integration-keys')).status, 403)
  for (const [draft, at] of [
    [{ name: 'Сайт', scopes: ['person.reveal'] }, 'scopes.0'],
    [{ name: 'Сайт', scopes: [] }, 'scopes'],
    [{ name: '', scopes: ['lead.intake'] }, 'name'],
  ] as const) {
    const refused = await chief.post<Refused>('/integration-keys', draft)
    assert.deepEqual([refused.status, refused.body.fields?.[0]?.at], [422, at])
  }
  clock.forward(11 * 60_000)
  const late = await chief.post<Refused>('/integration-keys', { name: 'Сайт', scopes: ['lead.intake'] })
  assert.deepEqual([late.status, late.body.error], [403, 'reauthenticate'])
})
