/** The floor's pages of the site: the same data by the same SQL, put together as text. What never changes on a page (head, foot, drawings of cars) is kept. */
import type pg from 'pg'
import type { BodyType } from '../contract/site/showcase.ts'
import { openSpans, type OutletHours } from '../server/crm/clock/working-hours.ts'
import { escapeHtml, Html } from '../server/platform/html/html.ts'
import { carPicture } from '../server/site/pages/car.ts'
import { layout } from '../server/site/pages/layout.ts'
import type { FloorOptions } from './floor.ts'
import * as network from './floor-network-statements.ts'
import { runOn, type Answer, type Row } from './floor-run.ts'

const MAIN = 'main-of-the-page'
const SHOWN_PLACES = 6
const WEEK_MS = 7 * 86_400_000
const roubles = new Intl.NumberFormat('ru-RU')
const clock = new Intl.DateTimeFormat('ru-RU', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Moscow' })
const byName = new Intl.Collator('ru')
const price = (kopecks: unknown): string => `${roubles.format(Math.round(Number(kopecks) / 100))} ₽`
const words = (value: unknown): string => escapeHtml(String(value))

const cars = new Map<string, string>()
function car(bodyType: unknown, place: unknown): string {
  const name = `${String(bodyType)} ${String(place)}`
  const drawn = cars.get(name) ?? carPicture(bodyType as BodyType, Number(place) % 6).text
  cars.set(name, drawn)
  return drawn
}

export function siteAnswers(pool: pg.Pool, { distributor: { tenantId, slug } }: FloorOptions): Record<string, Answer> {
  const run = runOn(pool, tenantId)
  let frame: [head: string, foot: string] | undefined
  const page = (info: Row | undefined, main: string): Html => {
    frame ??= frameOf(info ?? {}, tenantId, slug)
    return new Html(`${frame[0]}${main}${frame[1]}`)
  }
  return {
    [`GET ${slug}`]: async () => {
      const [[info], [said], models, places] = await Promise.all([
        run(network.siteInfo, []),
        run(network.siteWords, []),
        run(network.siteModels, [null]),
        run(network.sitePlaces, []),
      ])
      const near = places.toSorted((a, b) => byName.compare(String(a.city), String(b.city)) || byName.compare(String(a.name), String(b.name))).slice(0, SHOWN_PLACES)
      return page(
        info,
        `<section class="hero"><h1>${words(said?.headline)}</h1><p class="lead">${words(said?.about)}</p>${car(models[0]?.bodyType, models[0]?.place)}</section>
        <ul class="cards">${models.map((model) => modelCard(slug, model)).join('')}</ul><ul class="cards">${near.map(placeCard).join('')}</ul>`,
      )
    },
    [`GET ${slug}/models/:id`]: async ([, , id]) => {
      const [[info], [model = {}]] = await Promise.all([run(network.siteInfo, []), run(network.siteModels, [id])])
      const trims = (model.trims as { name: string; priceKopecks: number }[]).map((trim) => `<tr><th>${words(trim.name)}</th><td>${price(trim.priceKopecks)}</td></tr>`)
      return page(
        info,
        `<article>${car(model.bodyType, model.place)}<h1>${words(model.name)}</h1><p>${words(model.headline)}</p><p>${price(model.priceFromKopecks)}</p></article><table>${trims.join('')}</table>`,
      )
    },
  }
}

const modelCard = (slug: string, { modelId, name, headline, bodyType, priceFromKopecks, place }: Row): string =>
  `<li class="card">${car(bodyType, place)}<h3><a href="/site/${slug}/models/${String(modelId)}">${words(name)}</a></h3><p>${words(headline)}</p><p>${price(priceFromKopecks)}</p></li>`

function placeCard({ name, address, timeZone, hours }: Row): string {
  const now = new Date()
  const [span] = openSpans({ timeZone, week: hours } as OutletHours, now, new Date(now.getTime() + WEEK_MS), 1)
  const until = span && span.openAt <= now ? `до ${clock.format(span.closeAt)}` : 'закрыто'
  return `<li class="card"><p>${until}</p><h3>${words(name)}</h3><p>${words(address)}</p></li>`
}

function frameOf({ siteName, name, address, inn, ogrn }: Row, tenantId: string, slug: string): [string, string] {
  const site = {
    tenantId,
    slug,
    name: String(siteName),
    operator: { name: String(name), address: String(address), inn: String(inn), ogrn: String(ogrn) },
    takesRequests: true,
  }
  const choice = { isAsked: true, analytics: false, marketing: false, key: 'x'.repeat(43) }
  const [head = '', foot = ''] = layout({ site, language: 'ru', path: `/site/${slug}`, title: site.name, main: new Html(MAIN), choice }).split(MAIN)
  return [head, foot]
}
