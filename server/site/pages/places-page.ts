import type { Place } from '../../../contract/site/showcase.ts'
import { html, type Html } from '../../platform/html/html.ts'
import { siteWords, type Language } from './layout.ts'
import type { Visit } from './open-site.ts'
import { dayTimeText, timeText } from './say.ts'

const DAY_MS = 86_400_000

/** Open or not, by the place's own clock, and until when. */
export function openBadge(language: Language, { isOpen, changesAt, timeZone }: Place, now: Date): Html {
  const words = siteWords[language].place
  if (changesAt === null) return html`<span class="badge">${words.shut}</span>`
  const at = new Date(changesAt)
  if (isOpen) return html`<span class="badge good">${words.open(timeText(language, at, timeZone))}</span>`
  const isSoon = at.getTime() - now.getTime() < DAY_MS / 2
  return html`<span class="badge">${words.closed(isSoon ? timeText(language, at, timeZone) : dayTimeText(language, at, timeZone))}</span>`
}

type Day = keyof Place['hours']
const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const satisfies readonly Day[]

/** Days of the same hours as one line: "пн–пт 09:00–21:00". */
export function hoursLines(language: Language, hours: Place['hours']): string[] {
  const words = siteWords[language].place
  const said = week.map((day) => hours[day]?.join('–') ?? words.dayOff)
  const lines: { first: Day; last: Day; text: string }[] = []
  for (const [at, day] of week.entries()) {
    const [line, text] = [lines.at(-1), said[at] ?? '']
    if (line && line.text === text) line.last = day
    else lines.push({ first: day, last: day, text })
  }
  return lines.map(({ first, last, text }) => `${words.days[first]}${first === last ? '' : `–${words.days[last]}`} ${text}`)
}

export function placesPage({ site, language }: Visit, places: readonly Place[], now: Date): Html {
  const words = siteWords[language]
  const cities = [...new Set(places.map(({ city }) => city))]
  return html`<div class="wide part">
    <h1>${words.places}</h1>
    <p class="lead">${places.length > 0 ? words.place.lead : words.place.none}</p>
    ${cities.map(
      (city) =>
        html`<section class="city">
          <h2>${city}</h2>
          <ul class="cards">
            ${places
              .filter((place) => place.city === city)
              .map(
                (place) =>
                  html`<li class="card">
                    <p>${openBadge(language, place, now)}</p>
                    <h3>${place.name}</h3>
                    <p>${place.address}</p>
                    <p class="soft hours">${hoursLines(language, place.hours).map((line, at) => html`${at > 0 && html`<br />`}${line}`)}<br />${words.place.local}</p>
                    <p class="price"><a href="/site/${site.slug}/request?place=${place.id}">${words.place.write}</a></p>
                  </li>`,
              )}
          </ul>
        </section>`,
    )}
  </div>`
}
