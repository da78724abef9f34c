/** Whoever is destroyed while their page is open reads there that nothing is held: the page is empty, does nothing, and ends in its own time. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, type Browser } from './browser-stage.ts'
import { portalJobs } from './index.ts'
import { portalStage, type PortalStage } from './portal-stage.ts'
import { openEnds } from '../../../test/ends.ts'

const MINUTE = 60_000
let it: PortalStage
let my: string
let officer: Awaited<ReturnType<PortalStage['hire']>>
const ends = openEnds()
before(async () => {
  it = await portalStage(ends)
  my = `/site/${it.visitor.slug}/my`
  officer = await it.hire('privacy_officer', { dealer: it.home })
})
after(ends.close)

/** Comes in by this address and demands the destruction, which the officer carries out. */
async function destroyed(contact: { fullName: string; emails: string[] }): Promise<{ id: string; browser: Browser; number: number; actId: string; sessionId: string }> {
  const id = await it.client(contact)
  const browser = openBrowser(it.app)
  await browser.open(my)
  const challengeId = (await browser.send('/my/code', { address: contact.emails[0]! })).at.split('/').at(-1) ?? ''
  await browser.send(`/code/${challengeId}`, { code: (await it.post(challengeId))?.code ?? '' })
  await browser.open(`${my}/demand/${id}/destroy`)
  await browser.send(`/demand/${id}/destroy`)
  const { rows } = await it.owner.query<{ id: string; version: number; session: string }>(
    `select r.id, r.version, p.session_id session from subject_requests r join portal_session_persons p on p.person_id = r.person_id where r.person_id = $1`,
    [id],
  )
  const { body } = await officer.post<{ actId: string }>(`/requests/${rows[0]!.id}/destroy`, { version: rows[0]!.version, reason: 'stop_demand' })
  const act = await officer.get<{ number: number }>(`/destructions/${body.actId}`)
  return { id, browser, number: act.body.number, actId: body.actId, sessionId: rows[0]!.session }
}

test('Ulya reads the number of the act and nothing of herself on any page', async () => {
  const { browser, number } = await destroyed({ fullName: 'Уходова Ульяна', emails: ['ulya@example.ru'] })
  const shown = await browser.open(my)
  assert.match(shown.text, new RegExp(`больше ничего не хранится[^]*акт № ${number}\\D`))
  for (const place of ['', '/data', '/consents', '/recipients', '/looks', '/requests', '/copy', '/copy.json']) {
    const page = await browser.open(`${my}${place}`)
    assert.equal(page.status, 200, place)
    assert.doesNotMatch(page.text, /Уходов|Ульян|У\. У\.|ulya@/, place)
  }
})

test('the empty page can do nothing but be left', async () => {
  const { id, browser } = await destroyed({ fullName: 'Пустова Полина', emails: ['polina@example.ru'] })
  const polina = it.withCookie(it.home, `infotech_own=${browser.cookies.get('infotech_own')}`)
  const counts = `select (select count(*)::int from subject_requests where tenant_id = $1) requests, (select count(*)::int from objections where tenant_id = $1) objections, (select count(*)::int from facts where person_id = $2) facts`
  const countRows = async () => (await it.owner.query(counts, [it.home.tenantId, id])).rows[0]
  const before = await countRows()
  for (const [path, body] of [
    [`/own/persons/${id}/stop-marketing`, {}],
    [`/own/persons/${id}/consents/request/withdraw`, {}],
    ['/own/requests', { personId: id, kind: 'access' }],
    ['/own/requests', { personId: id, kind: 'stop_marketing' }],
  ] as const)
    assert.equal((await polina.post(path, body)).status, 404, path)
  assert.equal((await polina.get(`/own/persons/${id}/looks`)).status, 404)
  assert.deepEqual(await countRows(), before)
  assert.equal((await polina.post('/own/leave')).status, 200)
  assert.equal((await polina.get('/own')).status, 401)
})

test('the session that stays holds the act and no id, name or address, and no word of the person', async () => {
  const { id, actId, sessionId } = await destroyed({ fullName: 'Следова Соня', emails: ['sonya@example.ru'] })
  const { rows } = await it.owner.query<{ line: string; acts: string[] }>('select s::text line, s.act_ids acts from portal_sessions s where s.id = $1', [sessionId])
  assert.deepEqual(rows[0]?.acts, [actId])
  assert.ok(![id, 'Следова', 'sonya'].some((mark) => rows[0]!.line.includes(mark)), rows[0]!.line)
  assert.deepEqual((await it.owner.query('select 1 from portal_session_persons where session_id = $1', [sessionId])).rows, [])
})

test('another page that is open meanwhile is told of no act but its own', async () => {
  const other = await it.subject(it.home, [await it.client({ fullName: 'Другова Дина', emails: ['dina@example.ru'] })])
  await destroyed({ fullName: 'Ушедшая Уля', emails: ['ushla@example.ru'] })
  assert.deepEqual((await other.get<{ gone: unknown[] }>('/own')).body.gone, [])
})

test('the empty page closes after half an hour without a step, and its row goes at night', async () => {
  const { browser, sessionId } = await destroyed({ fullName: 'Срокова Света', emails: ['srok@example.ru'] })
  it.clock.forward(31 * MINUTE)
  assert.doesNotMatch((await browser.open(my)).text, /больше ничего не хранится/)
  it.clock.forward(27 * 60 * MINUTE)
  await it.job(it.home, 'sweep-portal', (ctx) => portalJobs['sweep-portal']!(ctx, {}))
  assert.deepEqual((await it.owner.query('select 1 from portal_sessions where id = $1', [sessionId])).rows, [])
})
