import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { MAX_TRACKER_DAYS, trackers } from '../../contract/site/trackers.ts'
import type { Dealer } from '../../test/dealer.ts'
import { eventually } from '../../test/eventually.ts'
import { stage, type Stage } from '../../test/stage.ts'
import { openBrowser, publishTexts, showModelOf, type Browser } from './browser-stage.ts'
import { siteJobs } from './index.ts'

let it: Stage
let dealer: Dealer
let texts: Record<string, string>
let home: string
let cookies: string
before(async (t) => {
  it = await stage(t as never)
  dealer = await it.dealer('Звезда')
  texts = await publishTexts(it, dealer)
  await showModelOf(it, dealer)
  home = `/site/${(await it.site(dealer)).slug}`
  cookies = `${home}/cookies`
})

type Choice = { analytics: boolean; marketing: boolean; is_signalled: boolean; how: string; analytics_text_id: string | null; marketing_text_id: string | null; visitor_id: string }
const choicesOf = async (browser: Browser): Promise<Choice[]> => {
  const visitorId = browser.cookies.get('infotech_choice')?.split('.').at(-1)
  const { rows } = await it.owner.query<Choice>(`select * from cookie_choices where tenant_id = $1 and visitor_id = $2 order by at, id`, [dealer.tenantId, visitorId])
  return rows
}
const choose = async (browser: Browser, fields: Record<string, string>, page = home) => {
  await browser.get(page)
  return browser.post(cookies, { ...browser.hidden(cookies), ...fields })
}

test('before anything is chosen the site sets only what it needs, and asks with two buttons of equal weight', async () => {
  const browser = openBrowser(it)
  const { body } = await browser.get(`${home}?utm_campaign=spring`)
  assert.deepEqual([...browser.cookies.keys()], ['infotech_form'])
  assert.match(body, /<button class="button" name="choose" value="all">[^]*?<button class="button" name="choose" value="none">/)
  assert.match(body, new RegExp(`href="${cookies}"`))
})

test('a visitor allows everything: it is written down under the texts with its sealed proof, and only now anything is set', async () => {
  const browser = openBrowser(it, { 'user-agent': 'Mozilla/5.0 Canary-Browser-9917' })
  const answer = await choose(browser, { choose: 'all' }, `${home}/models`)
  assert.deepEqual([answer.status, answer.location], [303, `${home}/models`])
  const [choice] = await choicesOf(browser)
  assert.deepEqual(
    [choice?.analytics, choice?.marketing, choice?.how, choice?.analytics_text_id, choice?.marketing_text_id],
    [true, true, 'accept', texts.cookies_analytics, texts.cookies_marketing],
  )
  const { rows } = await it.owner.query<{ payload: Buffer; all: string }>(`select payload, row_to_json(c)::text as all from cookie_choices c where visitor_id = $1`, [
    choice?.visitor_id,
  ])
  assert.ok(rows[0]?.payload.length)
  assert.ok(!rows[0]?.all.includes('Canary-Browser-9917') && !rows[0]?.payload.includes('Canary-Browser-9917') && !rows[0]?.all.includes('127.0.0.1'))
  const { body } = await browser.get(`${home}?utm_campaign=Spring-26`)
  assert.deepEqual([...browser.cookies.keys()].toSorted(), ['infotech_choice', 'infotech_form', 'infotech_from', 'infotech_seen'])
  assert.equal(browser.cookies.get('infotech_from'), 'spring-26')
  assert.match(browser.cookies.get('infotech_seen') ?? '', /^\d{4}-\d{2}-\d{2}$/)
  assert.doesNotMatch(body, /name="choose" value="all"/)
  const [event] = await it.events(dealer, 'cookies.chosen')
  assert.deepEqual([event?.details.analytics, event?.details.marketing, event?.personIds.length], [true, true, 0])
})

