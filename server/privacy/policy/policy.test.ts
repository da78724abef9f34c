import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { test, type TestContext } from 'node:test'
import pg from 'pg'
import type { PolicyDraft, PolicyVersion } from '../../../contract/privacy/policy.ts'
import { trackers } from '../../../contract/site/trackers.ts'
import type { z } from 'zod'
import { stage, type Person, type Reply, type Stage } from '../../../test/stage.ts'

type Version = z.output<typeof PolicyVersion>
type Line = { id: string; code: string; name: string; version: number }
type Refused = { error: string; requestId?: string; fields?: { at: string; why: string }[]; details?: Record<string, unknown> }

/** A company with a site and its privacy officer. */
async function company(t: TestContext): Promise<{ scene: Stage; igor: Person; publish: () => Promise<Reply<{ version: number }>>; draft: () => Promise<PolicyDraft> }> {
  const scene = await stage(t)
  const igor = await scene.hire('privacy_officer', { dealer: await scene.dealer('ООО «Полюс»'), outletId: null })
  const { tenantId } = igor.dealer
  await scene.owner.query(`insert into site_slugs (slug, tenant_id) values ($1, $2)`, [`polus-${tenantId.slice(0, 6)}`, tenantId])
  await scene.owner.query(`insert into sites (tenant_id, name) values ($1, 'Полюс')`, [tenantId])
  const draft = async (): Promise<PolicyDraft> => {
    const reply = await igor.get<PolicyDraft>('/policy/draft')
    assert.equal(reply.status, 200, JSON.stringify(reply.body))
    return reply.body
  }
  return { scene, igor, draft, publish: async () => igor.post<{ version: number }>('/policy/versions', { factsSha256: (await draft()).factsSha256 }) }
}

const lineOf = async (igor: Person, code: string): Promise<Line> => {
  const { body } = await igor.get<{ activities: Line[] }>('/register')
  const line = body.activities.find((each) => each.code === code)
  assert.ok(line)
  return line
}

