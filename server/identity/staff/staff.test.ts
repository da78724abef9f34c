import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Dealer } from '../../../test/dealer.ts'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Reply, type Stage } from '../../../test/stage.ts'
import { openWork } from '../../kernel/index.ts'
import { openVault, Revealed, wrapVault } from '../../vault/index.ts'
import { identityJobs } from '../jobs.ts'
import { invitationLetter, type Letter } from './invitation-letter.ts'

const password = 'длинная фраза для входа'
const day = 86_400_000
type Row = { id: string; personId: string; name: string; role: string; position: string; state: string; lastSeenAt: string | null; version: number }
type Changed = { id: string; version: number; error?: string }
type Refused = { error: string; requestId?: string; fields?: { at: string; why: string }[]; details?: { current?: { version?: number } } }
type Mail = { letter: string; personId: string; token: string }
let house: Stage
const ends = openEnds()
before(async () => void (house = await stage(ends)))
after(ends.close)

let invited = 0
const draftOf = (dealer: Dealer, more: Record<string, unknown> = {}): Record<string, unknown> => {
  const vera = { surname: 'лебедева', given: 'Вера', patronymic: 'Павловна', email: `vera${++invited}@work.example`, role: 'seller', position: 'Менеджер по продажам' }
  return { ...vera, outletId: dealer.outletId, departmentId: dealer.departments.sales, ...more }
}
const directory = async (who: Person, view = 'working'): Promise<Row[]> => (await who.get<{ rows: Row[] }>(`/staff?view=${view}&limit=100`)).body.rows
const rowOf = async (who: Person, id: string): Promise<Row> => (await directory(who, 'all')).find((row) => row.id === id) ?? assert.fail('not in the directory')
const enter = (email: string, typed = password): Promise<Reply<Refused>> => house.stranger.post('/sign-in', { email, password: typed })
const sessionOf = (reply: Reply<unknown>): { cookie: string } => ({ cookie: `infotech=${/^infotech=([\w-]+);/.exec(String(reply.headers['set-cookie']))?.[1] ?? ''}` })
const plainly = ({ status, body }: Reply<Refused>): unknown => [status, { ...body, requestId: '' }]

