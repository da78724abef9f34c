import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'
import { dueOf, extendedDue } from '../terms/due-of.ts'
import { aClient, act, card, daysAgo, file, phone, type Filed, type Refused, type Rows } from './requests-stage.ts'

const DAY_MS = 86_400_000
let scene: Stage
let anna: Person
let igor: Person
const ends = openEnds()
before(async () => {
  scene = await stage(ends)
  anna = await scene.hire('operator')
  igor = await scene.hire('privacy_officer', { outletId: null })
})
after(ends.close)
const today = (): string => daysAgo(scene, 0)
const jobs = async (task: string): Promise<Record<string, unknown>[]> =>
  (
    await scene.owner.query(`select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = $1`, [task])
  ).rows.map(({ payload }) => payload)

test('a paper from somebody who was never here makes them known on the ground of their rights, and its term runs by the production calendar', async () => {
  const { status, body } = await igor.post<Filed>('/requests', {
    who: { contact: { fullName: 'Тайнов Олег', phones: [phone()] } },
    kind: 'access',
    channel: 'paper',
    receivedOn: today(),
    words: 'Прошу сообщить, что вы обо мне храните',
  })
  assert.equal(status, 200, JSON.stringify(body))
  const seen = await card(igor, body.id)
  assert.deepEqual(
    [seen.kind, seen.state, seen.due.term, seen.due.dueOn, seen.identity, seen.masked?.name],
    ['access', 'new', 'D_ACCESS', dueOf('D_ACCESS', today()).dueOn, 'unknown', 'Тайнов О.'],
  )
  const { rows } = await scene.owner.query(`select a.code, g.basis, g.evidence from grounds g join activities a on a.id = g.activity_id where g.person_id = $1`, [body.personId])
  assert.deepEqual(rows, [{ code: 'rights', basis: 'law', evidence: { requestId: body.id } }])
  const [event] = (await scene.events(igor.dealer, 'request.received')).filter(({ objectId }) => objectId === body.id)
  assert.deepEqual([event?.personIds, event?.purpose, event?.details.kind], [[body.personId], 'rights', 'access'])
  const words = await igor.post<{ words: string }>(`/requests/${body.id}/words`)
  assert.equal(words.body.words, 'Прошу сообщить, что вы обо мне храните')
  const dump = await scene.owner.query('select s::text as line from subject_requests s union all select e::text from request_events e')
  assert.doesNotMatch(JSON.stringify(dump.rows), /Прошу|Тайнов/)
})

test('for somebody held already no ground is added, and the desk lists what is due first', async () => {
  const { personId } = await aClient(anna)
  const slow = await file(igor, personId, 'withdraw', { receivedOn: today() })
  const quick = await file(igor, personId, 'rectify', { receivedOn: today() })
  const { rows } = await scene.owner.query('select 1 from grounds where person_id = $1', [personId])
  assert.equal(rows.length, 1)
  const open = await igor.get<Rows>('/requests?view=open')
  const places = [quick.id, slow.id].map((id) => open.body.rows.findIndex((row) => row.id === id))
  assert.ok(places[0]! >= 0 && places[0]! < places[1]!, JSON.stringify(places))
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { body: Rows } = await igor.get<Rows>(`/requests?view=open&limit=1${cursor ? `&cursor=${cursor}` : ''}`)
    seen.push(...page.body.rows.map(({ id }) => id))
    cursor = page.body.nextCursor
  }
  assert.deepEqual(
    seen,
    open.body.rows.map(({ id }) => id),
  )
  assert.equal((await igor.get<Record<string, number>>('/requests/counts')).body.open, open.body.rows.length)
})

test('what is due within three days burns, and the day after its term it is overdue', async () => {
  const { personId } = await aClient(anna)
  const { id } = await file(igor, personId, 'rectify', { receivedOn: today() })
  const inView = async (view: string): Promise<boolean> => (await igor.get<Rows>(`/requests?view=${view}&limit=100`)).body.rows.some((row) => row.id === id)
  const [before, now] = [scene.clock.now, scene.clock.now.getTime()]
  assert.deepEqual([await inView('due_soon'), await inView('overdue')], [false, false])
  const due = Date.parse((await card(igor, id)).due.dueOn)
  const shift = async (days: number): Promise<void> => {
    scene.clock.now = new Date(due + days * DAY_MS + 9 * 3_600_000)
    await scene.owner.query('update sessions set last_seen_at = $1, expires_at = $2', [scene.clock.now, new Date(scene.clock.now.getTime() + DAY_MS)])
  }
  await shift(-2)
  assert.deepEqual([await inView('due_soon'), await inView('overdue')], [true, false])
  await shift(1)
  assert.deepEqual([await inView('due_soon'), await inView('overdue'), (await card(igor, id)).due.daysLeft], [false, true, -1])
  scene.clock.now = before
  assert.ok(scene.clock.now.getTime() >= now)
  await scene.owner.query('update sessions set last_seen_at = $1, expires_at = $2', [before, new Date(before.getTime() + DAY_MS)])
})

