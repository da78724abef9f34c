import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { canary, found, needles, readFolder } from '../../../test/canary.ts'
import { openEnds } from '../../../test/ends.ts'
import { pdfText, says } from '../../../test/pdf-text.ts'
import { openSealer, type TestSealer } from '../../../test/seal.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'
import { peopleJobs } from '../../people/index.ts'
import { aClient, act, daysAgo, file, type Bytes, type Refused } from '../requests/requests-stage.ts'

let scene: Stage
let sealer: TestSealer
let anna: Person
let igor: Person
const ends = openEnds()
before(async () => {
  scene = await stage(ends)
  anna = await scene.hire('operator')
  igor = await scene.hire('privacy_officer', { outletId: null })
  sealer = openSealer(scene.database, scene.owner)
})
after(async () => {
  await sealer.close()
  await ends.close()
})

type Act = {
  id: string
  number: number
  reason: string
  personIds: string[]
  categories: string[]
  counts: Record<string, number>
  operator: { name: string; inn: string }
  executorId: string | null
  executorName: string | null
  executorPosition: string | null
  requestId: string | null
  proof: { eventId: string; position: number | null; head: string | null } | null
}
const actOf = async (actId: string): Promise<Act> => {
  const { status, body } = await igor.get<Act>(`/destructions/${actId}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const pagesOf = async (actId: string, form: 'act' | 'journal'): Promise<string> =>
  pdfText(Buffer.from((await igor.get<Bytes>(`/destructions/${actId}/pdf?form=${form}`)).body.base64, 'base64'))
const rowsOf = async (sql: string, values: unknown[]): Promise<Record<string, unknown>[]> => (await scene.owner.query(sql, values)).rows
const endAll = (personId: string, reason = 'purpose_reached') =>
  scene.owner
    .query(`update grounds set ended_at = now(), ended_reason = $2 where person_id = $1`, [personId, reason])
    .then(() => scene.owner.query(`update persons set destroy_after = now() - interval '1 hour' where id = $1`, [personId]))
const runNight = () => scene.job(igor.dealer, 'destroy-due', (ctx) => peopleJobs['destroy-due']!(ctx, {}))
/** What the worker would do with the jobs that the acts have added. */
async function runObjects(): Promise<void> {
  const rows = await rowsOf(
    `select j.id, j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'remove-objects' and j.locked_at is null`,
    [],
  )
  for (const { payload } of rows) await scene.job(igor.dealer, 'remove-objects', (ctx) => peopleJobs['remove-objects']!(ctx, payload as Record<string, unknown>))
}

test('on demand everything of a person goes under an act that names the request, and nothing of them is found anywhere', async () => {
  const bait = canary(7)
  const { body: lead } = await anna.post<{ personId: string; leadId: string }>('/leads', {
    sourceId: anna.dealer.sources.phone,
    externalRef: 'canary-7',
    contact: { surname: bait.surname, given: bait.given, patronymic: bait.patronymic, phones: [bait.phoneTyped], emails: [bait.email], address: bait.address },
    comment: bait.text,
  })
  await anna.post('/interactions', { personId: lead.personId, kind: 'call_out', result: 'talked', text: bait.text })
  const asked = await file(igor, lead.personId, 'access', { receivedOn: daysAgo(scene, 0), words: bait.text })
  await act(igor, asked.id, 'identify', { how: 'document' })
  await act(igor, asked.id, 'pack')
  await act(igor, asked.id, 'answer', { words: bait.text })
  const objects = (await rowsOf('select id from files where person_id = $1', [lead.personId])).map(({ id }) => path.join(scene.filesUrl, igor.dealer.tenantId, String(id)))
  assert.ok(objects.length === 2 && objects.every((each) => existsSync(each)))
  const own = await scene.subject(igor.dealer, [lead.personId])
  assert.equal((await own.get('/own/requests')).status, 200)
  const { id } = await file(igor, lead.personId, 'destroy', { receivedOn: daysAgo(scene, 0), words: bait.text })
  const early = await act<Refused>(igor, id, 'destroy', { reason: 'stop_demand' })
  assert.deepEqual([early.status, early.body.details?.state], [409, 'identity_unknown'])
  await act(igor, id, 'identify', { how: 'document' })
  const done = await act<{ actId: string }>(igor, id, 'destroy', { reason: 'stop_demand' })
  assert.equal(done.status, 200, JSON.stringify(done.body))
  await runObjects()
  assert.ok(
    objects.every((each) => !existsSync(each)),
    'sealed objects are removed from the store',
  )
  assert.equal((await igor.get(`/persons/${lead.personId}`)).status, 404)
  const after = await own.get<{ rows: unknown[] }>('/own/requests')
  assert.deepEqual([after.status, after.body.rows], [200, []], 'their page, where they are told so, holds nothing')
  for (const table of ['facts', 'search_tokens', 'grounds', 'interactions', 'files', 'consent_events', 'portal_session_persons'])
    assert.deepEqual([table, (await rowsOf(`select 1 from ${table} where person_id = $1`, [lead.personId])).length], [table, 0])
  assert.deepEqual(await rowsOf('select person_id, state from subject_requests where id = any ($1) order by number', [[asked.id, id]]), [
    { person_id: null, state: 'answered' },
    { person_id: null, state: 'executed' },
  ])
  const written = await actOf(done.body.actId)
  assert.deepEqual(
    [written.personIds, written.reason, written.requestId, written.executorId, written.categories],
    [[lead.personId], 'stop_demand', id, igor.employeeId, ['communication', 'contact']],
  )
  assert.ok((written.counts.facts ?? 0) >= 5 && written.counts.files === 2 && written.counts.leads === 1, JSON.stringify(written.counts))
  assert.deepEqual([written.counts.subject_requests, written.counts.portal_session_persons], [2, 1], 'their requests and their open page are counted as well')
  const [event] = (await scene.events(igor.dealer, 'person.destroyed')).filter(({ objectId }) => objectId === written.id)
  assert.deepEqual([event?.personIds, event?.details.reason], [[lead.personId], 'stop_demand'])
  await nothingIsFound()
})

/** Both databases whole and every object of the store: no mark in any writing, plain or turned. */
async function nothingIsFound(): Promise<void> {
  const all = needles()
  const leaks: string[] = []
  const inspect = (where: string, bytes: Buffer): void => void leaks.push(...found(bytes, all).map((name) => `${where}: ${name}`))
  for (const database of [scene.database.owner, scene.database.keysOwner]) {
    const client = new pg.Client(database)
    await client.connect()
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema') and schemaname <> 'graphile_worker'`,
    )
    for (const { name } of rows) {
      const { rows: lines } = await client.query<{ line: string }>(`select t::text as line from ${name} t`)
      inspect(name, Buffer.from(lines.map(({ line }) => line).join('\n')))
    }
    await client.end()
  }
  readFolder(scene.filesUrl, inspect)
  assert.deepEqual(leaks, [])
}

