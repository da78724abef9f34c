import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { before, test } from 'node:test'
import Fastify from 'fastify'
import type { ConsentKind } from '../../contract/consent/consent.ts'
import type { Dealer } from '../../test/dealer.ts'
import { stage, type Stage } from '../../test/stage.ts'
import { Refusal } from '../kernel/index.ts'
import { openBrowser, publishTexts, showModelOf, type Page } from './browser-stage.ts'
import { answerWithPage } from './pages/error-page.ts'

let it: Stage
let dealer: Dealer
let texts: Record<ConsentKind, string>
let home: string
before(async (t) => {
  it = await stage(t as never)
  dealer = await it.dealer('Звезда')
  texts = await publishTexts(it, dealer)
  await showModelOf(it, dealer)
  home = `/site/${(await it.site(dealer)).slug}`
})

const MAX_BYTES = 60_000
const paths = (): string[] => ['', '/', '/models', `/models/${dealer.modelId}`, '/dealers', '/request', '/consents', `/consents/${texts.request}`, '/cookies', '/nothing']
const look = (path: string, headers: Record<string, string> = {}): Promise<Page> => openBrowser(it, headers).get(path)

test('an address that names no company is a page in words, in the language of the visitor', async () => {
  const russian = await look('/site/nobody/models')
  assert.equal(russian.status, 404)
  assert.match(String(russian.headers['content-type']), /^text\/html/)
  assert.match(russian.body, /<html lang="ru">[^]*Такой страницы нет/)
  assert.match((await look('/site/nobody', { 'accept-language': 'en' })).body, /<html lang="en">[^]*There is no such page/)
})

test('no page holds a script, a style of its own or an address of another site, and the browser is told to run none', async () => {
  for (const path of paths()) {
    const { body, headers } = await look(`${home}${path}`)
    assert.doesNotMatch(body, /<script|<style|<iframe|<img|\sstyle=|\son\w+=|javascript:/i, path)
    for (const [, address] of body.matchAll(/(?:href|src|action|srcset|content)="([^"]*)"/g)) if (address?.includes(':')) assert.match(address, /^data:,$/, `${path} ${address}`)
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /default-src 'none'/)
    assert.match(policy, /form-action 'self'/)
    assert.doesNotMatch(policy, /script-src|unsafe-inline|https?:/)
  }
})

test('a page with its style sheet weighs less than sixty kilobytes', async () => {
  for (const path of paths()) {
    const { body } = await look(`${home}${path}`)
    const sheet = await look(/href="(\/site-assets\/[^"]+\.css)"/.exec(body)?.[1] ?? '', { 'accept-encoding': 'gzip, br' })
    assert.deepEqual([sheet.status, sheet.headers['content-encoding'], sheet.headers['cache-control']], [200, 'br', 'public, max-age=31536000, immutable'])
    assert.ok(Buffer.byteLength(body) + Number(sheet.headers['content-length']) < MAX_BYTES, path)
  }
})

test('every page names the operator, the policy, the settings of cookies and the person’s own page, and speaks both languages', async () => {
  for (const path of paths()) {
    const { body } = await look(`${home}${path}`)
    for (const link of ['/policy', '/cookies', '/my', '/consents']) assert.match(body, new RegExp(`href="${home}${link}"`), path)
    assert.match(body, /ИНН 7707083893/)
    const browser = openBrowser(it)
    assert.match((await browser.get(`${home}${path}?lang=en`)).body, /<html lang="en">[^]*Personal data policy/, path)
    assert.match((await browser.get(`${home}${path}`)).body, /<html lang="en">/, path)
  }
})

