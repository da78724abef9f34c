import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { ConsentKind } from '../../contract/consent/consent.ts'
import type { Dealer } from '../../test/dealer.ts'
import { stage, type Stage } from '../../test/stage.ts'
import { openBrowser, publishTexts, showModelOf, type Browser, type Page } from './browser-stage.ts'

let it: Stage
let dealer: Dealer
let texts: Record<ConsentKind, string>
let slug: string
let at: string
before(async (t) => {
  it = await stage(t as never)
  dealer = await it.dealer('Звезда')
  texts = await publishTexts(it, dealer)
  await showModelOf(it, dealer)
  slug = (await it.site(dealer)).slug
  at = `/site/${slug}/request`
})

const READING_MS = 30_000
let phones = 0
/** Every visitor of a test has a phone of their own. */
const newPhone = (): string =>
  `+7 900 555-${String((phones += 1))
    .padStart(4, '0')
    .replace(/(..)(..)/, '$1-$2')}`
const vera = (more: Record<string, string> = {}): Record<string, string> => ({
  interest: 'test_drive',
  name: 'Соколова Вера Ильинична',
  phone: newPhone(),
  email: '',
  consent_request: texts.request,
  ...more,
})

/** Opens the form, reads for half a minute and sends it. */
async function send(browser: Browser, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Page & { sent: Record<string, string> }> {
  await browser.get(at)
  it.clock.forward(READING_MS)
  const sent = { ...browser.hidden(at), ...fields }
  return { ...(await browser.post(at, sent, headers)), sent }
}

type LeadRow = { id: string; number: string; person_id: string; interest: string; model_id: string | null; outlet_id: string }
const leadOf = async (page: Page): Promise<LeadRow> => {
  const ref = page.location.split('/').at(-1)
  const { rows } = await it.owner.query<LeadRow>(`select id, number, person_id, interest, model_id, outlet_id from leads where tenant_id = $1 and external_ref = $2`, [
    dealer.tenantId,
    ref,
  ])
  assert.equal(rows.length, 1, `${page.status} ${page.body.slice(0, 300)}`)
  return rows[0]!
}
const countLeads = async (): Promise<number> => Number((await it.owner.query(`select count(*) n from leads where tenant_id = $1`, [dealer.tenantId])).rows[0].n)

test('Vera leaves a request: a lead for whoever answers, she is held on her own consent, and each box she ticked has its sealed proof', async () => {
  const browser = openBrowser(it, { 'user-agent': 'Mozilla/5.0 Canary-Agent-7531' })
  const page = await send(
    browser,
    vera({
      email: 'vera@mail.example',
      model: dealer.modelId,
      place: `place:${dealer.outletId}`,
      wishes: 'Удобно в субботу утром',
      consent_advertising_data: texts.advertising_data,
      consent_advertising_email: texts.advertising_email,
    }),
  )
  assert.equal(page.status, 303)
  const lead = await leadOf(page)
  assert.deepEqual([lead.interest, lead.model_id, lead.outlet_id], ['test_drive', dealer.modelId, dealer.outletId])
  const done = await browser.get(page.location)
  assert.match(done.body, new RegExp(`Заявка принята[^]*Номер заявки: ${lead.number}[^]*Вам ответят до`))

  const { rows: events } = await it.owner.query(`select id, kind, state, how, place, text_id from consent_events where tenant_id = $1 and person_id = $2 order by kind`, [
    dealer.tenantId,
    lead.person_id,
  ])
  assert.deepEqual(
    events.map(({ kind, state, how, place, text_id }) => [kind, state, how, place, text_id]),
    ['advertising_data', 'advertising_email', 'request'].map((kind) => [kind, 'given', 'site', `site:${slug}/request`, texts[kind as ConsentKind]]),
  )
  const { rows: sealed } = await it.owner.query<{ payload: Buffer }>(`select payload from facts where tenant_id = $1 and record_id = any ($2)`, [
    dealer.tenantId,
    events.map(({ id }) => id),
  ])
  assert.equal(sealed.length, 3)
  for (const { payload } of sealed) assert.ok(!payload.includes('Canary-Agent-7531'))
  const { rows: grounds } = await it.owner.query(
    `select a.code, g.basis, g.evidence from grounds g join activities a on a.tenant_id = g.tenant_id and a.id = g.activity_id where g.tenant_id = $1 and g.person_id = $2 order by a.code`,
    [dealer.tenantId, lead.person_id],
  )
  const requestEvent = events.find(({ kind }) => kind === 'request')
  assert.deepEqual(
    grounds.map(({ code, basis }) => [code, basis]),
    [
      ['lead', 'consent'],
      ['marketing', 'consent'],
    ],
  )
  assert.deepEqual(grounds[0]?.evidence, { leadId: lead.id, consentEventId: requestEvent?.id })

  const anna = await it.hire('operator', { dealer })
  const { body } = await anna.get<{ rows: { id: string; source: string; masked: { name: string } }[] }>('/leads')
  const shown = body.rows.find(({ id }) => id === lead.id)
  assert.deepEqual([shown?.source, shown?.masked.name], ['site', 'Соколова В. И.'])
  const comment = await anna.post<{ text: string }>(`/leads/${lead.id}/comment`)
  assert.equal(comment.body.text, 'Удобно в субботу утром')
  const said = (await it.events(dealer)).filter(({ personIds }) => personIds.includes(lead.person_id)).map(({ event }) => event)
  for (const event of ['person.created', 'lead.received', 'consent.given']) assert.ok(said.includes(event), event)
})

test('only the needed box ticked: the request is taken all the same, and nothing is agreed to but what was ticked', async () => {
  const lead = await leadOf(await send(openBrowser(it), vera()))
  const { rows } = await it.owner.query(`select kind from consent_events where tenant_id = $1 and person_id = $2`, [dealer.tenantId, lead.person_id])
  assert.deepEqual(rows, [{ kind: 'request' }])
})

test('no box is ticked before the visitor ticks it', async () => {
  const { body } = await openBrowser(it).get(at)
  const boxes = [...body.matchAll(/<input\s+type="checkbox"[^>]*>/g)].map(([box]) => box)
  assert.equal(boxes.length, 5)
  for (const box of boxes) assert.doesNotMatch(box, /\schecked/)
})

test('the mark that the policy was read names its version, blocks nothing and is no consent', async () => {
  const other = await it.dealer('С политикой')
  const ids = await publishTexts(it, other)
  const there = `/site/${(await it.site(other)).slug}/request`
  await it.owner.query(
    `insert into policy_versions (tenant_id, id, version, facts, facts_sha256, body_ru, body_en, page_ru, page_en, sha256_ru, sha256_en, published_at) values ($1, gen_random_uuid(), 4, '{}', '', 'Политика', 'Policy', 'Политика', 'Policy', '', '', now())`,
    [other.tenantId],
  )
  const leave = async (fields: Record<string, string>): Promise<Page> => {
    const browser = openBrowser(it)
    const { body } = await browser.get(there)
    assert.match(body, /name="policy"\s+value="4"/)
    it.clock.forward(READING_MS)
    return browser.post(there, { ...browser.hidden(there), ...vera({ consent_request: ids.request }), ...fields })
  }
  assert.equal((await leave({})).status, 303)
  assert.equal((await leave({ policy: '4' })).status, 303)
  assert.equal((await leave({ policy: '99' })).status, 422)
  const { rows } = await it.owner.query(
    `select v.version, (select count(*)::int from consent_events e where e.tenant_id = $1 and e.person_id = m.person_id) consents from policy_marks m join policy_versions v on v.id = m.policy_id where m.tenant_id = $1`,
    [other.tenantId],
  )
  assert.deepEqual(rows, [{ version: 4, consents: 1 }])
})

test('without the needed box the request is refused in words, what was typed stays, and nothing is kept', async () => {
  const before = await countLeads()
  const { consent_request: _unticked, ...fields } = vera({ name: 'Вера', wishes: 'Красную', consent_advertising_sms: texts.advertising_sms })
  const page = await send(openBrowser(it), fields)
  assert.equal(page.status, 422)
  assert.match(page.body, /href="#consent_request"[^>]*>Без согласия на обработку данных для этой заявки мы не вправе/)
  assert.match(page.body, /value="Вера"/)
  assert.match(page.body, /<textarea[^>]*>\nКрасную<\/textarea>/)
  assert.match(page.body, /id="consent_advertising_sms"[^>]*checked/)
  assert.match(page.body, /id="consent_request"[^>]*aria-invalid="true"/)
  assert.equal(await countLeads(), before)
})

test('what cannot be read is named at its field and in the summary that leads there', async () => {
  const page = await send(openBrowser(it), vera({ name: '', phone: '12', email: 'not an address' }))
  assert.equal(page.status, 422)
  for (const name of ['name', 'phone', 'email']) {
    assert.match(page.body, new RegExp(`href="#${name}"`))
    assert.match(page.body, new RegExp(`id="${name}"[^>]*aria-describedby="[^"]*${name}-problem"[^>]*aria-invalid="true"`))
  }
  const nobody = await send(openBrowser(it), vera({ phone: '', email: '' }))
  assert.match(nobody.body, /href="#phone"[^>]*>Оставьте телефон или почту/)
})

test('a double press, a reload and two at once are one lead and one answer', async () => {
  const browser = openBrowser(it)
  const before = await countLeads()
  await browser.get(at)
  it.clock.forward(READING_MS)
  const sent = { ...browser.hidden(at), ...vera() }
  const [one, two] = await Promise.all([browser.post(at, sent), browser.post(at, sent)])
  const three = await browser.post(at, sent)
  assert.deepEqual([one?.status, two?.location, three.location], [303, one?.location, one?.location])
  assert.equal(await countLeads(), before + 1)
  const { personIds } = (await it.events(dealer, 'site.request_repeated')).at(-1)!
  const { rows } = await it.owner.query(`select count(*)::int n from consent_events where tenant_id = $1 and person_id = $2`, [dealer.tenantId, personIds[0]])
  assert.equal(rows[0].n, 1)
})

for (const [what, fields, waits] of [
  ['fills the field that people do not see', { website: 'https://spam.example' }, true],
  ['sends within a second', {}, false],
  ['advertises an address', { wishes: 'Продвинем сайт: https://spam.example' }, true],
] as const) {
  test(`a robot that ${what} sees the ordinary page, and its words wait for a human`, async () => {
    const before = await countLeads()
    const browser = openBrowser(it)
    await browser.get(at)
    if (waits) it.clock.forward(READING_MS)
    const page = await browser.post(at, { ...browser.hidden(at), ...vera(fields) })
    assert.equal(page.status, 303)
    const done = await browser.get(page.location)
    assert.match(done.body, /Заявка принята/)
    assert.equal(await countLeads(), before)
    const anna = await it.hire('operator', { dealer })
    const { body } = await anna.get<{ rows: { id: string; problem: string; status: string }[] }>('/intake/messages')
    const kept = body.rows.find(({ id }) => id === page.location.split('/').at(-1))
    assert.deepEqual([kept?.problem, kept?.status], ['suspected_spam', 'unparsed'])
    const opened = await anna.post<{ draft: { fullName: string; phones: string[] } }>(`/intake/messages/${kept?.id}/open`)
    assert.match(opened.body.draft.fullName, /Соколова/)
  })
}

test('a form of yesterday, of another site or made up is given anew, with everything that was typed', async () => {
  const browser = openBrowser(it)
  await browser.get(at)
  it.clock.forward(25 * 3_600_000)
  const old = { ...browser.hidden(at), ...vera({ wishes: 'Серую' }) }
  const page = await browser.post(at, old)
  assert.equal(page.status, 422)
  assert.match(page.body, /Форма пролежала слишком долго/)
  assert.match(page.body, /Серую<\/textarea>/)
  assert.doesNotMatch(page.body, new RegExp(`value="${old.token}"`))
  const other = await it.dealer('Другой')
  await publishTexts(it, other)
  const there = await it.site(other)
  const foreign = openBrowser(it)
  await foreign.get(`/site/${there.slug}/request`)
  const { token = '' } = foreign.hidden(`/site/${there.slug}/request`)
  it.clock.forward(READING_MS)
  for (const bad of [token, 'AAAA', '', 'я']) {
    const refused = await send(openBrowser(it), vera({ token: bad }))
    assert.equal(refused.status, 422, bad)
  }
})

test('models, places and texts of another company are as unknown as none', async () => {
  const other = await it.dealer('Третий')
  await showModelOf(it, other)
  const foreign = await publishTexts(it, other)
  const nothing = '019a0000-0000-7000-8000-000000000000'
  for (const id of [other.modelId, nothing]) assert.match((await send(openBrowser(it), vera({ model: id }))).body, /href="#model"/)
  for (const id of [other.outletId, nothing]) assert.match((await send(openBrowser(it), vera({ place: `place:${id}` }))).body, /href="#place"/)
  for (const id of [foreign.request, nothing]) assert.equal((await send(openBrowser(it), vera({ consent_request: id }))).status, 422)
})

test('a form that another site sends in the visitor’s name is refused and keeps nothing', async () => {
  const before = await countLeads()
  const browser = openBrowser(it)
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'null' }] as Record<
    string,
    string
  >[]) {
    const page = await send(browser, vera(), headers)
    assert.equal(page.status, 403)
    assert.match(page.body, /Форма устарела/)
  }
  const without = await send(browser, vera({ key: '' }))
  assert.equal(without.status, 403)
  await browser.get(at)
  const sent = { ...browser.hidden(at), ...vera() }
  browser.cookies.delete('infotech_form')
  assert.equal((await browser.post(at, sent)).status, 403)
  assert.equal(await countLeads(), before)
})

