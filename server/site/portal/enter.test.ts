import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { hashToken } from '../../vault/index.ts'
import { portalJobs, portalLink } from './index.ts'
import { cookieOf, portalStage, type PortalStage } from './portal-stage.ts'
import { openEnds } from '../../../test/ends.ts'

const MINUTE = 60_000
let it: PortalStage
const ends = openEnds()
before(async () => {
  it = await portalStage(ends)
})
after(ends.close)

let used = 0
/** Addresses that no other story of this file uses. */
const newPhone = (): string => `+7 977 000-00-${10 + used++}`
const newEmail = (): string => `vera${used++}@example.ru`
const told = ({ status, body }: { status: number; body: object }): unknown => ({
  status,
  body: { ...body, requestId: '', ...('challengeId' in body ? { challengeId: '', expiresAt: '' } : {}) },
})

test('Vera comes in with the code that was sent to her, and out again', async () => {
  const email = newEmail()
  const veraId = await it.client({ fullName: 'Верина Вера Павловна', emails: [email] })
  const asked = await it.ask(email.toUpperCase())
  assert.equal(asked.status, 200)
  const letter = await it.post(asked.body.challengeId)
  assert.equal(letter?.to, email)
  assert.doesNotMatch(letter?.text ?? '', /Вер[иа]/, 'the letter names nobody')
  const entered = await it.enter(asked.body.challengeId, letter?.code ?? '')
  assert.equal(entered.status, 200, JSON.stringify(entered.body))
  assert.match(String(entered.headers['set-cookie']), /^infotech_own=[\w-]{64}; Expires=.*; Path=\/; HttpOnly; SameSite=Strict$/)
  const vera = it.holder(entered)
  const page = await vera.get<{ persons: { personId: string }[] }>('/own')
  assert.deepEqual(
    page.body.persons.map(({ personId }) => personId),
    [veraId],
  )
  const [said] = await it.events(it.home, 'portal.entered')
  assert.deepEqual([said?.personIds, said?.details.how, said?.purpose], [[veraId], 'code', 'rights'])
  const left = await vera.post('/own/leave')
  assert.deepEqual([left.status, String(left.headers['set-cookie']).startsWith('infotech_own=; Max-Age=0')], [200, true])
  assert.equal((await it.events(it.home, 'portal.left')).length, 1)
  assert.equal((await vera.get('/own')).status, 401)
})

test('a code also reaches a phone, however it is typed', async () => {
  const phone = newPhone()
  const id = await it.client({ fullName: 'Семёнов Пётр', phones: [phone] })
  const pyotr = await it.come(phone.replace('+7', '8'))
  const { body } = await pyotr.get<{ persons: { personId: string }[] }>('/own')
  assert.deepEqual(
    body.persons.map(({ personId }) => personId),
    [id],
  )
})

test('a stranger’s address gets the same answer, and the same is written for it', async () => {
  const [known, unknown] = [newEmail(), newEmail()]
  await it.client({ fullName: 'Известнов Иван', emails: [known] })
  const traces: unknown[] = []
  for (const address of [known, unknown]) {
    const [rowsBefore, queriesBefore] = [await countRows(), it.statements().length]
    const asked = await it.ask(address)
    const did = it.statements().slice(queriesBefore)
    const [challenge] = (
      await it.owner.query('select attempts, code_hash, length(sealed) - $2::int sealed, used_at from portal_challenges where id = $1', [asked.body.challengeId, address.length])
    ).rows
    traces.push({ answer: told(asked), headers: Object.keys(asked.headers).sort(), rows: difference(rowsBefore, await countRows()), did, challenge })
  }
  assert.deepEqual(traces[0], traces[1])
  assert.ok((traces[0] as { did: string[] }).did.length > 4, 'statements were followed')
  const [added] = (traces as { rows: Record<string, number> }[]).map(({ rows }) => rows)
  assert.deepEqual(added, { jobs: 1, log_events: 1, portal_challenges: 1 })
})