test('refused once, the visitor is not asked again and nothing is set', async () => {
  const browser = openBrowser(it)
  await choose(browser, { choose: 'none' })
  const { body } = await browser.get(`${home}?utm_campaign=spring`)
  assert.doesNotMatch(body, /name="choose" value="all"/)
  assert.deepEqual([...browser.cookies.keys()].toSorted(), ['infotech_choice', 'infotech_form'])
  assert.deepEqual(
    (await choicesOf(browser)).map(({ analytics, marketing, how }) => [analytics, marketing, how]),
    [[false, false, 'refuse']],
  )
})

test('whoever has refused every cookie reads the pages and leaves a request like anybody else', async () => {
  const browser = openBrowser(it)
  await choose(browser, { choose: 'none' })
  for (const path of [home, `${home}/models`, cookies]) assert.equal((await browser.get(path)).status, 200, path)
  const form = `${home}/request`
  await browser.get(form)
  it.clock.forward(30_000)
  const page = await browser.post(form, {
    ...browser.hidden(form),
    interest: 'test_drive',
    name: 'Соколова Вера Ильинична',
    phone: '+7 900 555-77-01',
    email: '',
    consent_request: texts.request ?? '',
  })
  assert.equal(page.status, 303, page.body.slice(0, 300))
  assert.match((await browser.get(page.location)).body, /Заявка принята[^]*Номер заявки: \d+/)
  const { rows } = await it.owner.query(`select 1 from leads where tenant_id = $1 and external_ref = $2`, [dealer.tenantId, page.location.split('/').at(-1)])
  assert.equal(rows.length, 1)
  assert.deepEqual([...browser.cookies.keys()].toSorted(), ['infotech_choice', 'infotech_form'], 'and nothing was set meanwhile')
})

test('by categories, changed from any page; what is no longer allowed is deleted at once, and the earlier choice stays on record', async () => {
  const browser = openBrowser(it)
  await choose(browser, { choose: 'all' })
  await browser.get(`${home}?utm_campaign=spring`)
  const answer = await choose(browser, { choose: 'details', analytics: 'on' }, cookies)
  assert.equal(answer.location, `${cookies}?saved=1`)
  assert.deepEqual([browser.cookies.has('infotech_from'), browser.cookies.has('infotech_seen')], [false, true])
  assert.match((await browser.get(answer.location)).body, /Выбор сохранён[^]*id="analytics"[^>]*checked/)
  await choose(browser, { choose: 'none' }, cookies)
  assert.equal(browser.cookies.has('infotech_seen'), false)
  assert.deepEqual(
    (await choicesOf(browser)).map(({ analytics, marketing }) => [analytics, marketing]),
    [
      [true, true],
      [true, false],
      [false, false],
    ],
  )
})

test('Global Privacy Control: nobody is asked, marketing stays off whatever is pressed, and what was set before goes', async () => {
  const browser = openBrowser(it)
  await choose(browser, { choose: 'all' })
  await browser.get(`${home}?utm_campaign=spring`)
  assert.ok(browser.cookies.has('infotech_from'))
  const signal = { 'sec-gpc': '1' }
  await browser.get(`${home}?utm_campaign=other`, signal)
  assert.equal(browser.cookies.has('infotech_from'), false)
  const fresh = openBrowser(it, signal)
  assert.doesNotMatch((await fresh.get(home)).body, /class="banner"/)
  assert.match((await fresh.get(cookies)).body, /Global Privacy Control/)
  await fresh.post(cookies, { ...fresh.hidden(cookies), choose: 'all' })
  assert.deepEqual(
    (await choicesOf(fresh)).map(({ analytics, marketing, is_signalled }) => [analytics, marketing, is_signalled]),
    [[true, false, true]],
  )
})

test('a choice leads back to a page of this site only', async () => {
  for (const back of ['https://evil.example', '//evil.example', '/site/other', `${home}/../../evil`, `${home}@evil.example`, `${home}//evil.example\r\nx: y`, '/api/me', '']) {
    const browser = openBrowser(it)
    await browser.get(home)
    const answer = await browser.post(cookies, { ...browser.hidden(cookies), choose: 'none', back })
    assert.equal(answer.status, 303)
    assert.equal(answer.location, home, back)
  }
})

