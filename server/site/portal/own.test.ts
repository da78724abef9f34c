import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { OwnPerson } from '../../../contract/site/own.ts'
import { openEnds } from '../../../test/ends.ts'
import { openSealer } from '../../../test/seal.ts'
import { recordDisclosure } from '../../people/index.ts'
import { portalStage, type PortalStage } from './portal-stage.ts'

type Refused = { error: string; fields?: { at: string }[]; details?: Record<string, unknown> }
type Held = { persons: OwnPerson[] }

let it: PortalStage
const ends = openEnds()
before(async () => {
  it = await portalStage(ends)
})
after(ends.close)
const told = ({ status, body }: { status: number; body: object }): unknown => ({ status, body: { ...body, requestId: '' } })

test('Vera is told what is held about her, from where, why and until when', async () => {
  const site = await it.machine(it.home)
  await site.post('/intake/leads', {
    sourceCode: 'site',
    externalRef: 'V-1',
    interest: 'test_drive',
    comment: 'Можно в субботу?',
    contact: { fullName: 'Верина Вера', phones: ['+7 977 000-01-01'] },
  })
  const { rows } = await it.owner.query<{ id: string }>('select person_id id from leads where tenant_id = $1', [it.home.tenantId])
  const veraId = rows[0]?.id ?? ''
  const vera = await it.subject(it.home, [veraId])
  const { status, body } = await vera.get<Held>('/own/data')
  assert.equal(status, 200, JSON.stringify(body))
  const [person] = body.persons
  assert.equal(person?.contact?.surname, 'Верина')
  assert.deepEqual(
    person?.records.filter(({ kind }) => kind === 'lead').map(({ word, text }) => [word, text]),
    [['test_drive', 'Можно в субботу?']],
  )
  const [ground] = person?.grounds ?? []
  assert.deepEqual([ground?.activityCode, ground?.basis, ground?.retentionDays], ['lead', 'contract', 30])
  assert.deepEqual(
    person?.sources.map(({ kind, name }) => [kind, name]),
    [['lead', 'site']],
  )
  const [look] = (await it.events(it.home, 'person.revealed')).filter(({ personIds }) => personIds.includes(veraId))
  assert.deepEqual([look?.actorId, look?.purpose], [vera.employeeId, 'rights'])
})

test('whoever was written down by hand is told by which position, and never by whom', async () => {
  const id = await it.client({ fullName: 'Ручкина Рада', phones: ['+7 977 000-01-02'] })
  const rada = await it.subject(it.home, [id])
  const { body } = await rada.get<Held>('/own/data')
  assert.deepEqual(
    body.persons[0]?.sources.map(({ kind, name }) => [kind, name]),
    [['staff', 'operator']],
  )
  assert.ok(!JSON.stringify(body).includes(it.anna.employeeId))
})

test('looks are told page after page by position, without names and ids of colleagues', async () => {
  const id = await it.client({ fullName: 'Смотрова Сима', phones: ['+7 977 000-01-03'] })
  for (let look = 0; look < 3; look++) await it.anna.post(`/persons/${id}/reveal`, { purpose: 'request_handling' })
  const sealer = openSealer(it.database, it.owner)
  await sealer.seal()
  await sealer.close()
  const sima = await it.subject(it.home, [id])
  const first = await sima.get<{ rows: { by: string; position: string | null; event: string }[]; nextCursor: string | null }>(`/own/persons/${id}/looks?limit=2`)
  assert.deepEqual(
    first.body.rows.map(({ by, position, event }) => [by, position, event]),
    Array.from({ length: 2 }, () => ['staff', 'operator', 'person.revealed']),
  )
  const next = await sima.get<{ rows: { event: string }[] }>(`/own/persons/${id}/looks?limit=2&cursor=${first.body.nextCursor}`)
  assert.ok(next.body.rows.length > 0)
  assert.ok(!JSON.stringify([first.body, next.body]).includes(it.anna.employeeId))
})

test('who received the data stands on the page and in the copy', async () => {
  const id = await it.client({ fullName: 'Передана Полина', phones: ['+7 977 000-01-04'] })
  await it.job(it.home, 'mail', (ctx) => recordDisclosure(ctx, { personId: id, recipientName: 'ООО «Дилер»', basis: 'consent', what: ['contact', 'communication'] }))
  const [said] = await it.events(it.home, 'person.disclosed')
  assert.deepEqual([said?.personIds, said?.details.basis, said?.details.what], [[id], 'consent', 'contact,communication'])
  const polina = await it.subject(it.home, [id])
  const recipients = await polina.get<{ rows: { name: string; basis: string; what: string[] }[] }>('/own/recipients')
  assert.deepEqual(
    recipients.body.rows.map(({ name, basis, what }) => [name, basis, what]),
    [['ООО «Дилер»', 'consent', ['contact', 'communication']]],
  )
  const copy = await polina.get<{ recipients: { name: string }[]; persons: OwnPerson[]; operator: { inn: string } }>('/own/copy')
  assert.deepEqual([copy.body.recipients[0]?.name, copy.body.persons[0]?.contact?.given, copy.body.operator.inn], ['ООО «Дилер»', 'Полина', '7707083893'])
})

