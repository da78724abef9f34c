import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { PolicyDraft } from '../../../contract/privacy/policy.ts'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'

let scene: Stage
let igor: Person
const ends = openEnds()
before(async () => {
  scene = await stage(ends)
  igor = await scene.hire('privacy_officer', { dealer: await scene.dealer('ООО «Полюс»'), outletId: null })
  await openSite(igor, 'polus')
})
after(ends.close)

async function openSite(officer: Person, slug: string): Promise<void> {
  await scene.owner.query(`insert into site_slugs (slug, tenant_id) values ($1, $2)`, [slug, officer.dealer.tenantId])
  await scene.owner.query(`insert into sites (tenant_id, name) values ($1, $2)`, [officer.dealer.tenantId, slug])
}
async function publish(officer: Person): Promise<void> {
  const { body } = await officer.get<PolicyDraft>('/policy/draft')
  const reply = await officer.post('/policy/versions', { factsSha256: body.factsSha256 })
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
}
const open = async (url: string, language = 'ru') => scene.app.http.inject({ method: 'GET', url, headers: { 'accept-language': language } })

test('where no policy is published the visitor is told so in words', async () => {
  const reply = await open('/site/polus/policy')
  assert.equal(reply.statusCode, 404)
  assert.match(reply.body, /Политика ещё не опубликована/)
  assert.match((await open('/site/polus/policy/1', 'en')).body, /No policy is published yet/)
})

test('a visitor reads the policy in force, in Russian and English, with the register and the cookies in it', async () => {
  await publish(igor)
  const russian = await open('/site/polus/policy')
  assert.equal(russian.statusCode, 200)
  assert.match(russian.body, /Редакция 1, действует с[^]*ООО «Полюс»[^]*employment[^]*infotech_choice/)
  assert.match((await open('/site/polus/policy?lang=en')).body, /<html lang="en">[^]*Version 1, in force since[^]*infotech_choice/)
  for (const [, id] of russian.body.matchAll(/href="#([\w-]+)"/g)) assert.ok(russian.body.includes(`id="${id}"`), id)
})

test('an earlier version stays in the archive byte for byte, says that it is earlier, and its text has the published checksum', async () => {
  const before = await open('/site/polus/policy/1/text')
  assert.equal(before.headers['content-type'], 'text/plain; charset=utf-8')
  const { body } = await igor.get<{ activities: { id: string; code: string; version: number }[] }>('/register')
  const line = body.activities.find(({ code }) => code === 'sale')
  await igor.patch(`/register/${line?.id}`, { version: line?.version, name: 'Договоры купли-продажи' })
  await publish(igor)
  assert.deepEqual((await open('/site/polus/policy/1/text')).rawPayload, before.rawPayload)
  const earlier = await open('/site/polus/policy/1')
  assert.match(earlier.body, /Прежняя редакция 1/)
  assert.doesNotMatch(earlier.body, /Договоры купли-продажи/)
  assert.match((await open('/site/polus/policy')).body, /Редакция 2[^]*Договоры купли-продажи/)
  const list = await open('/site/polus/policy/versions')
  assert.ok(list.body.includes(createHash('sha256').update(before.rawPayload).digest('hex')))
  for (const version of [1, 2]) assert.ok(list.body.includes(`/site/polus/policy/${version}/text`))
})

test('a version that never was, and a number that is none, are told in words; another company’s are not here', async () => {
  for (const address of ['/site/polus/policy/9', '/site/polus/policy/9/text', '/site/polus/policy/none', '/site/polus/policy/99999999999']) {
    const reply = await open(address)
    assert.deepEqual([reply.statusCode, /Такой редакции нет/.test(reply.body)], [404, true], address)
  }
  const boris = await scene.hire('privacy_officer', { dealer: await scene.dealer('ООО «Экватор»'), outletId: null })
  await openSite(boris, 'ekvator')
  assert.equal((await open('/site/ekvator/policy/1')).statusCode, 404)
  assert.equal((await open('/site/nobody/policy')).statusCode, 404)
})

test('/policy is the policy of the platform’s own company, and dealers name that company as the one entrusted', async () => {
  assert.equal((await open('/policy')).statusCode, 404)
  const olga = await scene.hire('privacy_officer', { dealer: await scene.dealer('ООО «Платформа»'), outletId: null })
  await scene.owner.query(`update tenants set kind = 'platform' where tenant_id = $1`, [olga.dealer.tenantId])
  await openSite(olga, 'platform')
  await publish(olga)
  assert.match((await open('/policy')).body, /ООО «Платформа»[^]*Сервисы Infotech: чьи это данные/)
  const { body } = await igor.get<PolicyDraft>('/policy/draft')
  assert.deepEqual(body.changes, [{ part: 'processors', what: 'ООО «Платформа»', how: 'added' }])
  assert.match(body.body.ru, /ООО «Платформа», Москва:/)
})

test('the words of a register become no markup of the page', async () => {
  const { body } = await igor.get<{ activities: { id: string; code: string; version: number }[] }>('/register')
  const line = body.activities.find(({ code }) => code === 'service')
  await igor.patch(`/register/${line?.id}`, { version: line?.version, name: '<script>alert(1)</script>' })
  await publish(igor)
  const { body: page } = await open('/site/polus/policy')
  assert.ok(page.includes('&lt;script&gt;alert(1)&lt;/script&gt;') && !page.includes('<script'))
})

test('every address the policy names opens: texts of consents, the page of cookies, the own page, the versions', async () => {
  const parts = {
    operator: { name: 'ООО «Полюс»', address: 'Москва, Тверская ул., 1' },
    purpose: 'Ответ на обращение.',
    data: ['имя', 'номер телефона'],
    processors: [],
    operations: ['сбор', 'хранение', 'уничтожение'],
    methods: 'Автоматизированная обработка.',
    term: 'Один год.',
    withdrawal: 'Письмом оператору.',
  }
  const text = await igor.post<{ id: string }>('/consent-texts', { kind: 'request', parts, validDays: 365 })
  assert.equal(text.status, 200, JSON.stringify(text.body))
  await publish(igor)
  const { body: page } = await open('/site/polus/policy')
  const links = [...page.matchAll(/href="(\/site\/polus\/[^"?]+)"/g)].map(([, href]) => href ?? '')
  for (const wanted of [`/site/polus/consents/${text.body.id}`, '/site/polus/cookies', '/site/polus/my', '/site/polus/policy/versions']) assert.ok(links.includes(wanted), wanted)
  for (const href of new Set(links)) assert.ok([200, 303].includes((await open(href)).statusCode), href)
})
