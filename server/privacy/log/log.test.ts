import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { LogActor, LogEntry } from '../../../contract/audit/log.ts'
import { openEnds } from '../../../test/ends.ts'
import { openSealer, type TestSealer } from '../../../test/seal.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'
import { checkConsistency, checkProof, type ConsistencyBundle, type ProofBundle } from '../../audit/index.ts'

type Page = { rows: LogEntry[]; nextCursor: string | null; actors: LogActor[] }

let scene: Stage
let sealer: TestSealer
let officer: Person
let anna: Person
let personId: string
const ends = openEnds()
before(async () => {
  scene = await stage(ends)
  sealer = openSealer(scene.database, scene.owner)
  officer = await scene.hire('privacy_officer', { outletId: null })
  anna = await scene.hire('operator')
  const { body } = await anna.post<{ id: string }>('/persons', {
    contact: { fullName: 'Иванов Пётр', phones: ['+7 999 000-11-22'] },
    ground: { activityCode: 'lead', basis: 'contract' },
  })
  personId = body.id
  await anna.post(`/persons/${personId}/reveal`, { purpose: 'request_handling' })
  await sealer.seal()
})
after(async () => {
  await sealer.close()
  await ends.close()
})

test('the privacy officer sees who looked at Ivanov, by name, why and through which door', async () => {
  const looks = await officer.get<Page>(`/persons/${personId}/looks`)
  assert.equal(looks.status, 200, JSON.stringify(looks.body))
  const look = looks.body.rows.find(({ event }) => event === 'person.revealed')
  assert.deepEqual([look?.actorId, look?.purpose, look?.door, look?.personIds], [anna.employeeId, 'request_handling', 'POST /persons/:personId/reveal', [personId]])
  assert.match(looks.body.actors.find(({ id }) => id === anna.employeeId)?.name ?? '', /Сотрудников/)
  assert.doesNotMatch(JSON.stringify(looks.body), /Иванов|9990001122/)
})