test('a second request for access within thirty days is marked, and only then may repetition be the reason of a refusal', async () => {
  const { personId } = await aClient(anna)
  const first = await file(igor, personId, 'access', { receivedOn: daysAgo(scene, 29) })
  const second = await file(igor, personId, 'access', { receivedOn: today() })
  assert.deepEqual([first.isRepeat, second.isRepeat], [false, true])
  assert.deepEqual((await card(igor, second.id)).repeatOf, { number: first.number, receivedOn: daysAgo(scene, 29) })
  const words = 'Ответ на прежний запрос дан полностью, обоснования нет'
  const early = await act<Refused>(igor, first.id, 'refuse', { reason: 'repeat', words })
  assert.deepEqual([early.status, early.body.fields], [422, [{ at: 'reason', why: 'not_for_this_request' }]])
  assert.equal((await act(igor, second.id, 'refuse', { reason: 'repeat', words })).status, 200)
  const refused = await card(igor, second.id)
  assert.deepEqual([refused.state, refused.refusal], ['refused', { reason: 'repeat', article: 'ст. 14 ч. 4, 6' }])
  const opened = await igor.post<{ texts: { text: string }[] }>(`/requests/${second.id}/words`)
  assert.deepEqual(
    opened.body.texts.map(({ text }) => text),
    [words],
  )
  assert.equal((await file(igor, personId, 'access', { receivedOn: today() })).isRepeat, true)
})

test('each kind of request knows its own refusals, and a demand to stop advertising none', async () => {
  const { personId } = await aClient(anna)
  const words = 'Достаточно длинное объяснение'
  for (const [kind, wrong, right] of [
    ['rectify', 'aml', 'not_proved'],
    ['stop', 'not_proved', 'other_grounds'],
    ['auto_objection', 'other_grounds', 'no_automated'],
  ] as const) {
    const { id } = await file(igor, personId, kind, { receivedOn: today() })
    assert.equal((await act(igor, id, 'refuse', { reason: wrong, words })).status, 422, kind)
    assert.equal((await act(igor, id, 'refuse', { reason: right, words })).status, 200, kind)
  }
  const { id } = await file(igor, personId, 'regulator', { receivedOn: today() })
  const never = await act<Refused>(igor, id, 'refuse', { reason: 'aml', words })
  assert.deepEqual([never.status, never.body.details?.state], [409, 'never_refused'])
})

test('the term is extended only where the law allows it, once, by five days at most, with the notice queued in the same act', async () => {
  const { personId } = await aClient(anna, 'Письмова Вера', 'vera@mail.example')
  const access = await file(igor, personId, 'access', { receivedOn: today() })
  const notice = { by: 'email' }
  assert.equal((await act(igor, access.id, 'extend', { days: 6, reason: 'archive', notice })).status, 422)
  const done = await act<{ extendedTo: string }>(igor, access.id, 'extend', { days: 5, reason: 'many_records', notice })
  assert.deepEqual([done.status, done.body.extendedTo], [200, extendedDue('D_ACCESS', today(), 5)], JSON.stringify(done.body))
  const queued = (await jobs('service-letter')).filter(({ payload }) => (payload as { requestId?: string }).requestId === access.id)
  assert.deepEqual(
    queued.map(({ letter, purpose, payload }) => [letter, purpose, (payload as { what: string }).what]),
    [['request', 'rights', 'extended']],
  )
  const again = await act<Refused>(igor, access.id, 'extend', { days: 1, reason: 'archive', notice })
  assert.deepEqual([again.status, again.body.details?.state], [409, 'extended_already'])
  for (const kind of ['rectify', 'withdraw', 'destroy', 'auto_objection', 'block'] as const) {
    const { id } = await file(igor, personId, kind, { receivedOn: today() })
    const refused = await act<Refused>(igor, id, 'extend', { days: 1, reason: 'archive', notice })
    assert.deepEqual([refused.status, refused.body.details?.state], [409, 'term_has_none'], kind)
    assert.deepEqual((await card(igor, id)).extension, { may: false, because: 'term_has_none', lastDay: null, hasEmail: false })
  }
})