test('the act has every field of order 179, the extract every field of its own, and both name the place in the log', async () => {
  const { personId } = await aClient(anna, 'Актова Инна')
  await endAll(personId)
  const { body } = await igor.post<{ actId: string }>(`/persons/${personId}/destroy`)
  const fresh = await pagesOf(body.actId, 'act')
  assert.match(fresh, /Событие ещё скрепляется/)
  await sealer.seal()
  const written = await actOf(body.actId)
  assert.ok(written.proof?.position !== null && written.proof?.head?.includes(igor.dealer.tenantId), JSON.stringify(written.proof))
  const pages = await pagesOf(body.actId, 'act')
  for (const field of [
    'а) Оператор',
    igor.dealer.name,
    '7707083893',
    'б) Лицо',
    'в) Субъекты',
    personId,
    'г) Кто уничтожил',
    'Сотрудников',
    'privacy_officer',
    'д) Категории',
    'фамилия, имя, отчество',
    'е) Материальные носители',
    'ж) Информационная система',
    'Infotech CRM',
    'з) Способ',
    'ключи шифрования',
    'и) Причина',
    'достигнута цель обработки',
    'к) Дата',
    'подпись',
    written.proof?.eventId ?? 'no event',
  ])
    assert.ok(says(pages, field), `the act has ${field}`)
  assert.ok(!says(pages, 'Актова'))
  const journal = await pagesOf(body.actId, 'journal')
  for (const field of ['а) Субъект', 'б) Категории', 'в) Система', 'г) Причина', 'д) Дата', personId, 'Infotech CRM']) assert.ok(says(journal, field), `the extract has ${field}`)
})

test('before Igor destroys he sees what would go; a live ground, a restriction and an open request each refuse it', async () => {
  const { personId } = await aClient(anna)
  const preview = await igor.get<{ classes: { code: string; count: number }[]; liveGrounds: number; rows: { table: string }[] }>(`/persons/${personId}/destruction`)
  assert.equal(preview.status, 200, JSON.stringify(preview.body))
  assert.deepEqual(preview.body.classes.map(({ code }) => code).toSorted(), ['communication', 'contact'])
  assert.ok(preview.body.liveGrounds === 1 && preview.body.rows.some(({ table }) => table === 'leads'))
  const refusal = async (): Promise<string | undefined> => (await igor.post<Refused>(`/persons/${personId}/destroy`)).body.details?.state
  assert.equal(await refusal(), 'held')
  await endAll(personId)
  const { id } = await file(igor, personId, 'access', { receivedOn: daysAgo(scene, 0) })
  assert.equal(await refusal(), 'request_open')
  await runNight()
  assert.equal((await igor.get(`/requests/${id}`)).status, 200)
  assert.equal((await rowsOf('select 1 from persons where id = $1', [personId])).length, 1, 'whoever waits for an answer is not destroyed at night')
  await act(igor, id, 'refuse', { reason: 'not_conforming', words: 'Запрос без подписи и документа' })
  await scene.owner.query('update persons set restricted_at = now() where id = $1', [personId])
  assert.equal(await refusal(), 'restricted')
  await scene.owner.query('update persons set restricted_at = null where id = $1', [personId])
  assert.equal(await refusal(), undefined)
  assert.equal((await rowsOf('select 1 from persons where id = $1', [personId])).length, 0)
})

