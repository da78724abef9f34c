import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../test/ends.ts'
import { eventually } from '../../test/eventually.ts'
import { mailingStage, well, type MailingStage } from './mailing-stage.ts'

type Counts = { counts: { because: string; may: boolean; people: number }[]; people: number; nextCursor: string | null }
type People = { rows: { personId: string; masked: { name: string } | null; because: string }[]; nextCursor: string | null }
type Refused = { error: string; fields?: { at: string; why: string }[]; details?: { because?: string; state?: string }; requestId?: string }

let it: MailingStage
const ends = openEnds()
before(async () => {
  it = await mailingStage(ends)
})
after(ends.close)
let numbers = 2000
const phone = (): string => `+7999500${numbers++}`

test('Zhanna sends to those who may be written to, sees why the others may not, and every letter says what it rests on and how to say no', async () => {
  const [vera, boris] = [`vera.${randomUUID().slice(0, 6)}@example.com`, `boris.${randomUUID().slice(0, 6)}@example.com`]
  const veraId = await it.client({ name: 'Соколова Вера', email: vera, agrees: ['email'] })
  const borisId = await it.client({ name: 'Белов Борис', email: boris })
  const onPhone = await it.client({ name: 'Звонкова Анна', phone: phone(), agrees: ['call'] })
  const { body: audience } = await it.zhanna.get<Counts>('/mailing-audience?channel=email')
  const count = (because: string): number => audience.counts.find((each) => each.because === because)?.people ?? 0
  assert.deepEqual([count('consents'), count('data_consent_absent'), count('no_address'), audience.nextCursor], [1, 1, 1, null])
  const { body: why } = await it.zhanna.get<People>('/mailing-audience/people?channel=email&because=data_consent_absent')
  assert.deepEqual([why.rows.map(({ personId }) => personId), why.nextCursor], [[borisId], null])

  const mailingId = await it.prepared()
  await it.start(mailingId)
  await it.done(mailingId)
  const { counts } = await it.state(mailingId)
  assert.deepEqual(counts, { sent: 1, refused: 2 })
  const [letter, ...others] = await it.lettersTo(vera)
  assert.ok(letter && others.length === 0)
  assert.equal(letter.subject, 'Новые автомобили, Вера')
  assert.match(letter.from, /Звезда Моторс/)
  assert.match(
    letter.text,
    /Здравствуйте, Вера![^]*Это реклама\.[^]*согласились получать рекламу[^]*редакция 1: http:\/\/localhost\/site\/zvezda\/consents\/[^]*Отправитель: ООО «Звезда Моторс», Москва/,
  )
  const link = letter.unsubscribe
  assert.match(link ?? '', /^http:\/\/localhost\/site\/zvezda\/unsubscribe\/[\w-]+$/)
  assert.ok(letter.text.includes(link ?? '—'))
  const header = (name: string): string | undefined => letter.headers.find((each) => each.name === name)?.value
  assert.deepEqual([header('list-unsubscribe'), header('list-unsubscribe-post')], [`<${link}>`, 'List-Unsubscribe=One-Click'])
  assert.deepEqual(await it.lettersTo(boris), [])

  const { body: sent } = await it.zhanna.get<People>(`/mailings/${mailingId}/messages?state=sent`)
  assert.deepEqual(
    sent.rows.map(({ personId, masked, because }) => [personId, masked?.name, because]),
    [[veraId, 'Соколова В.', 'consents']],
  )
  const events = await it.events(it.zhanna.dealer, 'outbound.sent')
  assert.ok(events.some(({ personIds, details, actorId }) => personIds.includes(veraId) && details.because === 'consents' && actorId === null))
  const looks = await it.events(it.zhanna.dealer, 'person.revealed')
  assert.deepEqual(
    looks.filter(({ purpose }) => purpose === 'marketing').flatMap(({ personIds }) => personIds),
    [veraId],
    'an address is opened for whom a letter goes to, and for nobody else',
  )
  const { rows } = await it.owner.query('select count(*)::int n from outbound_messages where mailing_id = $1 and address_token is not null', [mailingId])
  assert.equal(rows[0].n, 0, 'what is settled knows no address any more')
  assert.ok(onPhone)
})

