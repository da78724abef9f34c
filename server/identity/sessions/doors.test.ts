import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { eventually } from '../../../test/eventually.ts'
import { stage, type Person, type Reply, type Stage } from '../../../test/stage.ts'
import { newToken } from '../../vault/index.ts'
import { hashPassword } from './passwords.ts'

const password = 'длинная фраза для входа'
const minute = 60_000
type Listed = { sessions: { id: string; device: string; isCurrent: boolean; company: string; lastSeenAt: string }[] }
type Refused = { error: string; requestId?: string; fields?: { at: string; why: string }[]; details?: Record<string, unknown> }

let house: Stage
const ends = openEnds()
before(async () => void (house = await stage(ends)))
after(ends.close)

const emailOf = (who: Person, role: string): string => `${role}.${who.employeeId.slice(0, 8)}@staff.example`
const knowsPassword = async (who: Person): Promise<void> => {
  await house.owner.query('update accounts set password_hash = $1 where id = (select account_id from employees where id = $2)', [await hashPassword(password), who.employeeId])
}
const cookieOf = (reply: Reply<unknown>): string => String(reply.headers['set-cookie'] ?? '')
const tokenOf = (reply: Reply<unknown>): string => /^infotech=([\w-]+);/.exec(cookieOf(reply))?.[1] ?? ''
const enter = (email: string, typed = password, more: Record<string, unknown> = {}): Promise<Reply<{ next: string } & Refused>> =>
  house.stranger.post('/sign-in', { email, password: typed, ...more })
const withToken = (token: string): { cookie: string } => ({ cookie: `infotech=${token}` })
const plainly = ({ status, body }: Reply<Refused>): unknown => [status, { ...body, requestId: '' }]