test('a wrong code at a stranger’s address and at a known one are one refusal and one amount of work', async () => {
  const [known, unknown] = [newEmail(), newEmail()]
  await it.client({ fullName: 'Известнова Инна', emails: [known] })
  const traces: unknown[] = []
  for (const address of [known, unknown]) {
    const asked = await it.ask(address)
    const letter = await it.post(asked.body.challengeId)
    assert.equal(letter !== null, address === known)
    const [rowsBefore, queriesBefore] = [await countRows(), it.statements().length]
    const refused = await it.enter(asked.body.challengeId, letter?.code === '000000' ? '000001' : '000000')
    traces.push({ answer: told(refused), rows: difference(rowsBefore, await countRows()), did: it.statements().slice(queriesBefore) })
  }
  assert.deepEqual(traces[0], traces[1])
  assert.deepEqual((traces[0] as { answer: { body: { entered: boolean } } }).answer.body.entered, false)
})

test('five wrong guesses end a code, and the right one is then refused in the same words', async () => {
  const email = newEmail()
  await it.client({ fullName: 'Гаданова Галина', emails: [email] })
  const { body } = await it.ask(email)
  const letter = await it.post(body.challengeId)
  const wrong = letter?.code === '123456' ? '654321' : '123456'
  const refusals = []
  for (let guess = 0; guess < 5; guess++) refusals.push(told(await it.enter(body.challengeId, wrong)))
  const last = await it.enter(body.challengeId, letter?.code ?? '')
  assert.deepEqual(new Set([...refusals, told(last)].map((each) => JSON.stringify(each))).size, 1)
  assert.equal(cookieOf(last), '')
  assert.ok((await it.events(it.home, 'portal.refused')).length >= 6)
})

test('guesses that come all at once are counted one by one', async () => {
  const email = newEmail()
  await it.client({ fullName: 'Быстрова Белла', emails: [email] })
  const { body } = await it.ask(email)
  await it.post(body.challengeId)
  await Promise.all(Array.from({ length: 8 }, (_, at) => it.enter(body.challengeId, String(at).padStart(6, '0'))))
  const { rows } = await it.owner.query('select attempts from portal_challenges where id = $1', [body.challengeId])
  assert.equal(rows[0].attempts, 5)
})

test('a code is good once, for ten minutes, and at no other company', async () => {
  const email = newEmail()
  await it.client({ fullName: 'Разова Рая', emails: [email] })
  const first = (await it.ask(email)).body.challengeId
  const code = (await it.post(first))?.code ?? ''
  const other = await it.site(await it.dealer('Чужой'))
  const elsewhere = await it.enter(first, code, other)
  assert.equal((await it.enter(first, code)).body.entered, true)
  const again = await it.enter(first, code)
  const never = await it.enter(randomUUID(), code)
  const second = (await it.ask(email)).body.challengeId
  const late = (await it.post(second))?.code ?? ''
  it.clock.forward(10 * MINUTE)
  const expired = await it.enter(second, late)
  for (const refused of [elsewhere, again, expired]) assert.deepEqual(told(refused), told(never))
  assert.deepEqual(never.body, { entered: false, expiresAt: null })
})

test('of two who bring the same code at the same instant one comes in', async () => {
  const email = newEmail()
  await it.client({ fullName: 'Двойнова Дина', emails: [email] })
  const { body } = await it.ask(email)
  const code = (await it.post(body.challengeId))?.code ?? ''
  const replies = await Promise.all([it.enter(body.challengeId, code), it.enter(body.challengeId, code)])
  assert.deepEqual(replies.map(({ body: { entered } }) => entered).sort(), [false, true])
})