test('who has said no between the preparing and the sending gets nothing: the answer is asked for again at that moment', async () => {
  const email = `nina.${randomUUID().slice(0, 6)}@example.com`
  const nina = await it.client({ name: 'Крылова Нина', email, agrees: ['email'] })
  const mailingId = await it.prepared()
  const { version } = await it.state(mailingId)
  // As if the worker were slow: her row waits, then she calls, then the worker comes.
  await it.owner.query(`update mailings set state = 'running', is_gathered = true, version = version + 1 where id = $1`, [mailingId])
  const { rows } = await it.owner.query('select template_id from mailings where id = $1', [mailingId])
  await it.owner.query(
    `insert into outbound_messages (tenant_id, id, mailing_id, template_id, person_id, channel, kind, purpose, state, because, queued_at) values ($1, $2, $3, $4, $5, 'email', 'advertising', 'marketing', 'queued', 'consents', now())`,
    [it.zhanna.dealer.tenantId, randomUUID(), mailingId, rows[0].template_id, nina],
  )
  await well(it.anna.post(`/persons/${nina}/consents`, { kind: 'advertising_email', state: 'withdrawn', how: 'staff_call' }))
  await well(it.zhanna.post(`/mailings/${mailingId}/pause`, { version: version + 1 }))
  await it.start(mailingId)
  await it.done(mailingId)
  const { body } = await it.zhanna.get<People>(`/mailings/${mailingId}/messages?state=refused`)
  assert.deepEqual(
    body.rows.map(({ personId, because }) => [personId, because]),
    [[nina, 'objection']],
  )
  assert.deepEqual(await it.lettersTo(email), [])
})

test('a paused mailing sends nothing more, goes on where it was, and a cancelled one never does', async () => {
  const addresses = Array.from({ length: 4 }, (_, at) => `client${at}.${randomUUID().slice(0, 6)}@example.com`)
  for (const email of addresses) await it.client({ email, agrees: ['email'] })
  const mailingId = await it.prepared()
  const refused = await it.zhanna.post<Refused>(`/mailings/${mailingId}/pause`, { version: 1 })
  assert.deepEqual([refused.status, refused.body.details?.state], [409, 'draft'])
  await it.start(mailingId)
  await it.done(mailingId)
  for (const email of addresses) assert.equal((await it.lettersTo(email)).length, 1)
  const second = await it.prepared()
  await well(it.zhanna.post(`/mailings/${second}/cancel`, { version: 1 }))
  const again = await it.zhanna.post<Refused>(`/mailings/${second}/start`, { version: 2 })
  assert.deepEqual([again.status, again.body.details?.state], [409, 'cancelled'])
  assert.deepEqual(
    (await it.events(it.zhanna.dealer)).flatMap(({ event, objectId }) => (event.startsWith('mailing.') && objectId === second ? [event] : [])),
    ['mailing.created', 'mailing.cancelled'],
  )
})

test('an audience is narrowed by outlet, model and activity, and nobody is in it twice', async () => {
  const email = `oleg.${randomUUID().slice(0, 6)}@example.com`
  const oleg = await it.client({ name: 'Орлов Олег', email, agrees: ['email'] })
  await it.owner.query(`insert into person_vehicles (tenant_id, id, person_id, model_id, relation) values ($1, $2, $3, $4, 'owns')`, [
    it.zhanna.dealer.tenantId,
    randomUUID(),
    oleg,
    it.zhanna.dealer.modelId,
  ])
  const of = async (filter: string): Promise<number> => (await it.zhanna.get<Counts>(`/mailing-audience?channel=email&${filter}`)).body.people
  assert.equal(await of(`modelId=${it.zhanna.dealer.modelId}`), 1)
  assert.ok((await of(`activityId=${it.zhanna.dealer.activities.marketing}`)) >= 1)
  assert.equal(await of(`activityId=${it.zhanna.dealer.activities.employment}`), 0)
  const other = await it.zhanna.post<Refused>('/mailings', { name: 'Чужой салон', templateId: randomUUID(), outletId: randomUUID() })
  assert.equal(other.status, 422)
  const pages: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body }: { body: People } = await it.zhanna.get<People>(`/mailing-audience/people?channel=email&because=consents&limit=2${cursor ? `&cursor=${cursor}` : ''}`)
    pages.push(...body.rows.map(({ personId }) => personId))
    cursor = body.nextCursor
  }
  assert.equal(new Set(pages).size, pages.length)
  assert.ok(pages.includes(oleg))
  assert.equal((await it.zhanna.get<Refused>('/mailing-audience/people?channel=email&because=consents&cursor=abc')).status, 422)
})

test('a short message says who writes, on which consent and how to say no; it travels by the gateway', async () => {
  const number = phone()
  await it.client({ name: 'Соколова Вера', phone: number, agrees: ['sms'] })
  const { id: templateId } = await well<{ id: string }>(it.template({ channel: 'sms', subject: '', body: '{name}, новые автомобили ждут вас.' }) as never)
  const { id } = await well<{ id: string }>(it.zhanna.post('/mailings', { name: 'Сообщения', templateId }))
  await it.start(id)
  await it.done(id)
  const [message] = await it.lettersTo(number)
  assert.equal(message?.kind, 'sms')
  assert.match(
    message?.text ?? '',
    /^Вера, новые автомобили ждут вас\.\nРеклама\. ООО «Звезда Моторс»\. По согласию от .+\. Отказ: http:\/\/localhost\/site\/zvezda\/unsubscribe\/[\w-]+$/,
  )
})

