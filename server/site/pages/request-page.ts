import { siteConsents, siteInterests, type RequestTaken, type SiteConsent } from '../../../contract/site/request.ts'
import type { Place, ShownModel } from '../../../contract/site/showcase.ts'
import { html, type Html } from '../../platform/html/html.ts'
import { checkbox, errorSummary, field, hiddenFields, radios, select, textArea, type Problem } from './form.ts'
import { siteWords, type Language } from './layout.ts'
import type { Visit } from './open-site.ts'
import { momentText } from './say.ts'

/** What stands in the form: as it was opened, or as it was sent and refused. */
export type AskForm = {
  token: string
  texts: readonly { kind: SiteConsent; textId: string }[]
  policyVersion: number | null
  models: readonly ShownModel[]
  places: readonly Place[]
  values: ReadonlyMap<string, string>
  problems: readonly Problem[]
}
export const boxOf = (kind: SiteConsent): string => `consent_${kind}`

export function requestPage(visit: Visit, form: AskForm): Html {
  const words = siteWords[visit.language].ask
  const isShut = !visit.site.takesRequests || !form.texts.some(({ kind }) => kind === 'request')
  return html`<section class="narrow plain">
    <h1>${words.title}</h1>
    ${
      isShut
        ? html`<p class="lead">${words.shut}</p>`
        : html`<p class="lead">${words.lead}</p>
            ${errorSummary(visit.language, form.problems)}${theForm(visit, form)}`
    }
  </section>`
}

function theForm({ site, language, choice }: Visit, form: AskForm): Html {
  const words = siteWords[language].ask
  const { values, problems } = form
  const of = (name: string) => ({ name, language, problems, value: values.get(name) ?? '' })
  return html`<form method="post" action="/site/${site.slug}/request" novalidate>
    ${hiddenFields({ key: choice.key, token: form.token })}
    ${radios({
      ...of('interest'),
      label: words.what,
      value: values.get('interest') ?? 'new_car',
      options: siteInterests.map((interest) => [interest, words.interests[interest]] as const),
    })}
    <fieldset>
      <legend>${words.who}</legend>
      ${field({ ...of('name'), label: words.name, hint: words.nameHint, autocomplete: 'name' })}
      <div class="pair">
        ${field({ ...of('phone'), label: words.phone, type: 'tel', inputmode: 'tel', autocomplete: 'tel', maxlength: 40 })}
        ${field({ ...of('email'), label: words.email, type: 'email', inputmode: 'email', autocomplete: 'email', maxlength: 254 })}
      </div>
      <p class="hint">${words.emailHint}</p>
    </fieldset>
    <fieldset>
      <legend>${words.details}</legend>
      <div class="pair">
        ${form.models.length > 0 && select({ ...of('model'), label: words.model, isOptional: true, options: [['', words.anyModel], ...form.models.map(({ modelId, name }) => [modelId, name] as const)] })}
        ${form.places.length > 0 && select({ ...of('place'), label: words.place, isOptional: true, options: placeOptions(language, form.places) })}
      </div>
      ${textArea({ ...of('wishes'), label: words.wishes, hint: words.wishesHint, isOptional: true, maxlength: 2_000 })}
    </fieldset>
    ${consents(site.slug, language, form)}
    <div class="away" aria-hidden="true">
      <label for="website">${words.trap}</label>
      <input id="website" name="website" tabindex="-1" autocomplete="off" />
    </div>
    <button class="button">${words.send}</button>
  </form>`
}

function placeOptions(language: Language, places: readonly Place[]): (readonly [string, string])[] {
  const words = siteWords[language].ask
  const cities = [...new Set(places.map(({ city }) => city))]
  return [
    ['', words.anyPlace],
    ...cities.flatMap((city) => {
      const here = places.filter((place) => place.city === city)
      const each = here.map(({ id, name }) => [`place:${id}`, `${city}: ${name}`] as const)
      return here.length > 1 ? [[`city:${city}`, words.anyOf(city)] as const, ...each] : each
    }),
  ]
}

/** Boxes that nobody has ticked but the visitor. Each stands for one text; the value is that very text, so the proof names what was shown. */
function consents(slug: string, language: Language, { texts, policyVersion, values, problems }: AskForm): Html {
  const words = siteWords[language].ask
  const box = ({ kind, textId }: { kind: SiteConsent; textId: string }): Html =>
    checkbox({
      name: boxOf(kind),
      value: textId,
      isChecked: values.has(boxOf(kind)),
      problems,
      label: html`${words.boxes[kind]} (${newTab(`/site/${slug}/consents/${textId}`, words.text)})${kind === 'request' && html`<br /><span class="hint">${words.needed}</span>`}`,
    })
  const sorted = siteConsents.flatMap((kind) => texts.filter((text) => text.kind === kind))
  return html`<fieldset>
      <legend>${words.consent}</legend>
      <p class="hint above">${words.consentHint}</p>
      ${sorted.filter(({ kind }) => kind === 'request').map(box)}
      ${
        policyVersion !== null &&
        checkbox({
          name: 'policy',
          value: String(policyVersion),
          isChecked: values.has('policy'),
          problems,
          label: html`${words.read} ${newTab(`/site/${slug}/policy/${policyVersion}`, words.policy)}`,
        })
      }
    </fieldset>
    ${
      sorted.length > 1 &&
      html`<fieldset>
        <legend>${words.advertising}</legend>
        ${sorted.filter(({ kind }) => kind !== 'request').map(box)}
      </fieldset>`
    }`
}

const newTab = (href: string, text: string): Html => html`<a href="${href}" target="_blank" rel="noopener">${text}</a>`

export function donePage({ site, language }: Visit, { number, answerBy, timeZone }: RequestTaken): Html {
  const words = siteWords[language].done
  return html`<section class="narrow plain">
    <h1>${words.title}</h1>
    ${number !== null && html`<p class="big-price">${words.number(number)}</p>`}
    <p class="lead">${answerBy ? words.answerBy(momentText(language, new Date(answerBy), timeZone)) : words.soon}</p>
    <p>${words.letter}</p>
    <p><a href="/site/${site.slug}/my">${words.my}</a></p>
  </section>`
}
