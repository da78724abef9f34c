import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { ClauseEvidence, ClauseRow, ClauseState } from '../../../contract/privacy/clause.ts'
import { openEnds } from '../../../test/ends.ts'
import { openSealer, type TestSealer } from '../../../test/seal.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'
import { evidenceCodes, evidenceOf } from './evidence/index.ts'
import { allClauses } from './index.ts'

type List = { rows: ClauseRow[]; counts: Record<ClauseState, number>; total: number }
type Shown = ClauseRow & { proof: ClauseEvidence | null }
type Refused = { error: string; fields?: { at: string }[] }

let scene: Stage
let sealer: TestSealer
let igor: Person
const ends = openEnds()
before(async () => {
  scene = await stage(ends)
  sealer = openSealer(scene.database, scene.owner)
  igor = await scene.hire('privacy_officer', { outletId: null })
  const anna = await scene.hire('operator')
  await anna.post('/persons', { contact: { fullName: 'Иванов Пётр', phones: ['+7 999 000-11-22'] }, ground: { activityCode: 'lead', basis: 'contract' } })
  await sealer.seal()
})
after(async () => {
  await sealer.close()
  await ends.close()
})

/** Evidence by its code, through a clause that asks for it. */
async function proofOf(code: string): Promise<ClauseEvidence> {
  const clause = allClauses.find(({ evidence }) => evidence === code)
  const reply = await igor.get<Shown>(`/clauses/${clause?.id}`)
  assert.equal(reply.status, 200, `${code}: ${JSON.stringify(reply.body)}`)
  assert.ok(reply.body.proof)
  return reply.body.proof
}

test('Igor sees all clauses with how many of each state there are, and finds some by part, state and word', async () => {
  const { body } = await igor.get<List>('/clauses')
  assert.deepEqual([body.rows.length, body.total, Object.values(body.counts).reduce((sum, count) => sum + count)], [182, 182, 182])
  const cookies = await igor.get<List>('/clauses?part=P7')
  assert.deepEqual([cookies.body.rows.length, cookies.body.counts], [11, body.counts])
  const missing = await igor.get<List>('/clauses?state=not_yet')
  assert.ok(missing.body.rows.length === body.counts.not_yet && missing.body.rows.every(({ because }) => because !== null))
  const found = await igor.get<List>(`/clauses?search=${encodeURIComponent('ПРИМАНКА')}`)
  assert.ok(found.body.rows.length > 0 && found.body.rows.length < 5)
})

test('every kind of evidence is read from a living database and says when', async () => {
  for (const code of evidenceCodes) {
    const proof = await proofOf(code)
    assert.deepEqual([proof.code, proof.what], [code, evidenceOf(code).what])
    assert.ok(Math.abs(Date.parse(proof.at) - scene.clock.now.getTime()) < 60_000, code)
  }
})

test('evidence tells what is there: grounds by line, colleagues by role, heads that hold', async () => {
  const grounds = await proofOf('live_grounds')
  assert.deepEqual(
    [grounds.parts, grounds.isGood],
    [
      [
        { name: 'employment', count: 2 },
        { name: 'lead', count: 1 },
      ],
      true,
    ],
  )
  assert.deepEqual((await proofOf('access_by_role')).parts, [
    { name: 'operator', count: 1 },
    { name: 'privacy_officer', count: 1 },
  ])
  assert.deepEqual([(await proofOf('broken_heads')).isGood, (await proofOf('log_entries')).isGood], [true, true])
})

test('a person without a ground, a head that was changed and a policy that was never published are shown for what they are', async () => {
  const { tenantId } = igor.dealer
  assert.equal((await proofOf('unheld_persons')).isGood, true)
  const personId = randomUUID()
  await scene.owner.query(`insert into persons (tenant_id, id, kind) values ($1, $2, 'customer')`, [tenantId, personId])
  const unheld = await proofOf('unheld_persons')
  assert.deepEqual([unheld.count, unheld.isGood], [1, false])
  await scene.owner.query('delete from persons where id = $1', [personId])
  const drift = await proofOf('policy_drift')
  assert.deepEqual([drift.parts, drift.isGood], [[{ name: 'none_published', count: 1 }], false])
  await scene.owner.query(`update log_heads set note = replace(note, 'time 2', 'time 3') where tenant_id = $1`, [tenantId])
  assert.equal((await proofOf('broken_heads')).isGood, false)
})

test('a consent counts as it is at the moment of the reading: a word to come not yet, one past its term as expired', async () => {
  const { tenantId } = igor.dealer
  const [personId, textId] = [randomUUID(), randomUUID()]
  const at = (hours: number): Date => new Date(scene.clock.now.getTime() + hours * 3_600_000)
  await scene.owner.query(`insert into persons (tenant_id, id, kind) values ($1, $2, 'customer')`, [tenantId, personId])
  await scene.owner.query(
    `insert into consent_texts (tenant_id, id, kind, version, parts, body, body_sha256, valid_days, published_at, published_by) values ($1, $2, 'advertising_email', 1, '{}', '', '', 30, $3, $4)`,
    [tenantId, textId, at(-1), igor.employeeId],
  )
  for (const [kind, from, until] of [
    ['advertising_email', -1, 1],
    ['advertising_sms', 0.5, 9],
  ] as const)
    await scene.owner.query(
      `insert into consent_events (tenant_id, id, person_id, text_id, kind, state, how, at, valid_until) values ($1, $2, $3, $4, $5, 'given', 'site', $6, $7)`,
      [tenantId, randomUUID(), personId, textId, kind, at(from), at(until)],
    )
  assert.deepEqual((await proofOf('consents_by_state')).parts, [{ name: 'given', count: 1 }])
  scene.clock.forward(1.5 * 3_600_000)
  assert.deepEqual(
    (await proofOf('consents_by_state')).parts.toSorted((one, other) => one.name.localeCompare(other.name)),
    [
      { name: 'expired', count: 1 },
      { name: 'given', count: 1 },
    ],
  )
  await scene.owner.query('delete from persons where id = $1', [personId])
})

test('evidence of one company counts nothing of another', async () => {
  const boris = await scene.hire('privacy_officer', { dealer: await scene.dealer(), outletId: null })
  const { body } = await boris.get<Shown>(`/clauses/${allClauses.find(({ evidence }) => evidence === 'live_grounds')?.id}`)
  assert.deepEqual(body.proof?.parts, [{ name: 'employment', count: 1 }])
})

test('refusals: nobody, no right, no such clause, a state that is none', async () => {
  const anna = await scene.hire('operator')
  for (const path of ['/clauses', '/clauses/P1.1']) {
    assert.equal((await scene.stranger.get(path)).status, 401, path)
    assert.equal((await anna.get(path)).status, 403, path)
  }
  assert.equal((await igor.get('/clauses/P1.99')).status, 404)
  const wrong = await igor.get<Refused>('/clauses?state=perfect&part=P12')
  assert.deepEqual([wrong.status, wrong.body.fields?.map(({ at }) => at)], [422, ['part', 'state']])
})