test('at night everyone who is due goes, one act for each reason, each person told once', async () => {
  const gone = [await aClient(anna), await aClient(anna), await aClient(anna)].map(({ personId }) => personId)
  await endAll(gone[0]!, 'consent_withdrawn')
  await endAll(gone[1]!, 'consent_withdrawn')
  await endAll(gone[2]!, 'unlawful')
  await scene.owner.query(
    `insert into disclosures (tenant_id, id, person_id, recipient_name, basis, what, at) values ($1, $2, $3, 'ООО «Получатель»', 'contract', '{contact}', now())`,
    [igor.dealer.tenantId, randomUUID(), gone[0]],
  )
  const due = await igor.get<{ rows: { personId: string; isOver: boolean; reason: string }[] }>('/destructions/due?limit=100')
  assert.deepEqual(
    due.body.rows.filter(({ personId }) => gone.includes(personId)).map(({ isOver, reason }) => [isOver, reason]),
    [
      [true, 'consent_withdrawn'],
      [true, 'consent_withdrawn'],
      [true, 'unlawful'],
    ],
  )
  const before = (await igor.get<{ rows: { number: number }[] }>('/destructions')).body.rows.length
  await runNight()
  const list = await igor.get<{ rows: { id: string; people: number; reason: string; executorId: string | null }[] }>('/destructions')
  assert.deepEqual(
    list.body.rows
      .slice(0, list.body.rows.length - before)
      .map(({ people, reason, executorId }) => [people, reason, executorId])
      .toSorted(),
    [
      [1, 'unlawful', null],
      [2, 'consent_withdrawn', null],
    ],
  )
  const told = await rowsOf(
    `select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'recipients-told' and j.payload ->> 'what' = 'destroyed'`,
    [],
  )
  assert.deepEqual(
    told.map(({ payload }) => (payload as { personId: string }).personId).filter((id) => gone.includes(id)),
    [gone[0]],
  )
  const nightly = list.body.rows.find(({ people, reason }) => people === 2 && reason === 'consent_withdrawn')
  const pages = await pagesOf(nightly!.id, 'act')
  assert.match(pages, /автоматическое задание информационной системы; ответственный: privacy_officer Сотрудников/)
  for (const personId of gone.slice(0, 2)) assert.ok(says(pages, personId))
})

test('an act is kept three years and then goes', async () => {
  const [{ id } = { id: '' }] = (await rowsOf('select id from destruction_acts where tenant_id = $1 order by number limit 1', [igor.dealer.tenantId])) as { id: string }[]
  const sweep = () => scene.job(igor.dealer, 'sweep-acts', (ctx) => peopleJobs['sweep-acts']!(ctx, {}))
  await scene.owner.query(`update destruction_acts set at = now() - interval '3 years' + interval '1 day' where id = $1`, [id])
  await sweep()
  assert.equal((await igor.get(`/destructions/${id}`)).status, 200)
  await scene.owner.query(`update destruction_acts set at = now() - interval '3 years 1 day' where id = $1`, [id])
  await sweep()
  assert.equal((await igor.get(`/destructions/${id}`)).status, 404)
  assert.equal((await scene.events(igor.dealer, 'destruction.swept')).at(-1)?.details.acts, 1)
})

test('only Igor destroys, after proving his password again; another company’s act does not exist', async () => {
  const { personId } = await aClient(anna)
  assert.equal((await scene.stranger.get('/destructions')).status, 401)
  for (const address of ['/destructions', '/destructions/due', `/persons/${personId}/destruction`, `/destructions/${randomUUID()}`])
    assert.equal((await anna.get(address)).status, 403, address)
  assert.equal((await anna.post(`/persons/${personId}/destroy`)).status, 403)
  await scene.owner.query(`update sessions set reauthenticated_at = $2 where employee_id = $1`, [igor.employeeId, new Date(scene.clock.now.getTime() - 11 * 60_000)])
  assert.equal((await igor.post<Refused>(`/persons/${personId}/destroy`)).body.error, 'reauthenticate')
  await scene.owner.query(`update sessions set reauthenticated_at = $2 where employee_id = $1`, [igor.employeeId, scene.clock.now])
  const boris = await scene.hire('privacy_officer', { dealer: await scene.dealer(), outletId: null })
  const [{ id } = { id: '' }] = (await igor.get<{ rows: { id: string }[] }>('/destructions')).body.rows
  for (const [theirs, nothing] of [
    [`/destructions/${id}`, `/destructions/${randomUUID()}`],
    [`/persons/${personId}/destruction`, `/persons/${randomUUID()}/destruction`],
  ] as const) {
    const [one, other] = [await boris.get<Refused>(theirs), await boris.get<Refused>(nothing)]
    assert.deepEqual([one.status, { ...one.body, requestId: '' }], [404, { ...other.body, requestId: '' }], theirs)
  }
})
