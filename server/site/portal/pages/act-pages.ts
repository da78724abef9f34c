import type { FastifyInstance } from 'fastify'
import { consentKinds, type ConsentKind } from '../../../../contract/consent/consent.ts'
import { notFound } from '../../../kernel/index.ts'
import { html, type Html } from '../../../platform/html/html.ts'
import { fileOwnRequest } from '../../../privacy/index.ts'
import { textArea } from '../../pages/form.ts'
import { goTo } from '../../pages/send-page.ts'
import type { SiteDeps } from '../../pages/site-deps.ts'
import { showOwn } from '../own/show-own.ts'
import { stopMarketing } from '../own/stop-marketing.ts'
import { withdrawOwn } from '../own/withdraw.ts'
import { ask, codeOf, formTo, inside, paramOf, section, type Inside } from './portal-page.ts'
import { deskWords } from './say.ts'

const demands = ['access', 'auto_objection', 'block', 'stop', 'destroy'] as const
type Demand = (typeof demands)[number]

/** Before anything is done the page says in plain words what will happen and when. */
export function serveActs(http: FastifyInstance, deps: SiteDeps): void {
  http.get(
    '/site/:site/my/consents/:personId/:kind/withdraw',
    inside(deps, async (portal) => confirmWithdrawal(portal)),
  )
  http.post(
    '/site/:site/my/consents/:personId/:kind/withdraw',
    inside(deps, async (portal) => {
      const { personId } = await whose(portal)
      const kind = kindOf(portal)
      try {
        await ask(portal, portal.own, withdrawOwn, { personId, kind })
      } catch (error) {
        // Pressed twice, or over already: there is nothing left to take back, which is what was wanted.
        if (codeOf(error, portal.request) !== 'wrong_state') throw error
      }
      return goTo(portal.reply, `${portal.at}/consents?done=withdrawn`)
    }),
  )
  http.get(
    '/site/:site/my/stop-marketing/:personId',
    inside(deps, async (portal) => confirmStop(portal)),
  )
  http.post(
    '/site/:site/my/stop-marketing/:personId',
    inside(deps, async (portal) => {
      const { personId } = await whose(portal)
      await ask(portal, portal.own, stopMarketing, { personId })
      return goTo(portal.reply, `${portal.at}?done=stopped`)
    }),
  )
  http.get(
    '/site/:site/my/demand/:personId/:kind',
    inside(deps, async (portal) => confirmDemand(portal)),
  )
  http.post(
    '/site/:site/my/demand/:personId/:kind',
    inside(deps, async (portal, form) => {
      const { personId, isProved } = await whose(portal)
      const { id } = await ask(portal, portal.own, fileOwnRequest, { personId, kind: demandOf(portal), words: form.text('words') })
      return goTo(portal.reply, isProved ? `${portal.at}/requests?filed=${id}` : `${portal.at}?done=filed`)
    }),
  )
}

/** Whom the address names; anybody who is not on this page is nobody. */
export async function whose(portal: Inside): Promise<{ personId: string; name: string; isProved: boolean }> {
  const { persons, isProved } = await ask(portal, portal.own, showOwn, {})
  const person = persons.find(({ personId }) => personId === paramOf(portal.request, 'personId'))
  if (!person) throw notFound()
  return { personId: person.personId, name: person.masked.name, isProved }
}

function kindOf({ request }: Inside): ConsentKind {
  const kind = consentKinds.find((each) => each === paramOf(request, 'kind'))
  if (!kind) throw notFound()
  return kind
}
function demandOf({ request }: Inside): Demand {
  const kind = demands.find((each) => each === paramOf(request, 'kind'))
  if (!kind) throw notFound()
  return kind
}

/** Go on or not: two ways side by side. */
const choice = (portal: Inside, to: string, button: string, back: string, more: Html | false = false): Html =>
  formTo(
    portal,
    to,
    html`${more}
      <div class="buttons"><button class="button">${button}</button><a class="button second" href="${back}">${portal.words.cancel}</a></div>`,
  )

async function confirmWithdrawal(portal: Inside): Promise<unknown> {
  const { words, visit, at } = portal
  const kind = kindOf(portal)
  const { personId, name } = await whose(portal)
  const title = words.consents.confirm(deskWords[visit.language].consent.kinds[kind])
  return section(
    portal,
    title,
    html`<p class="soft">${name}</p>
      <p class="lead">${words.consents.effects[kind]}</p>
      <p>${words.consents.anytime}</p>
      ${choice(portal, `${at}/consents/${personId}/${kind}/withdraw`, words.consents.withdraw, `${at}/consents`)}`,
  )
}

async function confirmStop(portal: Inside): Promise<unknown> {
  const { words, at } = portal
  const { personId, name } = await whose(portal)
  return section(
    portal,
    words.stop.title,
    html`<p class="soft">${name}</p>
      <p class="lead">${words.stop.text}</p>
      <p>${words.stop.lasts}</p>
      ${choice(portal, `${at}/stop-marketing/${personId}`, words.stop.button, at)}`,
  )
}

async function confirmDemand(portal: Inside): Promise<unknown> {
  const { words, visit, at } = portal
  const kind = demandOf(portal)
  const { personId, name, isProved } = await whose(portal)
  const said = words.demands[kind]
  const inWords = textArea({ name: 'words', label: words.words, hint: words.wordsHint, language: visit.language, isOptional: true, maxlength: 4000 })
  return section(
    portal,
    said.title,
    html`<p class="soft">${name}</p>
      <p class="lead">${said.text}</p>
      ${!isProved && html`<p>${words.shared.officer}</p>`} ${choice(portal, `${at}/demand/${personId}/${kind}`, said.button, at, inWords)}`,
  )
}