test('Anna signs in: the cookie is hers alone, unreadable by scripts and sent to no other site; the log knows', async () => {
  const anna = await house.hire('operator')
  await knowsPassword(anna)
  const reply = await enter(`  ${emailOf(anna, 'operator').toUpperCase()} `)
  assert.deepEqual([reply.status, reply.body.next], [200, 'in'])
  const cookie = cookieOf(reply)
  for (const rule of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Expires=']) assert.ok(cookie.includes(rule), rule)
  const me = await house.stranger.get<{ employeeId: string }>('/me', withToken(tokenOf(reply)))
  assert.deepEqual([me.status, me.body.employeeId], [200, anna.employeeId])
  const opened = await house.events(anna.dealer, 'session.opened')
  assert.ok(
    opened.some(({ actorId }) => actorId === anna.employeeId),
    'the log names her, not a visitor',
  )
  const { rows } = await house.owner.query('select count(*)::int n from sessions where token_hash = $1', [Buffer.from(tokenOf(reply))])
  assert.equal(rows[0].n, 0, 'the token itself is kept nowhere')
})

test('a wrong password, an unknown e-mail and an account without a company are answered alike', async () => {
  const anna = await house.hire('operator')
  await knowsPassword(anna)
  const wrong = await enter(emailOf(anna, 'operator'), 'не та фраза совсем')
  const unknown = await enter('nobody@staff.example', 'не та фраза совсем')
  assert.deepEqual(plainly(wrong), plainly(unknown))
  assert.deepEqual([wrong.status, wrong.body.error], [401, 'wrong_credentials'])
  assert.equal((await house.events(anna.dealer, 'session.refused')).length > 0, true)
})

test('whoever tries passwords learns from no count, lock or answer whether the e-mail is somebody’s', async () => {
  const anna = await house.hire('operator')
  await knowsPassword(anna)
  const answersTo = async (email: string): Promise<unknown[]> => {
    const answers: unknown[] = []
    for (let tries = 0; tries < 13; tries++) {
      const reply = await enter(email, 'не та фраза совсем')
      const { until, ...details } = reply.body.details ?? {}
      answers.push([
        plainly({ ...reply, body: { ...reply.body, details } }),
        until === undefined ? null : Math.round((Date.parse(String(until)) - house.clock.now.getTime()) / minute),
      ])
    }
    return answers
  }
  const [known, unknown] = [await answersTo(emailOf(anna, 'operator')), await answersTo('nobody.at.all@staff.example')]
  assert.deepEqual(known, unknown)
  assert.match(JSON.stringify(known[10]), /"locked"/)
  assert.equal((known[10] as unknown[])[1], 15)
  house.clock.forward(16 * minute)
  assert.equal((await enter(emailOf(anna, 'operator'))).status, 200)
})

test('signing in never adopts a token that the browser brought', async () => {
  const anna = await house.hire('operator')
  await knowsPassword(anna)
  const planted = newToken(anna.dealer.tenantId)
  const reply = (await house.stranger.post('/sign-in', { email: emailOf(anna, 'operator'), password }, withToken(planted))) as Reply<unknown>
  assert.equal(reply.status, 200)
  assert.notEqual(tokenOf(reply), planted)
  assert.equal((await house.stranger.get('/me', withToken(planted))).status, 401)
})

test('ten wrong passwords lock the door for a quarter of an hour, also for the right one; then it opens', async () => {
  const anna = await house.hire('operator')
  await knowsPassword(anna)
  for (let i = 0; i < 10; i++) assert.equal((await enter(emailOf(anna, 'operator'), `не та фраза ${i}`)).status, 401)
  const locked = await enter(emailOf(anna, 'operator'))
  assert.deepEqual([locked.status, locked.body.error], [429, 'locked'])
  house.clock.forward(16 * minute)
  assert.equal((await enter(emailOf(anna, 'operator'))).status, 200)
})

test('a page of another site cannot act with Anna’s cookie, whatever it sends', async () => {
  const anna = await house.hire('operator')
  const bare = await anna.post<Refused>('/sign-out', {}, { 'x-requested-with': '' })
  assert.deepEqual([bare.status, bare.body.error], [403, 'cross_site'])
  const foreign = await anna.post<Refused>('/sign-out', {}, { origin: 'https://evil.example' })
  assert.deepEqual([foreign.status, foreign.body.error], [403, 'cross_site'])
  // What a browser sends by itself behind a proxy with a password of its own is no key of ours.
  const behindProxy = await anna.post<Refused>('/sign-out', {}, { 'x-requested-with': '', authorization: 'Basic YW5uYTphbm5h' })
  assert.deepEqual([behindProxy.status, behindProxy.body.error], [403, 'cross_site'])
  // What is no key leaves the cookie to act.
  for (const authorization of ['Bearer short', `bearer ${'a'.repeat(60)}`]) {
    const reply = await anna.post<Refused>('/sign-out', {}, { authorization, 'x-requested-with': '', origin: 'https://evil.example' })
    assert.deepEqual([reply.status, reply.body.error], [403, 'cross_site'], authorization)
  }
  // A key is looked at instead of the cookie: what it does not open, the cookie does not either.
  assert.equal((await anna.post('/sign-out', {}, { authorization: `Bearer ${'a'.repeat(60)}`, 'x-requested-with': '' })).status, 401)
  // On the page of the person themself no key is ever looked at.
  const own = await house.stranger.post<Refused>('/own/leave', {}, { authorization: `Bearer ${'a'.repeat(60)}`, 'x-requested-with': '' })
  assert.deepEqual([own.status, own.body.error], [403, 'cross_site'])
  assert.equal((await anna.get('/me')).status, 200)
})

test('Anna sees where she is signed in and ends one of it; that one is out at once, and a stranger’s session does not exist', async () => {
  const [anna, boris] = [await house.hire('operator'), await house.hire('operator')]
  await knowsPassword(anna)
  const phone = tokenOf(await enter(emailOf(anna, 'operator')))
  const list = await anna.get<Listed>('/me/sessions')
  assert.deepEqual([list.body.sessions.length, list.body.sessions.filter(({ isCurrent }) => isCurrent).length], [2, 1])
  const other = list.body.sessions.find(({ isCurrent }) => !isCurrent)?.id ?? ''
  assert.deepEqual(plainly(await boris.post(`/me/sessions/${other}/revoke`)), plainly(await boris.post(`/me/sessions/${randomUUID()}/revoke`)))
  assert.equal((await house.stranger.get('/me', withToken(phone))).status, 200)
  assert.equal((await anna.post(`/me/sessions/${other}/revoke`)).status, 200)
  assert.equal((await house.stranger.get('/me', withToken(phone))).status, 401)
  assert.equal(
    (await house.events(anna.dealer, 'session.revoked')).some(({ objectId }) => objectId === other),
    true,
  )
  assert.equal((await house.stranger.get('/me/sessions')).status, 401)
})

test('a session is over after two idle hours, lives while it is used, and ends after twelve hours however busy', async () => {
  const [busy, idle] = [await house.hire('operator'), await house.hire('operator')]
  const lastSeen = async (who: Person): Promise<number> =>
    (await house.owner.query('select last_seen_at at from sessions where employee_id = $1', [who.employeeId])).rows[0].at.getTime()
  for (let hour = 1; hour <= 11; hour++) {
    house.clock.forward(60 * minute)
    assert.equal((await busy.get('/me/sessions')).status, 200, `hour ${hour}`)
    await eventually(async () => house.clock.now.getTime() - (await lastSeen(busy)) < minute)
    if (hour === 3) assert.equal((await idle.get('/me/sessions')).status, 401)
  }
  house.clock.forward(61 * minute)
  assert.equal((await busy.get('/me/sessions')).status, 401)
})

test('the use of a session is noted at most once a minute, and never by a refused one', async () => {
  const anna = await house.hire('operator')
  const seenAt = async (): Promise<string> => (await house.owner.query('select last_seen_at::text at from sessions where employee_id = $1', [anna.employeeId])).rows[0].at
  const first = await seenAt()
  house.clock.forward(20_000)
  assert.equal((await anna.get('/me/sessions')).status, 200)
  assert.equal(await seenAt(), first)
  house.clock.forward(50_000)
  assert.equal((await anna.get('/me/sessions')).status, 200)
  await eventually(async () => (await seenAt()) !== first)
})

test('an important act asks for the password again after ten minutes, and goes on once it is given', async () => {
  const chief = await house.hire('administrator')
  await knowsPassword(chief)
  house.clock.forward(11 * minute)
  const draft = { name: 'Сайт дилера', scopes: ['lead.intake'] }
  const asked = await chief.post<Refused>('/integration-keys', draft)
  assert.deepEqual([asked.status, asked.body.error], [403, 'reauthenticate'])
  const wrong = await chief.post<Refused>('/me/confirm', { password: 'не та фраза совсем' })
  assert.deepEqual([wrong.status, wrong.body.error], [401, 'wrong_credentials'])
  assert.equal((await chief.post('/me/confirm', { password }, { 'idempotency-key': 'confirm-0001' })).status, 200)
  assert.equal((await chief.post('/integration-keys', draft)).status, 200)
  const said = (await house.events(chief.dealer, 'session.confirmed')).filter(({ actorId }) => actorId === chief.employeeId)
  assert.equal(said.length, 1)
})

test('a stolen session is no place to guess the password: ten wrong ones lock it', async () => {
  const anna = await house.hire('operator')
  await knowsPassword(anna)
  for (let i = 0; i < 10; i++) assert.equal((await anna.post('/me/confirm', { password: `догадка номер ${i}` })).status, 401)
  const locked = await anna.post<Refused>('/me/confirm', { password })
  assert.deepEqual([locked.status, locked.body.error], [429, 'locked'])
})

test('Anna changes her password: her other sessions end, the old password is dead, the fields are named', async () => {
  const anna = await house.hire('operator')
  await knowsPassword(anna)
  const phone = tokenOf(await enter(emailOf(anna, 'operator')))
  for (const [draft, at] of [
    [{ current: password, next: 'коротко' }, 'next'],
    [{ current: password, next: 'аааааааааааааа' }, 'next'],
    [{ current: password, next: password }, 'next'],
  ] as const) {
    const refused = await anna.post<Refused>('/me/password', draft)
    assert.deepEqual([refused.status, refused.body.fields?.[0]?.at], [422, at])
  }
  assert.equal((await anna.post('/me/password', { current: 'не та фраза совсем', next: 'совсем другая фраза' })).status, 401)
  assert.equal((await anna.post('/me/password', { current: password, next: 'совсем другая фраза' })).status, 200)
  assert.equal((await house.stranger.get('/me', withToken(phone))).status, 401)
  assert.equal((await anna.get('/me')).status, 200)
  assert.equal((await enter(emailOf(anna, 'operator'))).status, 401)
  assert.equal((await enter(emailOf(anna, 'operator'), 'совсем другая фраза')).status, 200)
  assert.equal((await house.events(anna.dealer, 'account.password_changed')).length, 1)
})

test('no hash of a password waits in the idempotency keys', async () => {
  const anna = await house.hire('operator')
  await knowsPassword(anna)
  const hashOf = async (key: string, typed: string): Promise<string> => {
    assert.equal((await anna.post('/me/confirm', { password: typed }, { 'idempotency-key': key })).status, 200)
    const { rows } = await house.owner.query(`select encode(request_hash, 'hex') hash from idempotency_keys where key = $1`, [key])
    return rows[0].hash
  }
  const first = await hashOf('confirm-with-one', password)
  await house.owner.query('update accounts set password_hash = $1 where id = (select account_id from employees where id = $2)', [
    await hashPassword('совсем другая фраза'),
    anna.employeeId,
  ])
  assert.equal(await hashOf('confirm-with-two', 'совсем другая фраза'), first)
})

test('the language that Anna chooses goes with her to every device, and a wrong one is named', async () => {
  const anna = await house.hire('operator')
  assert.equal((await anna.get<{ language: null }>('/me')).body.language, null)
  assert.equal((await anna.post('/me/language', { language: 'en' })).status, 200)
  await knowsPassword(anna)
  const elsewhere = withToken(tokenOf(await enter(emailOf(anna, 'operator'))))
  assert.equal((await house.stranger.get<{ language: string }>('/me', elsewhere)).body.language, 'en')
  const [event] = await house.events(anna.dealer, 'account.language_chosen')
  assert.deepEqual([event?.actorId, event?.details], [anna.employeeId, { language: 'en' }])
  const wrong = await anna.post<Refused>('/me/language', { language: 'tlh' })
  assert.deepEqual([wrong.status, wrong.body.fields?.[0]?.at], [422, 'language'])
  assert.equal((await house.stranger.post('/me/language', { language: 'ru' })).status, 401)
})
