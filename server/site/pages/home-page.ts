import type { z } from 'zod'
import type { Place, ShownModel, showcase } from '../../../contract/site/showcase.ts'
import { html, type Html } from '../../platform/html/html.ts'
import { carPicture, tintOf } from './car.ts'
import { siteWords } from './layout.ts'
import { modelCards } from './models-pages.ts'
import type { Visit } from './open-site.ts'
import { openBadge } from './places-page.ts'

type Home = z.output<typeof showcase.home.output>
export const HOME_PLACES = 6

export function homePage(visit: Visit, { headline, about, models }: Home, places: readonly Place[], now: Date): Html {
  const { site, language } = visit
  const words = siteWords[language]
  const at = `/site/${site.slug}`
  const [first] = models
  return html`<section class="hero">
      <div class="wide">
        <div class="hero-words">
          <h1>${headline || site.name}</h1>
          ${about && html`<p class="lead">${about}</p>`}
          ${
            site.takesRequests &&
            html`<div class="buttons">
              <a class="button" href="${at}/request?interest=new_car">${words.hero.offer}</a>
              <a class="button second" href="${at}/request?interest=test_drive">${words.hero.drive}</a>
            </div>`
          }
        </div>
        ${first && heroCar(first)}
      </div>
    </section>
    ${
      models.length > 0 &&
      html`<section class="wide part">
        <div class="part-head">
          <h2>${words.models}</h2>
          <a href="${at}/models">${words.hero.all}</a>
        </div>
        ${modelCards(visit, models, 3)}
      </section>`
    }
    ${places.length > 0 && nearby(visit, places, now)}`
}

const heroCar = ({ bodyType, place }: ShownModel): Html => carPicture(bodyType, tintOf(place))

function nearby({ site, language }: Visit, places: readonly Place[], now: Date): Html {
  const words = siteWords[language]
  return html`<section class="wide part">
    <div class="part-head">
      <h2>${words.places}</h2>
      <a href="/site/${site.slug}/dealers">${words.hero.allPlaces}</a>
    </div>
    <ul class="cards">
      ${places.map(
        (place) =>
          html`<li class="card">
            <p>${openBadge(language, place, now)}</p>
            <h3>${place.name}</h3>
            <p class="soft">${place.address}</p>
          </li>`,
      )}
    </ul>
  </section>`
}