/** What the newest job `mail` of a company would send, written under the credential of that very job. */
async function newestLetter(dealer: Dealer): Promise<{ mail: Mail; letter: Letter | null; to: string; link: string }> {
  const { rows } = await house.owner.query(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'test' where id = (select j.id from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'mail' and j.payload->>'tenantId' = $1 order by j.id desc limit 1) returning id::text, payload`,
    [dealer.tenantId],
  )
  const job = rows[0] as { id: string; payload: Mail }
  const vault = openVault({ socket: house.vaultSocket, token: house.workerToken })
  try {
    const work = openWork({ ...house.app.deps, vault: wrapVault(vault) })
    const credential = { kind: 'job', tenantId: dealer.tenantId, task: 'mail', jobId: job.id } as const
    const { result } = await work({ credential, door: 'job mail', purpose: 'employment', readOnly: false, caller: { device: 'job', language: 'ru', addressKey: '' } }, (ctx) =>
      invitationLetter(ctx, job.payload, 'http://localhost'),
    )
    return { mail: job.payload, letter: result, to: result ? Revealed.open(result.to) : '', link: /http:\S+/.exec(result?.text ?? '')?.[0] ?? '' }
  } finally {
    vault.close()
  }
}
const accept = (link: string, typed = password): Promise<Reply<Refused>> => house.stranger.post('/invitations/accept', { token: link.split('#')[1] ?? '', password: typed })

test('the administrator invites Vera; she opens the link of the letter, sets a password and works', async () => {
  const chief = await house.hire('administrator')
  const draft = draftOf(chief.dealer)
  const reply = await chief.post<Changed>('/staff', draft)
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  const before = await rowOf(chief, reply.body.id)
  assert.deepEqual([before.name, before.state, before.role], ['Лебедева Вера', 'invited', 'seller'])
  assert.equal((await enter(String(draft.email))).status, 401, 'nobody works before they have come')
  const { mail, letter, to, link } = await newestLetter(chief.dealer)
  assert.deepEqual([to, letter?.subject.includes(chief.dealer.name)], [draft.email, true])
  assert.doesNotMatch(JSON.stringify(mail), /вера|лебедева|work\.example/i)
  assert.equal(JSON.stringify(mail).includes(link.split('#')[1] ?? '-'), false, 'the token waits sealed')
  assert.equal((await accept(link)).status, 200)
  assert.equal((await rowOf(chief, reply.body.id)).state, 'active')
  const vera = await enter(String(draft.email))
  assert.equal(vera.status, 200)
  const me = await house.stranger.get<{ name: string; role: string }>('/me', sessionOf(vera))
  assert.deepEqual([me.body.name, me.body.role], ['Лебедева Вера', 'seller'])
  const again = await accept(link, 'другая длинная фраза')
  assert.deepEqual([again.status, again.body.error], [404, 'invitation_over'])
  assert.equal((await newestLetter(chief.dealer)).letter, null, 'a late letter of a used invitation is not sent')
  for (const event of ['staff.invited', 'staff.joined', 'person.created', 'mail.queued']) assert.ok((await house.events(chief.dealer, event)).length > 0, event)
})

test('an invitation is over after a week, when taken back, and when a newer letter went out', async () => {
  const chief = await house.hire('administrator')
  const { body: late } = await chief.post<Changed>('/staff', draftOf(chief.dealer))
  const { link: first } = await newestLetter(chief.dealer)
  const second = await chief.post<Changed>(`/staff/${late.id}/invite`, { version: late.version })
  assert.equal(second.status, 200, JSON.stringify(second.body))
  assert.equal((await accept(first)).status, 404)
  const { link } = await newestLetter(chief.dealer)
  const back = await chief.post<Changed>(`/staff/${late.id}/deactivate`, { version: second.body.version })
  assert.equal(back.status, 200)
  assert.equal((await accept(link)).status, 404)
  assert.equal((await chief.post(`/staff/${late.id}/deactivate`, { version: back.body.version })).status, 409)
  const { body: forgetful } = await chief.post<Changed>('/staff', draftOf(chief.dealer))
  const { link: old } = await newestLetter(chief.dealer)
  house.clock.forward(7 * day)
  assert.equal((await accept(old)).status, 404)
  const fresh = await house.hire('administrator', { dealer: chief.dealer })
  assert.equal((await rowOf(fresh, forgetful.id)).state, 'expired')
})

test('somebody who works for one company joins another with the password they have, and goes from one to the other', async () => {
  const [zvezda, ural] = [await house.dealer('Звезда'), await house.dealer('Урал')]
  const [chief, other] = [await house.hire('administrator', { dealer: zvezda }), await house.hire('administrator', { dealer: ural })]
  const draft = draftOf(zvezda)
  await chief.post('/staff', draft)
  assert.equal((await accept((await newestLetter(zvezda)).link)).status, 200)
  await other.post('/staff', draftOf(ural, { email: draft.email, role: 'operator' }))
  const { link } = await newestLetter(ural)
  const taking = await accept(link, 'чужая длинная фраза')
  assert.deepEqual([taking.status, taking.body.error], [401, 'wrong_credentials'])
  assert.equal((await accept(link)).status, 200)
  const at = sessionOf(await enter(String(draft.email)))
  const { body: me } = await house.stranger.get<{ tenant: { tenantId: string }; companies: { tenantId: string }[] }>('/me', at)
  assert.deepEqual(me.companies.map(({ tenantId }) => tenantId).sort(), [zvezda.tenantId, ural.tenantId].sort())
  const to = me.companies.find(({ tenantId }) => tenantId !== me.tenant.tenantId)?.tenantId ?? ''
  const went = await house.stranger.post<Refused>('/me/company', { tenantId: to }, at)
  assert.equal(went.status, 200, JSON.stringify(went.body))
  const there = await house.stranger.get<{ tenant: { tenantId: string } }>('/me', sessionOf(went))
  assert.deepEqual([there.body.tenant.tenantId, (await house.stranger.get('/me', at)).status], [to, 401])
  const elsewhere = await house.stranger.post<Refused>('/me/company', { tenantId: (await house.dealer('Чужой')).tenantId }, sessionOf(went))
  const nothing = await house.stranger.post<Refused>('/me/company', { tenantId: randomUUID() }, sessionOf(went))
  assert.deepEqual([elsewhere.status, plainly(elsewhere)], [404, plainly(nothing)])
})

test('going to another company does not make the last proof of the password younger, nor the session longer', async () => {
  const [zvezda, ural] = [await house.dealer(), await house.dealer()]
  const [here, there] = [await house.hire('administrator', { dealer: zvezda }), await house.hire('administrator', { dealer: ural })]
  await house.owner.query(`update employees set account_id = (select account_id from employees where id = $1) where id = $2`, [here.employeeId, there.employeeId])
  await house.owner.query(`update account_tenants set account_id = (select account_id from employees where id = $1) where employee_id = $2`, [here.employeeId, there.employeeId])
  const end = async (id: string): Promise<Date> =>
    (await house.owner.query('select max(expires_at) at from sessions where employee_id = $1 and revoked_at is null', [id])).rows[0].at
  const [whole] = [await end(here.employeeId), await house.owner.query('delete from sessions where employee_id = $1', [there.employeeId])]
  house.clock.forward(11 * 60_000)
  const went = await here.post('/me/company', { tenantId: ural.tenantId })
  assert.equal(went.status, 200)
  const refused = await house.stranger.post<Refused>('/integration-keys', { name: 'Сайт', scopes: ['lead.intake'] }, sessionOf(went))
  assert.deepEqual([refused.status, refused.body.error], [403, 'reauthenticate'])
  assert.deepEqual(await end(there.employeeId), whole)
})

test('a new role counts from the next click, and a lost update is refused', async () => {
  const [chief, zoya] = [await house.hire('administrator'), await house.hire('head_of_sales')]
  const { outletId, departments } = chief.dealer
  assert.equal((await zoya.get('/leads')).status, 200)
  const edited = await chief.patch<Changed>(`/staff/${zoya.employeeId}`, { version: 1, role: 'marketer', position: 'Маркетолог', outletId, departmentId: null })
  assert.deepEqual([edited.status, edited.body.version], [200, 2], JSON.stringify(edited.body))
  assert.equal((await zoya.get('/leads')).status, 403)
  const lost = await chief.patch<Refused>(`/staff/${zoya.employeeId}`, { version: 1, role: 'seller', position: 'Менеджер', outletId, departmentId: departments.sales })
  assert.deepEqual([lost.status, lost.body.error, lost.body.details?.current?.version], [409, 'stale', 2])
  assert.equal(
    (await house.events(chief.dealer, 'staff.edited')).some(({ objectId, details }) => objectId === zoya.employeeId && details.from === 'head_of_sales'),
    true,
  )
})

test('whoever leaves is out at once and comes back only by a new letter; the ground of employment gets its end', async () => {
  const chief = await house.hire('administrator')
  const draft = draftOf(chief.dealer)
  const { body: vera } = await chief.post<Changed>('/staff', draft)
  await accept((await newestLetter(chief.dealer)).link)
  const at = sessionOf(await enter(String(draft.email)))
  const joined = await rowOf(chief, vera.id)
  const left = await chief.post<Changed>(`/staff/${vera.id}/deactivate`, { version: joined.version })
  assert.equal(left.status, 200, JSON.stringify(left.body))
  assert.equal((await house.stranger.get('/me', at)).status, 401)
  assert.equal((await enter(String(draft.email))).status, 401)
  assert.equal(
    (await directory(chief)).some(({ id }) => id === vera.id),
    false,
  )
  const { rows: held } = await house.owner.query('select g.until, p.destroy_after from grounds g join persons p on p.id = g.person_id where g.person_id = $1', [joined.personId])
  assert.deepEqual([held.length, held[0].until !== null, held[0].until], [1, true, held[0].destroy_after])
  assert.equal((await chief.post(`/staff/${vera.id}/invite`, { version: left.body.version })).status, 200)
  assert.equal((await accept((await newestLetter(chief.dealer)).link)).status, 200)
  assert.equal((await enter(String(draft.email))).status, 200)
  const { rows: again } = await house.owner.query('select g.until, p.destroy_after from grounds g join persons p on p.id = g.person_id where g.person_id = $1', [joined.personId])
  assert.deepEqual([again[0].until, again[0].destroy_after], [null, null])
})

test('whose employment is over for as long as the register says is destroyed, and the sign-in with them, unless another company still holds it', async () => {
  const [chief, other] = [await house.hire('administrator'), await house.hire('administrator', { dealer: await house.dealer() })]
  const draft = draftOf(chief.dealer)
  const { body: vera } = await chief.post<Changed>('/staff', draft)
  await accept((await newestLetter(chief.dealer)).link)
  const { body: there } = await other.post<Changed>('/staff', { ...draft, outletId: other.dealer.outletId, departmentId: other.dealer.departments.sales })
  await accept((await newestLetter(other.dealer)).link)
  const [here, elsewhere] = [await rowOf(chief, vera.id), await rowOf(other, there.id)]
  await chief.post(`/staff/${vera.id}/deactivate`, { version: here.version })
  await other.post(`/staff/${there.id}/deactivate`, { version: elsewhere.version })
  const night = (dealer: Dealer) => house.job(dealer, 'destroy-former-staff', (ctx) => identityJobs['destroy-former-staff']!(ctx, {}))
  const count = async (table: string, personId: string): Promise<number> => (await house.owner.query(`select 1 from ${table} where person_id = $1`, [personId])).rows.length
  const account = async () =>
    (await house.owner.query('select a.login_token, a.password_hash from accounts a join employees e on e.account_id = a.id where e.id = $1', [vera.id])).rows[0] as {
      login_token: Buffer
      password_hash: string | null
    }
  const before = await account()
  await night(chief.dealer)
  assert.equal(await count('facts', here.personId), 1, 'nobody goes a day early')
  await house.owner.query(`update persons set destroy_after = now() - interval '1 hour' where id = any ($1)`, [[here.personId, elsewhere.personId]])
  await night(chief.dealer)
  assert.deepEqual([await count('facts', here.personId), await count('grounds', here.personId), await count('employees', here.personId)], [0, 0, 0])
  assert.equal(
    (await directory(chief, 'all')).some(({ id }) => id === vera.id),
    false,
  )
  assert.equal((await chief.post(`/staff/${vera.id}/invite`, { version: 3 })).status, 404)
  assert.deepEqual(await account(), before, 'the other company still holds the same human')
  await night(other.dealer)
  const after = await account()
  assert.deepEqual([after.password_hash, after.login_token.equals(before.login_token)], [null, false])
  assert.deepEqual(
    (await house.events(chief.dealer, 'person.destroyed')).map(({ personIds, objectId }) => [personIds, objectId]),
    [[[here.personId], vera.id]],
  )
  assert.equal((await chief.post('/staff', draft)).status, 200, 'who comes back after that is a new colleague')
})

test('who was invited and never came is not kept: a month after the last letter was over they are destroyed', async () => {
  const chief = await house.hire('administrator')
  const draft = draftOf(chief.dealer)
  const { body: vera } = await chief.post<Changed>('/staff', draft)
  const { personId } = await rowOf(chief, vera.id)
  const night = () => house.job(chief.dealer, 'destroy-former-staff', (ctx) => identityJobs['destroy-former-staff']!(ctx, {}))
  const over = (days: number) => house.owner.query('update invitations set expires_at = $2 where employee_id = $1', [vera.id, new Date(house.clock.now.getTime() - days * day)])
  const isHeld = async (): Promise<boolean> => (await house.owner.query('select 1 from facts where person_id = $1', [personId])).rows.length > 0
  await over(29)
  await night()
  assert.equal(await isHeld(), true)
  await over(31)
  await night()
  assert.equal(await isHeld(), false)
  assert.equal((await chief.post('/staff', draft)).status, 200, 'they may be invited anew')
})

test('a letter for a forgotten password sets a new one and ends every session', async () => {
  const chief = await house.hire('administrator')
  const draft = draftOf(chief.dealer)
  const { body: vera } = await chief.post<Changed>('/staff', draft)
  await accept((await newestLetter(chief.dealer)).link)
  const at = sessionOf(await enter(String(draft.email)))
  const { version } = await rowOf(chief, vera.id)
  assert.equal((await chief.post(`/staff/${vera.id}/invite`, { version })).status, 200)
  const { letter, link } = await newestLetter(chief.dealer)
  assert.match(letter?.subject ?? '', /Новый пароль/)
  assert.equal((await accept(link, 'совсем другая фраза')).status, 200)
  assert.equal((await house.stranger.get('/me', at)).status, 401)
  assert.deepEqual([(await enter(String(draft.email))).status, (await enter(String(draft.email), 'совсем другая фраза')).status], [401, 200])
})

test('the last administrator can neither leave nor be demoted, also when two dismiss each other at once', async () => {
  const dealer = await house.dealer()
  const [one, two] = [await house.hire('administrator', { dealer }), await house.hire('administrator', { dealer })]
  const both = await Promise.all([
    one.post<Refused>(`/staff/${two.employeeId}/deactivate`, { version: 1 }),
    two.post<Refused>(`/staff/${one.employeeId}/deactivate`, { version: 1 }),
  ])
  assert.equal(both.filter(({ status }) => status === 200).length, 1, JSON.stringify(both.map(({ body }) => body)))
  const last = both[0]?.status === 200 ? one : two
  const self = await last.post<Refused>(`/staff/${last.employeeId}/deactivate`, { version: 1 })
  assert.deepEqual([self.status, self.body.error], [409, 'last_administrator'])
  const down = await last.patch<Refused>(`/staff/${last.employeeId}`, { version: 1, role: 'seller', position: 'Менеджер', outletId: null, departmentId: null })
  assert.deepEqual([down.status, down.body.error], [409, 'last_administrator'])
})

test('refusals: nobody, the wrong role, a colleague of another dealer, and the bad field by name', async () => {
  const [chief, boris] = [await house.hire('administrator'), await house.hire('seller')]
  const foreign = await house.hire('seller', { dealer: await house.dealer() })
  assert.equal((await house.stranger.get('/staff')).status, 401)
  assert.equal((await boris.post('/staff', draftOf(chief.dealer))).status, 403)
  assert.deepEqual(
    plainly(await chief.post(`/staff/${foreign.employeeId}/deactivate`, { version: 1 })),
    plainly(await chief.post(`/staff/${randomUUID()}/deactivate`, { version: 1 })),
  )
  assert.equal(
    (await directory(chief)).some(({ id }) => id === foreign.employeeId),
    false,
  )
  const wrong = async (more: Record<string, unknown>): Promise<[number, string | undefined]> => {
    const { status, body } = await chief.post<Refused>('/staff', draftOf(chief.dealer, more))
    return [status, body.fields?.[0]?.at]
  }
  for (const [at, value] of [
    ['email', 'не почта'],
    ['role', 'visitor'],
    ['surname', '123'],
    ['outletId', randomUUID()],
    ['departmentId', randomUUID()],
    ['departmentId', foreign.dealer.departments.sales],
  ] as const)
    assert.deepEqual(await wrong({ [at]: value }), [422, at])
  const twice = draftOf(chief.dealer)
  assert.equal((await chief.post('/staff', twice)).status, 200)
  const taken = await chief.post<Refused>('/staff', twice)
  assert.deepEqual([taken.status, taken.body.error, taken.body.fields?.[0]?.at], [409, 'taken', 'email'])
  assert.equal(
    (await directory(boris)).every(({ lastSeenAt }) => lastSeenAt === null),
    true,
    'when a colleague was here last is not for everybody',
  )
})