test('somebody else’s id answers like one that never was, also to those who came in themselves', async () => {
  const [mine, others] = [await it.client({ fullName: 'Своя Света', phones: ['+7 977 000-01-05'] }), await it.client({ fullName: 'Другая Даша', phones: ['+7 977 000-01-06'] })]
  const sveta = await it.subject(it.home, [mine])
  const never = randomUUID()
  for (const [method, path] of [
    ['get', '/own/persons/ID/looks'],
    ['post', '/own/persons/ID/consents/request/withdraw'],
    ['post', '/own/persons/ID/stop-marketing'],
  ] as const) {
    const real = await sveta[method](path.replace('ID', others))
    assert.deepEqual([real.status, told(real)], [404, told(await sveta[method](path.replace('ID', never)))], path)
  }
  const filed = await sveta.post('/own/requests', { personId: others, kind: 'destroy' })
  assert.deepEqual([filed.status, told(filed)], [404, told(await sveta.post('/own/requests', { personId: never, kind: 'destroy' }))])
  assert.ok(!JSON.stringify((await sveta.get('/own/copy')).body).includes(others))
  assert.equal((await it.events(it.home, 'marketing.stopped')).length, 0)
})

test('a member of staff sees no page of a person, a person no screen of the staff, and an employee’s record opens to neither', async () => {
  const id = await it.client({ fullName: 'Границына Глаша', phones: ['+7 977 000-01-07'] })
  const glasha = await it.subject(it.home, [id])
  for (const path of ['/own', '/own/data', '/own/copy']) assert.equal((await it.anna.get(path)).status, 401, path)
  for (const path of ['/persons', `/persons/${id}`, '/leads', '/log']) assert.equal((await glasha.get(path)).status, 401, path)
  const { rows } = await it.owner.query<{ personId: string }>('select person_id "personId" from employees where id = $1', [it.anna.employeeId])
  const smuggled = await it.subject(it.home, [rows[0]?.personId ?? ''])
  const page = await smuggled.get<Held>('/own/data')
  assert.deepEqual([page.status, page.body.persons], [200, []])
})

test('a consent that is not in force cannot be withdrawn, and a kind that is none is refused by field', async () => {
  const id = await it.client({ fullName: 'Отзывова Оля', phones: ['+7 977 000-01-08'] })
  const olya = await it.subject(it.home, [id])
  const absent = await olya.post<Refused>(`/own/persons/${id}/consents/advertising_email/withdraw`)
  assert.deepEqual([absent.status, absent.body.error, absent.body.details?.state], [409, 'wrong_state', 'absent'])
  const unknown = await olya.post<Refused>(`/own/persons/${id}/consents/everything/withdraw`)
  assert.deepEqual([unknown.status, unknown.body.fields?.map(({ at }) => at)], [422, ['kind']])
})

test('advertising is stopped also where nothing had been agreed to, and saying it twice changes nothing', async () => {
  const id = await it.client({ fullName: 'Стопова Стеша', phones: ['+7 977 000-01-09'], emails: ['stesha@example.ru'] })
  const stesha = await it.subject(it.home, [id])
  for (let time = 0; time < 2; time++) assert.deepEqual((await stesha.post(`/own/persons/${id}/stop-marketing`)).body, { stopped: true })
  const { rows } = await it.owner.query<{ channel: string }>('select channel from objections where tenant_id = $1 and lifted_at is null', [it.home.tenantId])
  assert.deepEqual(rows.map(({ channel }) => channel).sort(), ['call', 'email', 'sms'])
  const consents = await stesha.get<{ persons: { objected: string[] }[] }>('/own/consents')
  assert.deepEqual(consents.body.persons[0]?.objected.toSorted(), ['call', 'email', 'sms'])
})

test('the restricted see their page, and nobody of the sales does', async () => {
  const id = await it.client({ fullName: 'Запретова Зина', phones: ['+7 977 000-01-10'] })
  await it.owner.query('update persons set restricted_at = now() where id = $1', [id])
  const zina = await it.subject(it.home, [id])
  const page = await zina.get<Held>('/own/data')
  assert.equal(page.body.persons[0]?.contact?.given, 'Зина')
  assert.ok(page.body.persons[0]?.restrictedAt)
  assert.equal((await it.anna.post(`/persons/${id}/reveal`, { purpose: 'request_handling' })).status, 403)
})
