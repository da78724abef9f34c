import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import type { own } from '../../../../contract/site/own.ts'
import { html, type Html } from '../../../platform/html/html.ts'
import type { SiteDeps } from '../../pages/site-deps.ts'
import { showOwn } from '../own/show-own.ts'
import { showAsk } from './entrance-pages.ts'
import { ask, askForm, codeOf, entrance, formTo, notice, queryOf, show, type Inside } from './portal-page.ts'
import { day } from './say.ts'

type Shown = z.output<(typeof own.show)['output']>
type Whose = Shown['persons'][number]

/** The first page: whose it is, what can be looked at, what can be done. Without a proof it is the entrance. */
export function serveOverview(http: FastifyInstance, deps: SiteDeps): void {
  http.get(
    '/site/:site/my',
    entrance(deps, async (portal) => {
      const { own: credential } = portal
      if (credential === null) return showAsk(portal)
      try {
        const inside = { ...portal, own: credential }
        return showOverview(inside, await ask(portal, credential, showOwn, {}))
      } catch (error) {
        if (codeOf(error, portal.request) !== 'not_signed_in') throw error
        return showAsk(portal, { said: portal.words.ask.over })
      }
    }),
  )
}

function showOverview(portal: Inside, { persons, gone, isProved }: Shown): unknown {
  const { words, at } = portal
  const done = queryOf(portal.request, 'done')
  const main = html`<section class="narrow plain">
    <h1>${words.title}</h1>
    ${done === 'stopped' && notice(words.stop.done)} ${done === 'filed' && notice(words.shared.filed)} ${gone.map((each) => goneOf(portal, each))}
    ${persons.length > 0 && (isProved ? sectionsOf(portal, places) : sharedOf(portal))} ${persons.map((person) => personOf(portal, person, isProved))}
    ${formTo(portal, `${at}/leave`, html`<div class="buttons"><button class="button second">${words.leave}</button></div>`)}
  </section>`
  return show(portal, words.title, main)
}

function goneOf({ words, visit }: Inside, { actNumber, at }: Shown['gone'][number]): Html {
  return html`<div class="notice" role="status">
    <h2>${words.gone.title}</h2>
    <p>${words.gone.act(actNumber, day(visit.language, at))}</p>
    <p>${words.gone.objections}</p>
  </div>`
}

const places = ['data', 'consents', 'recipients', 'looks', 'requests', 'copy'] as const
const sectionsOf = ({ words, at }: Inside, shown: readonly (typeof places)[number][]): Html =>
  html`<ul class="doors">
    ${shown.map(
      (place) =>
        html`<li>
          <h2><a class="card-link" href="${at}/${place}">${words.sections[place].title}</a></h2>
          <p class="soft">${words.sections[place].text}</p>
        </li>`,
    )}
  </ul>`

/** By an address that several share nothing is read; the way to one's own page is another address, and it is asked for in the words of the entrance. */
const sharedOf = (portal: Inside): Html =>
  html`<div class="notice" role="status">
      <h2>${portal.words.shared.title}</h2>
      <p>${portal.words.shared.text}</p>
      <p>${portal.words.shared.officer}</p>
    </div>
    ${askForm(portal)} ${sectionsOf(portal, ['consents'])}`

const demands = ['access', 'auto_objection', 'block', 'stop', 'destroy'] as const

/** What each of them can do, apart: a family does not decide for one another by mistake. */
function personOf({ words, visit, at }: Inside, { personId, masked, restrictedAt, destroyAfter }: Whose, isProved: boolean): Html {
  return html`<section class="part" aria-labelledby="who-${personId}">
    <h2 id="who-${personId}">${masked.name}</h2>
    ${restrictedAt && notice(words.restricted(day(visit.language, restrictedAt)))}
    ${isProved && html`<p class="soft">${destroyAfter ? words.destroyAfter(day(visit.language, destroyAfter)) : words.noEnd}</p>`}
    <h3>${words.acts}</h3>
    <ul class="rows">
      <li class="way"><a href="${at}/stop-marketing/${personId}">${words.stop.link}</a></li>
      ${isProved && html`<li class="way"><a href="${at}/correct/${personId}">${words.correct.link}</a></li>`}
      ${demands.map((kind) => html`<li class="way${kind === 'destroy' ? ' grave' : ''}"><a href="${at}/demand/${personId}/${kind}">${words.demands[kind].link}</a></li>`)}
    </ul>
  </section>`
}
