import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { stage } from '../../../test/stage.ts'

type Line = { id: string; code: string; version: number; people: number | null; retentionDays: number; name: string }
type Refused = { error: string; fields?: { at: string }[]; details?: { current?: Record<string, unknown> }; requestId?: string }

test('the register shows how many people each line holds; the privacy officer changes a line and a lost update shows both values', async (t) => {
  const { hire, events, dealer, stranger } = await stage(t)
  const anna = await hire('operator')
  const dpo = await hire('privacy_officer')
  await anna.post('/persons', { contact: { fullName: 'Ли Ян', phones: ['+79990001122'] }, ground: { activityCode: 'lead', basis: 'contract' } })
  const { body } = await dpo.get<{ activities: Line[] }>('/register')
  const line = body.activities.find(({ code }) => code === 'lead')!
  assert.deepEqual([line.people, line.version], [1, 1])
  const { body: hers } = await anna.get<{ activities: Line[] }>('/register')
  assert.deepEqual(new Set(hers.activities.map(({ people }) => people)), new Set([null]), 'how many there are is told to whoever keeps the register')
  const edited = await dpo.patch<{ version: number }>(`/register/${line.id}`, { version: 1, retentionDays: 60, legalRef: '152-ФЗ ст. 21 ч. 4' })
  assert.deepEqual([edited.status, edited.body.version], [200, 2], JSON.stringify(edited.body))
  const lost = await dpo.patch<Refused>(`/register/${line.id}`, { version: 1, retentionDays: 90 })
  assert.deepEqual([lost.status, lost.body.details?.current?.retentionDays], [409, 60])
  const [said] = await events(anna.dealer, 'activity.edited')
  assert.deepEqual([said?.objectId, said?.details.changed], [line.id, 'retentionDays,legalRef'])
  assert.equal((await anna.patch(`/register/${line.id}`, { version: 2, retentionDays: 1 })).status, 403)
  assert.equal((await stranger.get('/register')).status, 401)
  const bad = await dpo.patch<Refused>(`/register/${line.id}`, { version: 2, retentionDays: 0, purposes: [] })
  assert.deepEqual([bad.status, bad.body.fields?.map(({ at }) => at)], [422, ['purposes', 'retentionDays']])
  const boris = await hire('privacy_officer', { dealer: await dealer() })
  const foreign = await boris.patch<Refused>(`/register/${line.id}`, { version: 2, retentionDays: 5 })
  const nothing = await boris.patch<Refused>(`/register/${randomUUID()}`, { version: 2, retentionDays: 5 })
  assert.deepEqual([foreign.status, { ...foreign.body, requestId: '' }], [404, { ...nothing.body, requestId: '' }])
})