test('an extension without an address to write to, or after the term, is refused by name; a notice by post counts from its own day', async () => {
  const { personId } = await aClient(anna)
  const { id } = await file(igor, personId, 'stop', { receivedOn: today() })
  const without = await act<Refused>(igor, id, 'extend', { days: 2, reason: 'archive', notice: { by: 'email' } })
  assert.deepEqual([without.status, without.body.fields], [422, [{ at: 'notice', why: 'no_email' }]])
  const tomorrow = await act<Refused>(igor, id, 'extend', { days: 2, reason: 'archive', notice: { by: 'post', sentOn: daysAgo(scene, -1) } })
  assert.deepEqual([tomorrow.status, tomorrow.body.fields], [422, [{ at: 'notice.sentOn', why: 'in_the_future' }]])
  assert.equal((await act(igor, id, 'extend', { days: 2, reason: 'archive', notice: { by: 'post', sentOn: today() } })).status, 200)
  assert.deepEqual(
    (await card(igor, id)).history.map(({ kind }) => kind),
    ['received', 'extended'],
  )
  const late = await file(igor, personId, 'access', { receivedOn: daysAgo(scene, 40) })
  const over = await act<Refused>(igor, late.id, 'extend', { days: 1, reason: 'archive', notice: { by: 'post', sentOn: today() } })
  assert.deepEqual([over.status, over.body.details?.state], [409, 'over'])
})

test('a demand to block closes the person to everybody as it is written down, and Igor still answers them (152-ФЗ art. 21 ч.1)', async () => {
  const { personId } = await aClient(anna)
  assert.equal((await anna.post(`/persons/${personId}/reveal`, { purpose: 'request_handling' })).status, 200)
  const { id } = await file(igor, personId, 'block', { receivedOn: today() })
  const closed = await anna.post<Refused>(`/persons/${personId}/reveal`, { purpose: 'request_handling' })
  assert.deepEqual([closed.status, closed.body.error], [403, 'restricted'])
  const verdict = await anna.get<{ may: boolean; because: string }>(`/persons/${personId}/may-contact?channel=call&messageKind=service`)
  assert.deepEqual([verdict.body.may, verdict.body.because], [false, 'restricted'])
  assert.equal((await card(igor, id)).masked?.name, 'Белова М. И.')
  assert.equal((await igor.post<{ words: string }>(`/requests/${id}/words`)).body.words, 'Прошу ответить')
  const twice = await act<Refused>(igor, id, 'restrict', { isRestricted: true })
  assert.deepEqual([twice.status, twice.body.details?.state], [409, 'restricted'])
  await act(igor, id, 'identify', { how: 'document' })
  assert.equal((await act(igor, id, 'execute')).status, 200)
  assert.equal((await anna.post(`/persons/${personId}/reveal`, { purpose: 'request_handling' })).status, 200)
  assert.deepEqual(
    (await scene.events(igor.dealer)).filter(({ event, personIds }) => /^person\.(un)?restricted$/.test(event) && personIds.includes(personId)).map(({ event }) => event),
    ['person.restricted', 'person.unrestricted'],
  )
})

test('a correction goes through the vault: the new name is found, the old one is not, and nobody is corrected before they are known', async () => {
  const { personId } = await aClient(anna, 'Ошибкина Анна')
  const { id } = await file(igor, personId, 'rectify', { receivedOn: today() })
  const contact = { surname: 'Правильнова', given: 'Анна', phones: [phone()], emails: [] }
  const early = await act<Refused>(igor, id, 'execute', { contact })
  assert.deepEqual([early.status, early.body.details?.state], [409, 'identity_unknown'])
  await act(igor, id, 'identify', { how: 'office' })
  assert.equal((await act<Refused>(igor, id, 'execute')).status, 422)
  assert.equal((await act(igor, id, 'execute', { contact })).status, 200)
  const found = async (query: string): Promise<boolean> => (await anna.post<{ hits: { id: string }[] }>('/persons/search', { query })).body.hits.some((hit) => hit.id === personId)
  assert.deepEqual([await found('Правильнова'), await found('Ошибкина')], [true, false])
})

test('a corrected name does not lift the block that another demand of theirs is still looked into for', async () => {
  const { personId } = await aClient(anna, 'Стоянова Анна')
  const [block, rectify] = [await file(igor, personId, 'block', { receivedOn: today() }), await file(igor, personId, 'rectify', { receivedOn: today() })]
  for (const { id } of [block, rectify]) await act(igor, id, 'identify', { how: 'office' })
  const contact = { surname: 'Стоянова', given: 'Аня', phones: [phone()], emails: [] }
  assert.equal((await act(igor, rectify.id, 'execute', { contact })).status, 200)
  assert.equal((await anna.post(`/persons/${personId}/reveal`, { purpose: 'request_handling' })).status, 403)
  assert.equal((await act(igor, block.id, 'execute')).status, 200)
  assert.equal((await anna.post(`/persons/${personId}/reveal`, { purpose: 'request_handling' })).status, 200)
})