test('a choice that another site makes in the visitor’s name is refused', async () => {
  const browser = openBrowser(it)
  await browser.get(home)
  const answer = await browser.post(cookies, { ...browser.hidden(cookies), choose: 'all' }, { origin: 'https://evil.example' })
  assert.equal(answer.status, 403)
  assert.equal(browser.cookies.has('infotech_choice'), false)
})

test('whatever a page sets stands in the registry with its term, and no term is longer than a year', async () => {
  const browser = openBrowser(it)
  const seen: string[] = []
  const note = ({ setCookies }: { setCookies: string[] }): void => void seen.push(...setCookies)
  note(await browser.get(`${home}?lang=en`))
  note(await choose(browser, { choose: 'all' }))
  for (const path of ['', '/models', `/models/${dealer.modelId}`, '/dealers', '/request', '/consents', `/consents/${texts.request}`, '/cookies', '/policy', '/my', '/nothing'])
    note(await browser.get(`${home}${path}?utm_campaign=spring`))
  note(await choose(browser, { choose: 'none' }))
  assert.ok(new Set(seen.map((line) => line.split('=')[0])).size >= 5)
  for (const line of seen) {
    const tracker = trackers.find(({ name }) => line.startsWith(`${name}=`))
    assert.ok(tracker, line)
    assert.match(line, /; HttpOnly; SameSite=(?:Lax|Strict)/)
    const age = /Max-Age=(\d+)/.exec(line)?.[1]
    assert.equal(age === undefined ? 0 : Number(age) === 0 ? tracker.lifetimeDays : Number(age) / 86_400, tracker.lifetimeDays, line)
  }
  for (const { lifetimeDays } of trackers) assert.ok(lifetimeDays <= MAX_TRACKER_DAYS)
})

test('pages are counted by the day only of visitors who allowed it, and no row is anybody’s', async () => {
  const other = await it.dealer('Вторая')
  await publishTexts(it, other)
  const there = `/site/${(await it.site(other)).slug}`
  const silent = openBrowser(it)
  await silent.get(`${there}/dealers`)
  const counted = openBrowser(it)
  await counted.get(there)
  await counted.post(`${there}/cookies`, { ...counted.hidden(`${there}/cookies`), choose: 'all' })
  await counted.get(there)
  await counted.get(`${there}/dealers`)
  await counted.get(`${there}/dealers`)
  const marketer = await it.hire('marketer', { dealer: other })
  await eventually(async () => {
    const { body } = await marketer.get<{ days: { views: number; visitors: number }[] }>('/site/visits?days=1')
    return body.days[0]?.views === 3 && body.days[0].visitors === 1
  }, 'three pages of one visitor')
  const { rows } = await it.owner.query(`select page, views from site_visits where tenant_id = $1 order by page`, [other.tenantId])
  assert.deepEqual(rows, [
    { page: 'dealers', views: 2 },
    { page: 'home', views: 1 },
  ])
})

test('after a year a choice goes with the key of its proof', async () => {
  const other = await it.dealer('Третья')
  await publishTexts(it, other)
  const there = `/site/${(await it.site(other)).slug}`
  const browser = openBrowser(it)
  await browser.get(there)
  await browser.post(`${there}/cookies`, { ...browser.hidden(`${there}/cookies`), choose: 'all' })
  const sweep = () => it.job(other, 'sweep-cookie-choices', (ctx) => siteJobs['sweep-cookie-choices']!(ctx, {}))
  await sweep()
  const count = async () => (await it.owner.query(`select from cookie_choices where tenant_id = $1`, [other.tenantId])).rowCount
  assert.equal(await count(), 1)
  await it.owner.query(`update cookie_choices set at = at - interval '367 days' where tenant_id = $1`, [other.tenantId])
  await sweep()
  assert.equal(await count(), 0)
  assert.equal((await it.events(other, 'cookies.forgotten'))[0]?.details.choices, 1)
})