test('hostile words come back as words', async () => {
  const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>'&`
  for (const name of ['name', 'phone', 'email', 'wishes', 'model', 'place', 'interest', 'consent_request']) {
    const page = await send(openBrowser(it), vera({ phone: '1', [name]: hostile }))
    assert.equal(page.status, 422, name)
    assert.doesNotMatch(page.body, /<script|<img|onerror=alert\(2\)>'/i, name)
  }
})

test('bytes that are no UTF-8, hidden zeros and floods of fields are refused in words', async () => {
  const browser = openBrowser(it)
  await browser.get(at)
  const raw = async (payload: string | Buffer, type = 'application/x-www-form-urlencoded') =>
    it.app.http.inject({ method: 'POST', url: at, headers: { 'content-type': type }, payload })
  for (const payload of ['name=%FF%FE', 'name=%00', 'name=%', Buffer.from([0x6e, 0x3d, 0xff])]) {
    const reply = await raw(payload)
    assert.equal(reply.statusCode, 400)
    assert.match(reply.body, /Форма не читается/)
  }
  assert.equal((await raw(`wishes=${'я'.repeat(20_000)}`)).statusCode, 413)
  assert.equal((await raw(Array.from({ length: 200 }, (_, n) => `f${n}=1`).join('&'))).statusCode, 400)
  assert.equal((await raw('{}', 'application/json')).statusCode, 400)
})