test('the officer asks what Anna did, page by page, and sees each act once', async () => {
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { status: number; body: Page } = await officer.get<Page>(`/log/staff/${anna.employeeId}?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
    assert.equal(page.status, 200, JSON.stringify(page.body))
    assert.ok(page.body.rows.every(({ actorId }) => actorId === anna.employeeId))
    seen.push(...page.body.rows.map(({ id }) => id))
    cursor = page.body.nextCursor
  }
  const { rows } = await scene.owner.query<{ id: string }>('select id from log_events where actor_id = $1', [anna.employeeId])
  assert.deepEqual(seen.toSorted(), rows.map(({ id }) => id).toSorted())
})

test('filters by event, person and time find those events and no others', async () => {
  const created = await officer.get<Page>(`/log?event=person.created&personId=${personId}`)
  assert.deepEqual(
    created.body.rows.map(({ event }) => event),
    ['person.created'],
  )
  const later = await officer.get<Page>(`/log?since=${new Date(Date.now() + 86_400_000).toISOString()}`)
  assert.deepEqual([later.status, later.body.rows], [200, []])
})

test('names of colleagues that came with a screen are on the record, and the officer may leave them out of the list', async () => {
  await anna.get('/me')
  const all = await officer.get<Page>('/log?limit=100')
  const mine = all.body.rows.filter(({ event, door, actorId }) => event === 'staff.named' && door === 'GET /me' && actorId === anna.employeeId)
  assert.equal(mine.length, 1)
  const short = await officer.get<Page>('/log?limit=100&without=staff.named')
  assert.ok(short.body.rows.some(({ event }) => event === 'person.revealed'))
  assert.ok(!short.body.rows.some(({ event }) => event === 'staff.named'))
})

test('the list of staff names everybody whose acts can be asked for', async () => {
  const { body } = await officer.get<{ actors: LogActor[] }>('/log/staff')
  assert.deepEqual(body.actors.map(({ id }) => id).toSorted(), [anna.employeeId, officer.employeeId].toSorted())
})

test('heads hold, and one event is proved by a bundle that anybody can check with the public key', async () => {
  const heads = await officer.get<{ rows: { size: number; status: string; note: string }[] }>('/log/heads')
  assert.deepEqual(
    heads.body.rows.map(({ status }) => status),
    heads.body.rows.map(() => 'holds'),
  )
  assert.ok(heads.body.rows.length > 0)
  const [created] = (await officer.get<Page>('/log?event=person.created')).body.rows
  assert.notEqual(created?.position, null)
  const bundle = await officer.get<ProofBundle>(`/log/events/${created?.id}/proof`)
  assert.equal(bundle.status, 200, JSON.stringify(bundle.body))
  assert.equal(checkProof(bundle.body, sealer.key.publicKey)?.tenantId, anna.dealer.tenantId)
  assert.equal(checkProof({ ...bundle.body, event: { ...bundle.body.event, role: 'administrator' } }, sealer.key.publicKey), null)
})

test('an old head is proved to be the beginning of a newer one, and another order of heads is refused', async () => {
  await anna.post(`/persons/${personId}/reveal`, { purpose: 'request_handling' })
  await sealer.seal()
  const { rows } = (await officer.get<{ rows: { size: number; generation: number }[] }>('/log/heads')).body
  const [newest, oldest] = [rows.at(0), rows.at(-1)]
  assert.ok(newest && oldest && newest.size > oldest.size)
  const ask = (from: number, to: number) => officer.get<ConsistencyBundle & { error: string; fields?: { at: string }[] }>(`/log/consistency?from=${from}&to=${to}`)
  const bundle = await ask(oldest.size, newest.size)
  assert.equal(bundle.status, 200, JSON.stringify(bundle.body))
  assert.equal(checkConsistency(bundle.body, sealer.key.publicKey)?.size, newest.size)
  assert.equal(checkConsistency({ ...bundle.body, proof: bundle.body.proof.toReversed().slice(1) }, sealer.key.publicKey), null)
  assert.equal(checkConsistency({ ...bundle.body, from: bundle.body.to, to: bundle.body.from }, sealer.key.publicKey), null)
  assert.deepEqual((await ask(newest.size, oldest.size)).body.fields?.[0]?.at, 'from')
  assert.equal((await ask(oldest.size, newest.size + 1_000)).status, 404)
})

test('an event of this very moment is not proved yet, and says so', async () => {
  await anna.post(`/persons/${personId}/reveal`, { purpose: 'request_handling' })
  const [fresh] = (await officer.get<Page>('/log?event=person.revealed&limit=1')).body.rows
  assert.equal(fresh?.position, null)
  const reply = await officer.get<{ error: string; details: unknown }>(`/log/events/${fresh?.id}/proof`)
  assert.deepEqual([reply.status, reply.body.error, reply.body.details], [409, 'wrong_state', { state: 'not_sealed' }])
})

test('a head that was changed in the database no longer holds, and neither does the one after it', async () => {
  const other = await scene.dealer()
  const boss = await scene.hire('privacy_officer', { dealer: other, outletId: null })
  for (let round = 0; round < 3; round++) {
    await boss.get('/log/staff')
    await sealer.seal()
  }
  const asked = async (): Promise<string[]> => (await boss.get<{ rows: { status: string }[] }>('/log/heads')).body.rows.map(({ status }) => status)
  assert.deepEqual([...new Set(await asked())], ['holds'])
  const {
    rows: [victim],
  } = await scene.owner.query<{ size: string }>('select size from log_heads where tenant_id = $1 order by size limit 1', [other.tenantId])
  await scene.owner.query(`update log_heads set note = replace(note, 'time 2', 'time 3') where tenant_id = $1 and size = $2`, [other.tenantId, victim?.size])
  assert.deepEqual((await asked()).slice(-2), ['broken', 'broken'])
})

test('Anna sees what she did herself, and nothing of others', async () => {
  const mine = await anna.get<Page>('/log/mine')
  assert.equal(mine.status, 200)
  assert.ok(mine.body.rows.length > 0 && mine.body.rows.every(({ actorId }) => actorId === anna.employeeId))
  for (const address of [
    '/log',
    '/log/staff',
    `/log/staff/${officer.employeeId}`,
    '/log/heads',
    '/log/consistency?from=1&to=1',
    `/persons/${personId}/looks`,
    `/log/events/${randomUUID()}/proof`,
  ])
    assert.equal((await anna.get(address)).status, 403, address)
  const [refusal] = await scene.events(anna.dealer, 'act.refused')
  assert.deepEqual([refusal?.actorId, refusal?.details], [anna.employeeId, { code: 'forbidden' }])
})

test('the log of another company does not exist', async () => {
  const boris = await scene.hire('privacy_officer', { dealer: await scene.dealer(), outletId: null })
  const [event] = (await officer.get<Page>('/log?limit=1')).body.rows
  for (const [theirs, nothing] of [
    [`/persons/${personId}/looks`, `/persons/${randomUUID()}/looks`],
    [`/log/staff/${anna.employeeId}`, `/log/staff/${randomUUID()}`],
    [`/log/events/${event?.id}/proof`, `/log/events/${randomUUID()}/proof`],
  ] as const) {
    const [one, other] = [await boris.get<{ requestId?: string }>(theirs), await boris.get<{ requestId?: string }>(nothing)]
    assert.deepEqual([one.status, { ...one.body, requestId: '' }], [404, { ...other.body, requestId: '' }], theirs)
  }
  assert.ok((await boris.get<Page>('/log')).body.rows.every(({ actorId }) => actorId === boris.employeeId))
})

test('who is not signed in sees no log; what is not a date, an event or a cursor is named', async () => {
  assert.equal((await scene.stranger.get('/log')).status, 401)
  for (const [query, field] of [
    ['since=yesterday', 'since'],
    ['event=person.eaten', 'event'],
    ['cursor=abc', 'cursor'],
    ['limit=1000', 'limit'],
    ['actorId=5', 'actorId'],
  ] as const) {
    const reply = await officer.get<{ fields: { at: string }[] }>(`/log?${query}`)
    assert.deepEqual([reply.status, reply.body.fields[0]?.at], [422, field], query)
  }
  const reply = await officer.get<{ fields: { at: string }[] }>('/log/heads?cursor=%7B%7D')
  assert.deepEqual([reply.status, reply.body.fields[0]?.at], [422, 'cursor'])
})

test('support sees how the installation is, and that nothing waits to be sealed', async () => {
  const support = await scene.hire('support_engineer')
  const { status, body } = await support.get<{ database: { isOk: boolean; bytes: number }; vault: { isOk: boolean }; log: { heads: number } }>('/health')
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual([body.database.isOk, body.vault.isOk, body.database.bytes > 0, body.log.heads > 0], [true, true, true, true])
  assert.equal((await anna.get('/health')).status, 403)
})
