import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Dealer } from '../../test/dealer.ts'
import { stage, type Person, type Reply, type Stage } from '../../test/stage.ts'
import { openBrowser } from './browser-stage.ts'

type Refused = { error: string; fields?: { at: string; why: string }[]; details?: { current?: Record<string, unknown> } }
type Content = { site: { slug: string; name: string; version: number } | null; models: { modelId: string; version: number; isShown: boolean; priceFromKopecks: number | null }[] }

let it: Stage
let dealer: Dealer
let zhanna: Person
before(async (t) => {
  it = await stage(t as never)
  dealer = await it.dealer('Звезда')
  zhanna = await it.hire('marketer', { dealer })
})
const trims = [
  { name: 'Стиль', priceKopecks: 300_000_000 },
  { name: 'Старт', priceKopecks: 250_000_000 },
]
const draft = { headline: 'Для города', bodyType: 'sedan', trims, place: 1, isShown: true }
const first = ({ status, body }: Reply<Refused>): unknown => [status, body.fields?.[0]?.at]

test('Zhanna opens the company’s site, says what stands on it and shows a model; visitors see it at once', async () => {
  assert.equal((await zhanna.get<Content>('/site')).body.site, null)
  const opened = await zhanna.post<{ slug: string; version: number }>('/site', { slug: 'zvezda-auto', name: 'Звезда Авто' })
  assert.deepEqual([opened.status, opened.body.slug], [200, 'zvezda-auto'])
  const edited = await zhanna.patch<{ version: number }>('/site', { name: 'Звезда Авто', headline: 'Два салона', about: 'Каждый день', isOpen: true, version: 1 })
  assert.equal(edited.body.version, 2)
  const shown = await zhanna.patch<{ version: number }>(`/site/models/${dealer.modelId}`, { ...draft, version: 0 })
  assert.deepEqual([shown.status, shown.body.version], [200, 1], JSON.stringify(shown.body))
  const { body } = await openBrowser(it).get('/site/zvezda-auto')
  assert.match(body, /<h1>Два салона<\/h1>[^]*Каждый день[^]*от 2\s500\s000\s₽/)
  const content = await zhanna.get<Content>('/site')
  const model = content.body.models.find(({ modelId }) => modelId === dealer.modelId)
  assert.deepEqual([content.body.site?.version, model?.isShown, model?.priceFromKopecks], [2, true, 250_000_000])
  const said = (await it.events(dealer)).map(({ event }) => event)
  for (const event of ['site.opened', 'site.edited', 'site.model_edited']) assert.ok(said.includes(event), event)
})

test('closed, the site is found by nobody until it is opened again', async () => {
  const { body } = await zhanna.get<{ site: { name: string; headline: string; about: string; version: number } }>('/site')
  const { version, name, headline, about } = body.site
  await zhanna.patch('/site', { name, headline, about, isOpen: false, version })
  assert.equal((await openBrowser(it).get('/site/zvezda-auto')).status, 404)
  await zhanna.patch('/site', { name, headline, about, isOpen: true, version: version + 1 })
  assert.equal((await openBrowser(it).get('/site/zvezda-auto')).status, 200)
})

test('whoever was slower is told what stands there now; the same word is taken once, a company has one site', async () => {
  const lost = await zhanna.patch<Refused>('/site', { name: 'Другая', headline: '', about: '', isOpen: true, version: 1 })
  assert.deepEqual([lost.status, lost.body.error, lost.body.details?.current?.name], [409, 'stale', 'Звезда Авто'])
  const model = await zhanna.patch<Refused>(`/site/models/${dealer.modelId}`, { ...draft, version: 0 })
  assert.deepEqual([model.status, model.body.error], [409, 'stale'])
  const other = await it.hire('administrator', { dealer: await it.dealer('Вторая') })
  assert.deepEqual(
    [(await other.post<Refused>('/site', { slug: 'zvezda-auto', name: 'Вторая' })).body.error, (await zhanna.post<Refused>('/site', { slug: 'zvezda-2', name: 'Ещё' })).status],
    ['taken', 409],
  )
  assert.equal((await other.get<Content>('/site')).body.site, null)
})

test('who may not is refused, and what cannot be is named by its field', async () => {
  const [anna, igor] = [await it.hire('operator', { dealer }), await it.hire('privacy_officer', { dealer })]
  assert.equal((await it.stranger.get('/site')).status, 401)
  assert.equal((await anna.get('/site')).status, 403)
  assert.deepEqual([(await igor.get('/site')).status, (await igor.post('/site', { slug: 'x', name: 'Имя' })).status], [200, 403])
  for (const slug of ['', 'Звезда', '-a', 'a_b', 'A', 'a'.repeat(41)]) assert.deepEqual(first(await zhanna.post<Refused>('/site', { slug, name: 'Имя' })), [422, 'slug'], slug)
  const wrong = async (more: Record<string, unknown>): Promise<unknown> => first(await zhanna.patch<Refused>(`/site/models/${dealer.modelId}`, { ...draft, version: 1, ...more }))
  assert.deepEqual(await wrong({ trims: [] }), [422, 'trims'])
  assert.deepEqual(await wrong({ trims: [{ name: 'Старт', priceKopecks: 0 }] }), [422, 'trims.0.priceKopecks'])
  assert.deepEqual(await wrong({ bodyType: 'tank' }), [422, 'bodyType'])
  assert.deepEqual(await wrong({ headline: 'а\u200bб' }), [422, 'headline'])
  assert.equal((await zhanna.patch(`/site/models/019a0000-0000-7000-8000-000000000000`, { ...draft, version: 0 })).status, 404)
  const without = await it.hire('marketer', { dealer: await it.dealer('Без сайта') })
  assert.equal((await without.patch('/site', { name: 'Имя', headline: '', about: '', isOpen: true, version: 1 })).status, 404)
})

test('the days of the site show how many looked and how many asked', async () => {
  const { body } = await zhanna.get<{ days: { day: string; views: number; requests: number }[] }>('/site/visits?days=7')
  assert.equal(body.days.length, 7)
  assert.ok(body.days.every(({ views, requests }) => views === 0 && requests === 0))
  assert.ok(body.days[0]!.day > body.days[6]!.day)
})