test('a demand to stop ends what rests on consent; a contract stays unless Igor names its ground', async () => {
  const { personId } = await aClient(anna)
  const { id } = await file(igor, personId, 'stop', { receivedOn: today() })
  await act(igor, id, 'identify', { how: 'document' })
  const [ground] = (await card(igor, id)).liveGrounds
  assert.equal(ground?.basis, 'contract')
  const unknown = await act<Refused>(igor, id, 'execute', { groundIds: [randomUUID()] })
  assert.deepEqual([unknown.status, unknown.body.fields?.[0]?.at], [422, 'groundIds'])
  assert.equal((await act(igor, id, 'execute', { groundIds: [ground!.id] })).status, 200)
  const after = await card(igor, id)
  assert.deepEqual([after.state, after.liveGrounds], ['executed', []])
  assert.ok(after.destroyAfter, 'with the last ground the person is due')
})

test('advertising stops in the very act that writes the demand down', async () => {
  const { personId } = await aClient(anna, 'Рекламова Ольга', 'olga@mail.example')
  const { id } = await file(igor, personId, 'stop_marketing', { receivedOn: today(), channel: 'phone' })
  assert.equal((await card(igor, id)).state, 'executed')
  const { rows } = await scene.owner.query('select distinct channel from objections where tenant_id = $1 order by channel', [igor.dealer.tenantId])
  assert.deepEqual(
    rows.map(({ channel }) => channel),
    ['call', 'email', 'sms'],
  )
})

test('who may not, what is not and what somebody else changed are refused by name', async () => {
  const { personId } = await aClient(anna)
  const { id } = await file(igor, personId, 'access', { receivedOn: today() })
  assert.equal((await scene.stranger.get('/requests')).status, 401)
  for (const path of ['/requests', '/requests/counts', `/requests/${id}`, `/requests/${id}/pack`]) assert.equal((await anna.get(path)).status, 403, path)
  assert.equal((await anna.post(`/requests/${id}/take`, { version: 1 })).status, 403)
  const boris = await scene.hire('privacy_officer', { dealer: await scene.dealer(), outletId: null })
  const [theirs, nothing] = [await boris.get<Refused>(`/requests/${id}`), await boris.get<Refused>(`/requests/${randomUUID()}`)]
  assert.deepEqual([theirs.status, { ...theirs.body, requestId: '' }], [404, { ...nothing.body, requestId: '' }])
  assert.equal((await igor.post(`/requests/${id}/take`, { version: 1 })).status, 200)
  const stale = await igor.post<Refused>(`/requests/${id}/take`, { version: 1 })
  assert.deepEqual([stale.status, stale.body.error], [409, 'stale'])
  for (const [change, field] of [
    [{ receivedOn: daysAgo(scene, -1) }, 'receivedOn'],
    [{ receivedOn: daysAgo(scene, 90) }, 'receivedOn'],
    [{ kind: 'complain' }, 'kind'],
    [{ channel: 'pigeon' }, 'channel'],
  ] as const) {
    const draft = { who: { personId }, kind: 'access', channel: 'paper', receivedOn: today(), words: '', ...change }
    const { status, body } = await igor.post<Refused>('/requests', draft)
    assert.deepEqual([status, body.fields?.[0]?.at], [422, field])
  }
})

test('a term that runs into a year whose production calendar is not here is not guessed: refused by name, and nothing is written', async () => {
  const { personId } = await aClient(anna)
  const before = scene.clock.now
  scene.clock.now = new Date('2027-12-28T09:00:00Z')
  await scene.owner.query('update sessions set last_seen_at = $1, expires_at = $2', [scene.clock.now, new Date(scene.clock.now.getTime() + DAY_MS)])
  const reply = await igor.post<Refused & { details?: unknown }>('/requests', {
    who: { personId },
    kind: 'access',
    channel: 'paper',
    receivedOn: '2027-12-28',
    words: 'Что вы обо мне храните?',
  })
  scene.clock.now = before
  assert.deepEqual([reply.status, reply.body.error, reply.body.details], [409, 'calendar_unknown', { year: 2028 }])
  assert.equal((await scene.owner.query('select 1 from subject_requests where person_id = $1', [personId])).rowCount, 0)
})
