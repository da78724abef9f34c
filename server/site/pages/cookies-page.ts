import { trackerCategories, trackers, type Choosable, type TrackerCategory } from '../../../contract/site/trackers.ts'
import { html, type Html } from '../../platform/html/html.ts'
import { checkbox, hiddenFields } from './form.ts'
import { siteWords, type Language } from './layout.ts'
import type { Visit } from './open-site.ts'

/** `texts`: the consent text of each category that can be allowed; a category without one is not used. */
export type CookiesPage = { texts: Partial<Record<Choosable, string>>; isSignalled: boolean; isSaved: boolean }

export function cookiesPage(visit: Visit, { texts, isSignalled, isSaved }: CookiesPage): Html {
  const { site, language, choice } = visit
  const words = siteWords[language]
  return html`<section class="narrow plain">
    <h1>${words.choice.title}</h1>
    ${isSaved && html`<p class="notice" role="status">${words.choice.saved} ${nowOn(visit)}</p>`}
    <p class="lead">${words.choice.lead}</p>
    ${isSignalled && html`<p class="notice">${words.choice.signalled}</p>`}
    <form method="post" action="/site/${site.slug}/cookies">
      ${hiddenFields({ key: choice.key, back: `/site/${site.slug}/cookies` })}
      ${trackerCategories.map(
        (category) =>
          html`<section class="paper">
            <h2>${words.choice.categories[category]}</h2>
            <p>${words.choice.about[category]}</p>
            ${category !== 'necessary' && allow(visit, category, texts[category], isSignalled)} ${list(language, category)}
          </section>`,
      )}
      <div class="choices">
        <button class="button" name="choose" value="all">${words.banner.accept}</button>
        <button class="button" name="choose" value="none">${words.banner.refuse}</button>
        <button class="button second" name="choose" value="details">${words.choice.save}</button>
      </div>
    </form>
  </section>`
}

function nowOn({ language, choice }: Visit): string {
  const { categories, now } = siteWords[language].choice
  const on = trackerCategories.filter((category) => category === 'necessary' || choice[category]).map((category) => categories[category].toLowerCase())
  return `${now} ${on.join(', ')}.`
}

function allow({ site, language, choice }: Visit, category: Choosable, textId: string | undefined, isSignalled: boolean): Html {
  const words = siteWords[language]
  if (textId === undefined) return html`<p class="soft">${words.choice.unused}</p>`
  if (category === 'marketing' && isSignalled) return html`<p class="soft">${words.choice.unused}</p>`
  return checkbox({
    name: category,
    isChecked: choice[category],
    label: html`${words.choice.allow[category]} (<a href="/site/${site.slug}/consents/${textId}">${words.ask.text}</a>)`,
  })
}

function list(language: Language, category: TrackerCategory): Html {
  const words = siteWords[language].choice
  return html`<table class="stacked" aria-label="${words.categories[category]}">
    <thead>
      <tr>
        ${[words.name, words.purpose, words.term, words.provider].map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${trackers
        .filter((tracker) => tracker.category === category)
        .map(
          (tracker) =>
            html`<tr>
              <th scope="row"><code>${tracker.name}</code></th>
              <td data-head="${words.purpose}">${tracker.purpose[language]}</td>
              <td data-head="${words.term}">${tracker.lifetimeDays === 0 ? words.session : words.days(tracker.lifetimeDays)}</td>
              <td data-head="${words.provider}">${words.firstParty}</td>
            </tr>`,
        )}
    </tbody>
  </table>`
}