test('Zhanna tries the letter on herself: her own address only, marked as a trial, with no link of anybody', async () => {
  const mailingId = await it.prepared()
  await well(it.zhanna.post(`/mailings/${mailingId}/test`))
  const letter = await eventually(async () => (await it.lettersTo(`marketer.${it.zhanna.employeeId.slice(0, 8)}`))[0], 'the trial')
  assert.match(letter.subject, /^\[Проба\]/)
  assert.match(letter.text, /Это реклама[^]*в настоящем письме здесь личная ссылка/)
  assert.equal(letter.unsubscribe, null)
})

test('a service message goes to a client without any consent to advertising, and has neither link nor basis; advertising may not be sent so', async () => {
  const email = `anton.${randomUUID().slice(0, 6)}@example.com`
  const anton = await it.client({ name: 'Антонов Антон', email })
  const { id: service } = await well<{ id: string }>(
    it.template({ kind: 'service', subject: 'Автомобиль готов', body: 'Здравствуйте, {name}! Автомобиль готов к выдаче.' }) as never,
  )
  const { id: advertising } = await well<{ id: string }>(it.template() as never)
  const wrong = await it.anna.post<Refused>(`/persons/${anton}/messages`, { templateId: advertising })
  assert.deepEqual([wrong.status, wrong.body.fields], [422, [{ at: 'templateId', why: 'advertising_template' }]])
  await well(it.anna.post(`/persons/${anton}/messages`, { templateId: service }))
  const letter = await eventually(async () => (await it.lettersTo(email))[0], 'the service letter')
  assert.deepEqual([letter.subject, letter.unsubscribe], ['Автомобиль готов', null])
  assert.doesNotMatch(letter.text, /реклам|unsubscribe/i)
  await it.owner.query('update persons set restricted_at = now() where id = $1', [anton])
  const stopped = await it.anna.post<Refused>(`/persons/${anton}/messages`, { templateId: service })
  assert.deepEqual([stopped.status, stopped.body.error, stopped.body.details?.because], [409, 'may_not_contact', 'restricted'])
  assert.ok((await it.events(it.anna.dealer, 'outbound.queued')).some(({ personIds, actorId }) => personIds.includes(anton) && actorId === it.anna.employeeId))
})

test('a mailing without a site has nowhere to say no, so it does not begin; beginning asks for a fresh proof', async () => {
  const mailingId = await it.prepared()
  await it.owner.query('update sites set is_open = false')
  const closed = await it.zhanna.post<Refused>(`/mailings/${mailingId}/start`, { version: 1 })
  assert.deepEqual([closed.status, closed.body.fields], [422, [{ at: 'mailingId', why: 'no_site' }]])
  await it.owner.query('update sites set is_open = true')
  await it.owner.query(`update sessions set reauthenticated_at = now() - interval '1 day' where employee_id = $1`, [it.zhanna.employeeId])
  assert.equal((await it.zhanna.post<Refused>(`/mailings/${mailingId}/start`, { version: 1 })).body.error, 'reauthenticate')
  await it.owner.query('update sessions set reauthenticated_at = $2 where employee_id = $1', [it.zhanna.employeeId, it.clock.now])
})

test('refusals: a stranger, a role without the right, another company, a lost update', async () => {
  const mailingId = await it.prepared()
  assert.equal((await it.stranger.get(`/mailings/${mailingId}`)).status, 401)
  assert.equal((await it.anna.get(`/mailings/${mailingId}`)).status, 403)
  assert.equal((await it.igor.get(`/mailings/${mailingId}`)).status, 200, 'who answers for personal data looks on')
  assert.equal((await it.igor.post(`/mailings/${mailingId}/start`, { version: 1 })).status, 403)
  const rival = await it.hire('marketer', { dealer: await it.dealer('Соперник') })
  for (const [act, body] of [
    ['', undefined],
    ['/messages?state=sent', undefined],
    ['/start', { version: 1 }],
    ['/cancel', { version: 1 }],
    ['/test', {}],
  ] as const) {
    const ask = (id: string) => (body === undefined ? rival.get<Refused>(`/mailings/${id}${act}`) : rival.post<Refused>(`/mailings/${id}${act}`, body))
    const [theirs, nothing] = [await ask(mailingId), await ask(randomUUID())]
    assert.deepEqual([theirs.status, { ...theirs.body, requestId: '' }], [404, { ...nothing.body, requestId: '' }], act)
  }
  assert.equal((await it.zhanna.post<Refused>(`/mailings/${mailingId}/start`, { version: 7 })).body.error, 'stale')
})
