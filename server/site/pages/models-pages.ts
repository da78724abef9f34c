import type { ShownModel } from '../../../contract/site/showcase.ts'
import { html, type Html } from '../../platform/html/html.ts'
import { carPicture, tintOf } from './car.ts'
import { siteWords, type Language } from './layout.ts'
import type { Visit } from './open-site.ts'
import { priceText } from './say.ts'

/** Model cards; `level` of the headings fits where they stand. */
export const modelCards = (visit: Visit, models: readonly ShownModel[], level: 2 | 3): Html =>
  html`<ul class="cards">
    ${models.map((model) => html`<li class="card">${modelCard(visit, model, level)}</li>`)}
  </ul>`

function modelCard({ site, language }: Visit, { modelId, name, headline, bodyType, priceFromKopecks, place }: ShownModel, level: 2 | 3): Html {
  const words = siteWords[language].model
  const link = html`<a class="card-link" href="/site/${site.slug}/models/${modelId}">${name}</a>`
  return html`${carPicture(bodyType, tintOf(place))}${level === 2 ? html`<h2>${link}</h2>` : html`<h3>${link}</h3>`}
    <p class="kind">${words.bodies[bodyType]}</p>
    <p class="soft">${headline}</p>
    <p class="price">${words.from(priceText(language, priceFromKopecks))}</p>`
}

export const modelsPage = (visit: Visit, models: readonly ShownModel[]): Html => {
  const words = siteWords[visit.language]
  return html`<div class="wide part">
    <h1>${words.models}</h1>
    ${models.length > 0 ? modelCards(visit, models, 2) : html`<p class="lead">${words.hero.none}</p>`}
    <p class="soft after">${words.model.note}</p>
  </div>`
}

export function modelPage({ site, language }: Visit, model: ShownModel): Html {
  const words = siteWords[language]
  const ask = `/site/${site.slug}/request?model=${model.modelId}`
  return html`<article class="wide model">
      ${carPicture(model.bodyType, tintOf(model.place))}
      <div>
        <p class="soft eyebrow">${model.brand} · ${words.model.bodies[model.bodyType]}</p>
        <h1>${model.name}</h1>
        <p class="lead">${model.headline}</p>
        <p class="big-price">${range(language, model)}</p>
        <div class="buttons">
          <a class="button" href="${ask}&amp;interest=new_car">${words.hero.offer}</a>
          <a class="button second" href="${ask}&amp;interest=test_drive">${words.hero.drive}</a>
        </div>
      </div>
    </article>
    <section class="wide part">
      <h2>${words.model.trims}</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">${words.model.trim}</th>
              <th scope="col">${words.model.price}</th>
            </tr>
          </thead>
          <tbody>
            ${model.trims.map(
              ({ name, priceKopecks }) =>
                html`<tr>
                  <th scope="row">${name}</th>
                  <td>${priceText(language, priceKopecks)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p class="soft">${words.model.note}</p>
    </section>`
}

/** From the cheapest trim to the dearest; one price when there is one. */
function range(language: Language, { trims, priceFromKopecks }: ShownModel): string {
  const words = siteWords[language].model
  const most = Math.max(priceFromKopecks, ...trims.map(({ priceKopecks }) => priceKopecks))
  return most === priceFromKopecks ? words.from(priceText(language, most)) : words.range(priceText(language, priceFromKopecks), priceText(language, most))
}