test('an address is asked for five times an hour, known or not, and what is no address is refused by field', async () => {
  for (const address of [newEmail(), newPhone()]) {
    const replies = []
    for (let time = 0; time < 6; time++) replies.push((await it.ask(address)).status)
    assert.deepEqual(replies, [200, 200, 200, 200, 200, 429])
  }
  for (const nonsense of ['вера', 'vera@', '12', 'a@b\r\nBcc: all@example.ru', `${'1'.repeat(250)}`, '@'.repeat(100)]) {
    const refused = await it.visitor.post<{ error: string; fields: { at: string }[] }>(`/sites/${it.visitor.slug}/portal/code`, { address: nonsense })
    assert.deepEqual([refused.status, refused.body.fields.map(({ at }) => at)], [422, ['address']], nonsense)
  }
  it.clock.forward(61 * MINUTE)
})

test('members of staff have no page here: nothing is sent to them and a link of theirs lets nobody in', async () => {
  const igor = await it.hire('privacy_officer', { dealer: it.home })
  const { rows } = await it.owner.query<{ personId: string }>('select person_id "personId" from employees where id = $1', [igor.employeeId])
  const email = `privacy_officer.${igor.employeeId.slice(0, 8)}@staff.example`
  const { body } = await it.ask(email)
  assert.equal(await it.post(body.challengeId), null)
  const link = await it.job(it.home, 'mail', (ctx) => portalLink(ctx, { personId: rows[0]?.personId ?? '' }))
  const entered = await it.visitor.post<{ entered: boolean }>(`/sites/${it.visitor.slug}/portal/enter-by-link`, { token: link?.path.split('/').at(-1) })
  assert.deepEqual([entered.body.entered, cookieOf(entered)], [false, ''])
})

test('the link of a letter lets one person in, once, for seven days, on this company’s site only', async () => {
  const phone = newPhone()
  const ids = [await it.client({ fullName: 'Ссылкина Соня', phones: [phone] }), await it.client({ fullName: 'Ссылкин Сева', phones: [phone] })]
  const link = async (): Promise<string> => (await it.job(it.home, 'mail', (ctx) => portalLink(ctx, { personId: ids[0] ?? '' })))?.path.split('/').at(-1) ?? ''
  const [token, late] = [await link(), await link()]
  const enter = (value: string, at = it.visitor) => at.post<{ entered: boolean }>(`/sites/${at.slug}/portal/enter-by-link`, { token: value })
  const elsewhere = await enter(token, await it.site(await it.dealer()))
  const entered = await enter(token)
  const sonya = await it.holder(entered).get<{ persons: { personId: string }[] }>('/own')
  assert.deepEqual(
    sonya.body.persons.map(({ personId }) => personId),
    [ids[0]],
  )
  const again = await enter(token)
  it.clock.forward(7 * 24 * 60 * MINUTE)
  const expired = await enter(late)
  const never = await enter('a'.repeat(64))
  for (const refused of [elsewhere, again, expired]) assert.deepEqual(told(refused), told(never))
  assert.deepEqual([never.status, never.body.entered], [200, false])
  assert.equal((await it.events(it.home, 'portal.link_made')).length >= 2, true)
})

test('a link in a letter to a mailbox that turned out to be somebody else’s leads nowhere once the address is put right', async () => {
  const oleg = await it.hire('operator', { dealer: it.home })
  const id = await it.client({ fullName: 'Опечаткина Оля', emails: [newEmail()] }, oleg)
  const link = await it.job(it.home, 'mail', (ctx) => portalLink(ctx, { personId: id }))
  const { body } = await oleg.get<{ version: number }>(`/persons/${id}`)
  assert.equal((await oleg.patch(`/persons/${id}`, { version: body.version, contact: { fullName: 'Опечаткина Оля', phones: [], emails: [newEmail()] } })).status, 200)
  const entered = await it.visitor.post<{ entered: boolean }>(`/sites/${it.visitor.slug}/portal/enter-by-link`, { token: link?.path.split('/').at(-1) })
  assert.deepEqual([entered.body.entered, cookieOf(entered)], [false, ''])
})

test('whoever tries out links is stopped before the log is full of it', async () => {
  const other = await it.site(await it.dealer())
  const tried = await Promise.all(Array.from({ length: 125 }, () => other.post(`/sites/${other.slug}/portal/enter-by-link`, { token: 'a'.repeat(64) })))
  assert.ok(tried.filter(({ status }) => status === 429).length >= 4)
})

