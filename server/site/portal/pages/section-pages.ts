import type { FastifyInstance } from 'fastify'
import { html, type Html } from '../../../platform/html/html.ts'
import { layout } from '../../pages/layout.ts'
import { sendPage } from '../../pages/send-page.ts'
import type { SiteDeps } from '../../pages/site-deps.ts'
import { showHeld } from '../own/show-held.ts'
import { showOwnLooks } from '../own/show-looks.ts'
import { showOwnConsents } from '../own/show-own-consents.ts'
import { showOwn } from '../own/show-own.ts'
import { showRecipients } from '../own/show-recipients.ts'
import { takeCopy } from '../own/take-copy.ts'
import { consentsOf } from './consents-view.ts'
import { heldOf, holdersOf } from './held-view.ts'
import { looksOf, recipientsOf } from './lists-view.ts'
import { ask, inside, notice, queryOf, section, type Inside } from './portal-page.ts'
import { moment } from './say.ts'

const LOOKS = 50
const said = ({ words, visit }: Inside) => ({ words, language: visit.language })

/** What is held, what was consented to, who has it, who looked, and all of it at once. */
export function serveSections(http: FastifyInstance, deps: SiteDeps): void {
  http.get(
    '/site/:site/my/data',
    inside(deps, async (portal) => {
      const { operator, processor, persons } = await ask(portal, portal.own, showHeld, {})
      return section(portal, portal.words.held.title, html`${persons.map((person) => heldOf(said(portal), person))}${holdersOf(portal.words, operator, processor)}`)
    }),
  )
  http.get(
    '/site/:site/my/consents',
    inside(deps, async (portal) => {
      const consents = await ask(portal, portal.own, showOwnConsents, {})
      const done = queryOf(portal.request, 'done') === 'withdrawn' && notice(portal.words.consents.done)
      return section(portal, portal.words.consents.title, html`${done}${consentsOf(said(portal), consents, portal.at)}`)
    }),
  )
  http.get(
    '/site/:site/my/recipients',
    inside(deps, async (portal) => {
      const { persons, rows } = await ask(portal, portal.own, showRecipients, {})
      const of = (personId: string): Html =>
        recipientsOf(
          said(portal),
          rows.filter((row) => row.personId === personId),
        )
      return section(
        portal,
        portal.words.recipients.title,
        html`${persons.map(
          ({ personId, masked }) =>
            html`<h2>${masked.name}</h2>
              ${of(personId)}`,
        )}`,
      )
    }),
  )
  http.get(
    '/site/:site/my/looks',
    inside(deps, async (portal) => showLooks(portal)),
  )
  http.get(
    '/site/:site/my/copy',
    inside(deps, async (portal) => showCopy(portal)),
  )
  http.get(
    '/site/:site/my/copy.json',
    inside(deps, async (portal) => {
      const copy = await ask(portal, portal.own, takeCopy, {})
      return portal.reply
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="my-data.json"')
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(copy, null, 2))
    }),
  )
}

/** Page after page, each person by themself; the address holds a place in a list and nothing of anybody. */
async function showLooks(portal: Inside): Promise<unknown> {
  const { words, request, at } = portal
  const { persons } = await ask(portal, portal.own, showOwn, {})
  const wanted = queryOf(request, 'person')
  const chosen = persons.find(({ personId }) => personId === wanted) ?? persons[0]
  if (!chosen) return section(portal, words.looks.title, html`<p>${words.looks.empty}</p>`)
  const cursor = queryOf(request, 'cursor')
  const page = await ask(portal, portal.own, showOwnLooks, { personId: chosen.personId, limit: LOOKS, ...(cursor ? { cursor } : {}) })
  const others = persons.length > 1 && html`<p>${persons.map(({ personId, masked }) => html`<a class="quiet" href="${at}/looks?person=${personId}">${masked.name}</a> `)}</p>`
  const more =
    page.nextCursor && html`<p><a class="button second" href="${at}/looks?person=${chosen.personId}&amp;cursor=${encodeURIComponent(page.nextCursor)}">${words.looks.more}</a></p>`
  return section(
    portal,
    words.looks.title,
    html`<p>${words.looks.hint}</p>
      ${others}
      <h2>${chosen.masked.name}</h2>
      ${looksOf(said(portal), page.rows)}${more}`,
  )
}

/** One document: on paper without its links. */
async function showCopy(portal: Inside): Promise<unknown> {
  const { words, visit, at, reply } = portal
  const copy = await ask(portal, portal.own, takeCopy, {})
  const main = html`<article class="narrow plain">
    <p><a href="${at}">← ${words.back}</a></p>
    <h1>${words.copy.title}</h1>
    <p>${words.copy.text}</p>
    <p><a class="button" href="${at}/copy.json" download="my-data.json">${words.copy.json}</a></p>
    <p class="soft">${words.copy.made(moment(visit.language, copy.madeAt))}</p>
    ${copy.persons.map((person) => heldOf(said(portal), person))} ${holdersOf(words, copy.operator, copy.processor)}
    <h2>${words.consents.title}</h2>
    ${consentsOf(said(portal), copy.consents, null)}
    <h2>${words.recipients.title}</h2>
    ${recipientsOf(said(portal), copy.recipients)}
    <h2>${words.looks.title}</h2>
    ${looksOf(said(portal), copy.looks)}
  </article>`
  return sendPage(reply, layout({ ...visit, title: words.copy.title, main, robots: 'noindex' }))
}
