import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { z } from 'zod'
import { stage, type Stage } from '../../test/stage.ts'
import { isTranslated } from '../privacy/index.ts'
import { foundCompany, standardRegister, type FoundingDraft } from './index.ts'

const day = ['09:00', '21:00'] as [string, string]
const password = 'каждый охотник желает знать'
const draft = (inn: string, email = 'vera@rassvet.example'): z.input<typeof FoundingDraft> => ({
  kind: 'dealer',
  company: { name: 'ООО «Рассвет»', inn, kpp: '770701001', ogrn: '1027700132195', address: 'Москва, Тверская ул., 1' },
  outlet: {
    name: 'Рассвет на Тверской',
    address: 'Москва, Тверская ул., 1',
    timeZone: 'Europe/Moscow',
    hours: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: null },
  },
  administrator: { surname: 'Орлова', given: 'Вера', email, position: 'Администратор' },
})

let it: Stage
before(async (t) => {
  it = await stage(t as never)
})
const found = (inn: string, email?: string) => foundCompany({ pool: it.owner, sealer: it.sealer, now: it.clock.now }, draft(inn, email))
const cookieOf = (headers: Record<string, unknown>): string => String(headers['set-cookie']).split(';')[0] ?? ''

test('the administrator of a founded company accepts the invitation, signs in and finds the register, the doors and the clocks in place', async () => {
  const { tenantId, token } = await found('7707083893')
  assert.equal((await it.stranger.post('/sign-in', { email: 'vera@rassvet.example', password })).status, 401)
  assert.equal((await it.stranger.post('/invitations/accept', { token, password })).status, 200)
  const entered = await it.stranger.post('/sign-in', { email: 'vera@rassvet.example', password })
  assert.equal(entered.status, 200)
  const cookie = { cookie: cookieOf(entered.headers) }
  const me = await it.stranger.get<{ name: string; role: string; tenant: { tenantId: string; kind: string } }>('/me', cookie)
  assert.deepEqual([me.body.role, me.body.tenant.tenantId, me.body.tenant.kind], ['administrator', tenantId, 'dealer'])
  assert.match(me.body.name, /Орлова/)
  const { body: policies } = await it.stranger.get<{ policies: { version: number }[] }>('/lead-policies', cookie)
  assert.ok(policies.policies.every(({ version }) => version === 1))
  const { body: doors } = await it.stranger.get<{ sources: { code: string; mailToken: string | null }[] }>('/lead-sources', cookie)
  assert.ok(doors.sources.find(({ code }) => code === 'mail')?.mailToken)
  const { rows } = await it.owner.query<{ code: string; counts_from_year_end: boolean }>('select code, counts_from_year_end from activities where tenant_id = $1', [tenantId])
  assert.deepEqual(rows.flatMap((line) => (line.counts_from_year_end ? line.code : [])).sort(), ['sale', 'service'])
  assert.deepEqual(
    rows.map(({ code }) => code).sort(),
    standardRegister('dealer')
      .map(({ code }) => code)
      .sort(),
  )
})

test('the founding is on the record of the company, and the administrator is held on the ground of employment', async () => {
  const { tenantId } = await found('7728168971', 'gleb@rassvet.example')
  const { rows: events } = await it.owner.query<{ event: string; door: string }>('select event, door from log_events where tenant_id = $1 order by event', [tenantId])
  assert.deepEqual(events, [
    { event: 'privacy_policy.published', door: 'npm run found' },
    { event: 'staff.invited', door: 'npm run found' },
    { event: 'tenant.created', door: 'npm run found' },
  ])
  const { rows: held } = await it.owner.query<{ code: string; basis: string }>(
    'select a.code, g.basis from grounds g join activities a on a.tenant_id = g.tenant_id and a.id = g.activity_id join employees e on e.tenant_id = g.tenant_id and e.person_id = g.person_id where g.tenant_id = $1',
    [tenantId],
  )
  assert.deepEqual(held, [{ code: 'employment', basis: 'contract' }])
})

test('somebody who works for another company here keeps the account and its password', async () => {
  const { token: first } = await found('7736207543', 'sonya@rassvet.example')
  assert.equal((await it.stranger.post('/invitations/accept', { token: first, password })).status, 200)
  const { token: second } = await found('5003052454', 'Sonya@Rassvet.example')
  assert.equal((await it.stranger.post('/invitations/accept', { token: second, password: 'чужой длинный пароль' })).status, 401)
  assert.equal((await it.stranger.post('/invitations/accept', { token: second, password })).status, 200)
})

test('a second company with the same ИНН is refused, and nothing of it stays', async () => {
  await found('7710140679', 'lev@rassvet.example')
  const count = async (): Promise<number> => (await it.owner.query('select from outlets')).rowCount ?? 0
  const outlets = await count()
  await assert.rejects(found('7710140679', 'nina@rassvet.example'), /7710140679 is here already/)
  assert.equal(await count(), outlets)
})

test('a wrong check digit, a closed week and an address that is none are refused before anything is written', async () => {
  const wrong = draft('7707083894', 'not an address')
  const call = foundCompany(
    { pool: it.owner, sealer: it.sealer, now: it.clock.now },
    { ...wrong, outlet: { ...wrong.outlet, hours: { mon: null, tue: null, wed: null, thu: null, fri: null, sat: null, sun: null } } },
  )
  await assert.rejects(call, (error: z.ZodError) => {
    assert.deepEqual(
      error.issues.map(({ path, message }) => `${path.join('.')} ${message}`),
      ['company.inn inn_check', 'outlet.hours never_open', 'administrator.email email_format'],
    )
    return true
  })
})

test('a founded company has its first policy, made of the register it begins with, and the screen of its officer finds it true', async () => {
  const { tenantId } = await found('7702070139', 'mira@rassvet.example')
  const { rows } = await it.owner.query<{ version: number; body: string; english: string; by: string | null }>(
    'select version, body_ru body, body_en english, published_by by from policy_versions where tenant_id = $1',
    [tenantId],
  )
  assert.deepEqual([rows.length, rows[0]?.version, rows[0]?.by], [1, 1, null])
  for (const { name } of standardRegister('dealer')) assert.ok(rows[0]?.body.includes(name), name)
  assert.doesNotMatch(rows[0]?.english ?? '', /Обработка обращений|закрытие обращения/)
  const dealer = { tenantId, outletId: null, departments: {}, activities: {} }
  const { rows: lines } = await it.owner.query<{ code: string; id: string }>('select code, id from activities where tenant_id = $1', [tenantId])
  const activities = Object.fromEntries(lines.map(({ code, id }) => [code, id]))
  const officer = await it.hire('privacy_officer', { dealer: { ...dealer, activities } as never, outletId: null })
  const { status, body } = await officer.get<{ changes: unknown[]; problems: unknown[] }>('/policy/draft')
  assert.deepEqual([status, body.changes, body.problems], [200, [], []])
})

test('the wording of every standard register is known in English', () => {
  const said = (['dealer', 'distributor', 'platform'] as const).flatMap((kind) =>
    standardRegister(kind).flatMap(({ name, retentionFrom, destruction }) => [name, retentionFrom, destruction]),
  )
  assert.deepEqual(
    said.filter((text) => !isTranslated(text)),
    [],
  )
})