test('Igor publishes the first policy: it names every line of the register and everything the site keeps in a browser, and leaves no blank', async (t) => {
  const { scene, igor, draft, publish } = await company(t)
  const before = await draft()
  assert.deepEqual([before.published, before.problems, before.changes], [null, [], []])
  const reply = await publish()
  assert.deepEqual([reply.status, reply.body.version], [200, 1], JSON.stringify(reply.body))
  const { body: policy } = await igor.get<Version>('/policy/versions/1')
  const { body: register } = await igor.get<{ activities: Line[] }>('/register')
  for (const { name } of register.activities) assert.ok(policy.body.ru.includes(name), name)
  for (const { name, purpose } of trackers)
    for (const language of ['ru', 'en'] as const) assert.ok(policy.body[language].includes(name) && policy.body[language].includes(purpose[language]), name)
  assert.match(policy.body.ru, /ООО «Полюс»[^]*7707083893[^]*1027700132195/)
  assert.doesNotMatch(`${policy.body.ru}${policy.body.en}`, /_{2,}|undefined|null|\{\{|XXX/)
  const [said] = await scene.events(igor.dealer, 'privacy_policy.published')
  assert.deepEqual([said?.actorId, said?.details.version, said?.details.sha256], [igor.employeeId, 1, policy.sha256.ru])
})

test('a line of the register that changes makes the screen say so; the old version reads the same byte for byte', async (t) => {
  const { igor, draft, publish } = await company(t)
  await publish()
  const { body: first } = await igor.get<Version>('/policy/versions/1')
  assert.equal(createHash('sha256').update(first.body.ru, 'utf8').digest('hex'), first.sha256.ru)
  const line = await lineOf(igor, 'lead')
  assert.equal((await igor.patch(`/register/${line.id}`, { version: line.version, retentionDays: 45, name: 'Ответы на заявки' })).status, 200)
  const now = await draft()
  assert.deepEqual(now.changes, [{ part: 'register', what: 'Ответы на заявки', how: 'changed' }])
  assert.ok(now.difference.ru.some(({ sign, text }) => sign === 'added' && text === 'Ответы на заявки'))
  assert.ok(now.difference.ru.some(({ sign, text }) => sign === 'removed' && text === 'lead'))
  const next = await publish()
  assert.equal(next.body.version, 2)
  assert.deepEqual((await igor.get<Version>('/policy/versions/1')).body, first)
  assert.deepEqual((await draft()).changes, [])
  const { body: versions } = await igor.get<{ rows: { version: number }[] }>('/policy/versions')
  assert.deepEqual(
    versions.rows.map(({ version }) => version),
    [2, 1],
  )
})

test('what is published already is not published again, nor is what nobody has read', async (t) => {
  const { igor, draft, publish } = await company(t)
  await publish()
  const again = await igor.post<Refused>('/policy/versions', { factsSha256: (await draft()).factsSha256 })
  assert.deepEqual([again.status, again.body.error, again.body.details], [409, 'wrong_state', { state: 'nothing_changed' }])
  const unseen = await igor.post<Refused>('/policy/versions', { factsSha256: '0'.repeat(64) })
  assert.deepEqual([unseen.status, unseen.body.error], [409, 'stale'])
})

test('a register that says something with a blank or without an end cannot become a policy', async (t) => {
  const { igor, draft, publish } = await company(t)
  const line = await lineOf(igor, 'sale')
  await igor.patch(`/register/${line.id}`, { version: line.version, retentionFrom: 'дата ______ и т.д.' })
  assert.deepEqual([...new Set((await draft()).problems.map(({ why }) => why))].sort(), ['open_list', 'placeholder'])
  assert.equal((await publish()).status, 422)
})

test('the address for questions about data stands in the next policy, and a lost update is refused', async (t) => {
  const { scene, igor, draft, publish } = await company(t)
  await publish()
  const edited = await igor.patch<{ version: number }>('/policy/contact', { email: 'PD@polus.example', version: 0 })
  assert.deepEqual([edited.status, edited.body.version], [200, 1])
  const { changes, contact, body } = await draft()
  assert.deepEqual([changes, contact], [[{ part: 'contact', what: 'pd@polus.example', how: 'added' }], { email: 'pd@polus.example', version: 1 }])
  assert.ok(body.en.includes('pd@polus.example'))
  assert.equal((await igor.patch('/policy/contact', { email: 'dpo@polus.example', version: 0 })).status, 409)
  const wrong = await igor.patch<Refused>('/policy/contact', { email: 'no address', version: 1 })
  assert.deepEqual([wrong.status, wrong.body.fields?.map(({ at }) => at)], [422, ['email']])
  assert.equal((await scene.events(igor.dealer, 'privacy_policy.contact_edited')).length, 1)
})

test('nobody, not even the application’s own role, can change or remove a version', async (t) => {
  const { scene, igor, publish } = await company(t)
  await publish()
  const client = new pg.Client(scene.database.web)
  await client.connect()
  try {
    for (const sql of [`update policy_versions set body_ru = ''`, 'delete from policy_versions']) {
      await client.query(`begin; set local role infotech_app; set local app.tenant = '${igor.dealer.tenantId}'`)
      await assert.rejects(client.query(sql), { code: '42501' }, sql)
      await client.query('rollback')
    }
  } finally {
    await client.end()
  }
})

test('refusals: nobody, no right, and another company’s policy is none', async (t) => {
  const { scene, igor, publish } = await company(t)
  await publish()
  const anna = await scene.hire('operator', { dealer: igor.dealer })
  assert.equal((await anna.get('/policy/versions/1')).status, 200)
  assert.equal((await anna.get('/policy/draft')).status, 403)
  assert.equal((await anna.post('/policy/versions', { factsSha256: '0'.repeat(64) })).status, 403)
  for (const path of ['/policy/draft', '/policy/versions', '/policy/versions/1']) assert.equal((await scene.stranger.get(path)).status, 401, path)
  const boris = await scene.hire('privacy_officer', { dealer: await scene.dealer(), outletId: null })
  const [theirs, nothing] = [await boris.get<Refused>('/policy/versions/1'), await boris.get<Refused>('/policy/versions/77')]
  assert.deepEqual([theirs.status, { ...theirs.body, requestId: '' }], [404, { ...nothing.body, requestId: '' }])
  const bad = await igor.get<Refused>('/policy/versions/zero')
  assert.deepEqual([bad.status, bad.body.fields?.map(({ at }) => at)], [422, ['version']])
  scene.clock.forward(11 * 60_000)
  assert.deepEqual((await igor.post<Refused>('/policy/versions', { factsSha256: '0'.repeat(64) })).body.error, 'reauthenticate')
})

test('that a person has seen a version is written down beside it, and goes with the person', async (t) => {
  const { scene, igor, publish } = await company(t)
  await publish()
  const { markPolicy, policyInForce } = await import('./index.ts')
  const personId = randomUUID()
  await scene.owner.query(`insert into persons (tenant_id, id, kind) values ($1, $2, 'customer')`, [igor.dealer.tenantId, personId])
  await scene.job(igor.dealer, 'destroy-due', async (ctx) => markPolicy(ctx, { personId, version: (await policyInForce(ctx)) ?? 0 }))
  const [said] = await scene.events(igor.dealer, 'privacy_policy.marked')
  assert.deepEqual([said?.personIds, said?.details], [[personId], { version: 1 }])
  await assert.rejects(
    scene.job(igor.dealer, 'destroy-due', (ctx) => markPolicy(ctx, { personId, version: 9 })),
    /not_found/,
  )
  const marks = async (): Promise<number> => (await scene.owner.query('select from policy_marks where person_id = $1', [personId])).rowCount ?? 0
  assert.equal(await marks(), 1)
  await scene.owner.query('delete from persons where id = $1', [personId])
  assert.equal(await marks(), 0)
})