test('a model is shown with its price and its trims; a hidden one, another company’s and none are the same 404', async () => {
  const list = await look(`${home}/models`)
  assert.match(list.body, /Для города[^]*от 2\s390\s000\s₽/)
  const model = await look(`${home}/models/${dealer.modelId}`)
  assert.match(model.body, /2\s390\s000\s₽ – 2\s600\s000\s₽[^]*Старт[^]*Стиль/)
  assert.match(model.body, new RegExp(`href="${home}/request\\?model=${dealer.modelId}&amp;interest=test_drive"`))
  const other = await it.dealer('Чужой')
  await showModelOf(it, other)
  const plain = ({ status, body }: Page): unknown => [status, body.replaceAll(/value="[^"]*"|href="[^"]*lang=[^"]*"/g, '')]
  const nothing = await look(`${home}/models/019a0000-0000-7000-8000-000000000000`)
  assert.equal(nothing.status, 404)
  assert.deepEqual(plain(await look(`${home}/models/${other.modelId}`)), plain(nothing))
  await it.owner.query(`update site_models set is_shown = false where tenant_id = $1`, [other.tenantId])
  assert.equal((await look(`/site/${(await it.site(other)).slug}/models/${other.modelId}`)).status, 404)
  assert.equal((await look(`${home}/models/not-an-id`)).status, 404)
})

test('a place tells by its own clock whether it is open, and until when', async () => {
  const before = it.clock.now
  // 2026-03-02 is a Monday; nine o'clock in Moscow is six in UTC.
  it.clock.now = new Date('2026-03-02T07:00:00Z')
  assert.match((await look(`${home}/dealers`)).body, /Открыто до 21:00[^]*Главный салон[^]*пн–вс 09:00–21:00/)
  it.clock.now = new Date('2026-03-02T19:00:00Z')
  assert.match((await look(`${home}/dealers`)).body, /Закрыто, откроется 09:00/)
  await it.owner.query(`update outlets set time_zone = 'Asia/Vladivostok' where tenant_id = $1`, [dealer.tenantId])
  it.clock.now = new Date('2026-03-02T23:30:00Z')
  assert.match((await look(`${home}/dealers`)).body, /Открыто до 21:00/)
  await it.owner.query(`update outlets set time_zone = 'Europe/Moscow' where tenant_id = $1`, [dealer.tenantId])
  it.clock.now = before
})

test('the first page shows six places, the page of places all of them', async () => {
  const large = await it.dealer('Большой')
  const at = `/site/${(await it.site(large)).slug}`
  await it.owner.query(
    `insert into outlets (tenant_id, id, name, address, time_zone, hours)
     select o.tenant_id, gen_random_uuid(), 'Салон ' || n, 'г. Абакан, ул. Ленина, ' || n, o.time_zone, o.hours from outlets o, generate_series(1, 7) n where o.tenant_id = $1`,
    [large.tenantId],
  )
  const shown = (page: Page): number => [...page.body.matchAll(/Салон \d/g)].length
  assert.deepEqual([shown(await look(at)), shown(await look(`${at}/dealers`))], [6, 7])
})

test('a consent text stands at its own address word for word, with version, day and hash; another company’s is as unknown as none', async () => {
  const { rows } = await it.owner.query<{ body: string; sha: string }>(`select body, encode(body_sha256, 'hex') sha from consent_texts where id = $1`, [texts.advertising_sms])
  const [{ body, sha } = { body: '', sha: '' }] = rows
  const page = await look(`${home}/consents/${texts.advertising_sms}`)
  assert.ok(page.body.includes(`<div class="paper verbatim" lang="ru">${body}</div>`))
  assert.match(page.body, new RegExp(`Версия 1 от [^]*${sha}`))
  const plain = await look(`${home}/consents/${texts.advertising_sms}/plain`)
  assert.equal(plain.body, body)
  assert.equal(createHash('sha256').update(plain.body, 'utf8').digest('hex'), sha)
  const other = await it.dealer('Иной')
  const foreign = await publishTexts(it, other)
  for (const id of [foreign.request, '019a0000-0000-7000-8000-000000000000']) assert.equal((await look(`${home}/consents/${id}`)).status, 404)
})

test('names that look like markup come back as words', async () => {
  const hostile = '<b>"\'&<script>'
  await it.owner.query(`update tenants set name = $2 where tenant_id = $1`, [dealer.tenantId, hostile])
  await it.owner.query(`update sites set name = $2, headline = $2, about = $2 where tenant_id = $1`, [dealer.tenantId, hostile])
  await it.owner.query(`update site_models set headline = $2, trims = $3 where tenant_id = $1`, [dealer.tenantId, hostile, JSON.stringify([{ name: hostile, priceKopecks: 1 }])])
  for (const path of paths()) {
    const { body } = await look(`${home}${path}`)
    assert.doesNotMatch(body, /<b>|<script/i, path)
    assert.match(body, /&lt;b&gt;&quot;&#39;&amp;&lt;script&gt;/, path)
  }
})

test('a closed site answers like none, and its requests are taken by nobody', async () => {
  const other = await it.dealer('Закрытый')
  const there = `/site/${(await it.site(other)).slug}`
  assert.equal((await look(there)).status, 200)
  await it.owner.query(`update sites set is_open = false where tenant_id = $1`, [other.tenantId])
  for (const path of ['', '/request', '/models', '/cookies']) assert.equal((await look(`${there}${path}`)).status, 404)
  assert.equal((await openBrowser(it).post(`${there}/request`, { name: 'Вера' })).status, 404)
})

test('an address that cannot be read, one that is too long and one that takes no forms are pages in words as well', async () => {
  const long = 'a'.repeat(201)
  for (const path of [
    '/site/%ff',
    ...['/models/%ff', '/my/enter/%ff', '/my/%c3', '/unsubscribe/%E0%A4', '/policy/%ff', '/request/done/%'].map((rest) => home + rest),
    '/policy/%ff',
  ]) {
    const page = await look(path)
    assert.equal(page.status, 400, path)
    assertPage(page, /<html lang="ru">[^]*<h1>Адрес не читается<\/h1>/, path)
    assertPage(await look(path, { 'accept-language': 'en' }), /<html lang="en">[^]*<h1>The address cannot be read<\/h1>/, path)
    assertPage(await look(`${path}?lang=en`), /<html lang="en">/, path)
    assert.equal(page.body.includes(`href="${home}"`), path.startsWith(home), path)
  }
  for (const path of ['/models/', '/my/enter/', '/unsubscribe/', '/policy/', '/request/done/'].map((rest) => home + rest + long)) {
    const page = await look(path)
    assert.equal(page.status, 404, path)
    assertPage(page, /<h1>Такой страницы нет<\/h1>/, path)
  }
  for (const path of [`/site/${long}/request`, `${home}/my/enter/${long}`, `${home}/unsubscribe/${long}`]) {
    const page = await openBrowser(it).post(path, {})
    assert.equal(page.status, 414, path)
    assertPage(page, /<html lang="ru">[^]*<h1>Слишком длинный адрес<\/h1>/, path)
  }
  for (const path of [`${home}/models`, `${home}/policy`, '/policy', '/site', '/policy/nothing']) {
    const page = await openBrowser(it).post(path, {})
    assert.equal(page.status, 404, path)
    assertPage(page, /<h1>Такой страницы нет<\/h1>/, path)
    assert.equal(page.body.includes(`href="${home}"`), path.startsWith(home), path)
  }
})

function assertPage({ headers, body }: Page, words: RegExp, what: string): void {
  assert.match(String(headers['content-type']), /^text\/html/, what)
  assert.match(String(headers['content-security-policy']), /default-src 'none'[^]*frame-ancestors 'none'/, what)
  assert.deepEqual([headers['x-content-type-options'], headers['x-frame-options'], headers['cache-control']], ['nosniff', 'DENY', 'no-store'], what)
  assert.match(body, words, what)
}

test('an act at an address that cannot be read, or at none, is refused in the contract’s own words', async () => {
  for (const [path, status, error] of [
    ['/sites/%ff/home', 400, 'malformed'],
    [`/sites/${'a'.repeat(201)}/home`, 400, 'malformed'],
    ['/leads/%ff', 400, 'malformed'],
    ['/nothing', 404, 'not_found'],
  ] as const) {
    const reply = await it.stranger.get<{ error: string }>(path)
    assert.deepEqual([reply.status, reply.body.error], [status, error], path)
    assert.match(String(reply.headers['content-type']), /^application\/json/, path)
  }
})

test('under overload the visitor is told in words to come back, and when', async () => {
  const bare = Fastify()
  const never = (): never => assert.fail('nothing more is asked of a server that is overloaded')
  bare.setErrorHandler((error, request, reply) =>
    answerWithPage({ work: never, findSite: never, isSecure: false, origin: '', vault: it.app.deps.vault, now: () => new Date() }, error, request, reply),
  )
  bare.get('/site/:site', () => {
    throw new Refusal('unavailable')
  })
  const reply = await bare.inject({ url: '/site/x' })
  assert.deepEqual([reply.statusCode, reply.headers['retry-after']], [503, '5'])
  assert.match(reply.body, /Ничего не потеряно/)
})