test('of many questions about one address at the same moment five are taken in', async () => {
  const email = newEmail()
  const asked = await Promise.all(Array.from({ length: 12 }, () => it.ask(email)))
  assert.deepEqual(
    asked.map(({ status }) => status).toSorted((a, b) => a - b),
    [...Array.from({ length: 5 }, () => 200), ...Array.from({ length: 7 }, () => 429)],
  )
})

test('a page that nobody used for half an hour is closed, and one of two hours too', async () => {
  const id = await it.client({ fullName: 'Тихонова Тася', phones: [newPhone()] }, await it.hire('operator', { dealer: it.home }))
  const tasya = await it.subject(it.home, [id])
  it.clock.forward(29 * MINUTE)
  assert.equal((await tasya.get('/own')).status, 200)
  it.clock.forward(2 * 60 * MINUTE)
  assert.equal((await tasya.get('/own')).status, 401)
})

test('at night whatever let people in is thrown away', async () => {
  const email = newEmail()
  const id = await it.client({ fullName: 'Ночнова Нина', emails: [email] }, await it.hire('operator', { dealer: it.home }))
  await it.ask(email)
  const nina = await it.subject(it.home, [id])
  await it.job(it.home, 'mail', (ctx) => portalLink(ctx, { personId: id }))
  it.clock.forward(9 * 24 * 60 * MINUTE)
  await it.job(it.home, 'sweep-portal', (ctx) => portalJobs['sweep-portal']!(ctx, {}))
  const { rows } = await it.owner.query(
    `select (select count(*)::int from portal_challenges where tenant_id = $1) challenges, (select count(*)::int from portal_links where tenant_id = $1) links, (select count(*)::int from portal_sessions where token_hash = $2) sessions`,
    [it.home.tenantId, hashToken(nina.token)],
  )
  assert.deepEqual(rows[0], { challenges: 0, links: 0, sessions: 0 })
})

test('the address of whoever asked is kept for an hour at most, and thrown away with the next question', async () => {
  const [first, second] = [(await it.ask(newEmail())).body.challengeId, (await it.ask(newEmail())).body.challengeId]
  it.clock.forward(61 * MINUTE)
  const { body } = await it.ask(newEmail())
  await it.post(body.challengeId)
  const { rows } = await it.owner.query<{ id: string }>('select id from portal_challenges where id = any ($1::uuid[])', [[first, second, body.challengeId]])
  assert.deepEqual(
    rows.map(({ id }) => id),
    [body.challengeId],
  )
})

test('a form of another site cannot ask or enter in a visitor’s name', async () => {
  const foreign = await it.visitor.post<{ error: string }>(`/sites/${it.visitor.slug}/portal/code`, { address: newEmail() }, { 'x-requested-with': 'elsewhere' })
  assert.deepEqual([foreign.status, foreign.body.error], [403, 'cross_site'])
  const unknown = await it.visitor.post<{ error: string }>('/sites/nobody/portal/code', { address: newEmail() })
  assert.deepEqual([unknown.status, unknown.body.error], [404, 'not_found'])
})

/** Everything that could tell one address from another, by table. */
async function countRows(): Promise<Record<string, number>> {
  const tables = ['portal_challenges', 'portal_links', 'portal_sessions', 'log_events', 'idempotency_keys', 'persons', 'facts']
  const sql = [...tables.map((table) => `select '${table}' name, count(*)::int n from ${table}`), `select 'jobs', count(*)::int from graphile_worker._private_jobs`]
  const { rows } = await it.owner.query<{ name: string; n: number }>(sql.join(' union all '))
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
}
const difference = (before: Record<string, number>, now: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(now)
      .map(([name, n]) => [name, n - (before[name] ?? 0)] as const)
      .filter(([, n]) => n !== 0)
      .sort(),
  )
