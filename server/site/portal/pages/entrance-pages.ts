import type { FastifyInstance } from 'fastify'
import { CODE_MINUTES } from '../../../../contract/site/portal.ts'
import { html } from '../../../platform/html/html.ts'
import { errorSummary, field, type Problem } from '../../pages/form.ts'
import { goTo } from '../../pages/send-page.ts'
import type { SiteDeps } from '../../pages/site-deps.ts'
import { askCode } from '../enter/ask-code.ts'
import { enterByCode } from '../enter/enter-by-code.ts'
import { enterByLink } from '../enter/links.ts'
import { leaveOwn } from '../own/leave.ts'
import { ask, askForm, codeOf, entrance, formTo, inside, notice, paramOf, queryOf, show, type Portal } from './portal-page.ts'

/** The way in and out: an address, a code; or the link of a letter. */
export function serveEntrance(http: FastifyInstance, deps: SiteDeps): void {
  http.post(
    '/site/:site/my/code',
    entrance(deps, async (portal, form) => {
      const { visit, request, reply, at, words } = portal
      const address = form.text('address')
      try {
        const { challengeId } = await ask(portal, visit.credential, askCode, { site: visit.site.slug, address, language: visit.language })
        return goTo(reply, `${at}/code/${challengeId}`)
      } catch (error) {
        if (codeOf(error, request) !== 'invalid') throw error
        return showAsk(portal, { address, problems: [{ at: 'address', text: words.ask.problem }] })
      }
    }),
  )
  http.get(
    '/site/:site/my/code/:challengeId',
    entrance(deps, async (portal) => showCode(portal)),
  )
  http.post(
    '/site/:site/my/code/:challengeId',
    entrance(deps, async (portal, form) => {
      const { visit, request, reply, at, words } = portal
      const code = form.text('code').replace(/[\s-]/g, '')
      if (!/^\d{6}$/.test(code)) return showCode(portal, words.code.shape)
      const tried = ask(portal, visit.credential, enterByCode, { site: visit.site.slug, challengeId: paramOf(request, 'challengeId'), code })
      const { entered } = await tried.catch((error: unknown) => notInvalid(error, portal))
      return entered ? goTo(reply, at) : showCode(portal, words.code.problem)
    }),
  )
  // Programs that read letters open every link in them: so opening it shows a button, and only the button uses it up.
  http.get(
    '/site/:site/my/enter/:token',
    entrance(deps, async (portal) => showLink(portal)),
  )
  http.post(
    '/site/:site/my/enter/:token',
    entrance(deps, async (portal) => {
      const { visit, request, reply, at, words } = portal
      const tried = ask(portal, visit.credential, enterByLink, { site: visit.site.slug, token: paramOf(request, 'token') })
      const { entered } = await tried.catch((error: unknown) => notInvalid(error, portal))
      return entered ? goTo(reply, at) : showAsk(portal, { said: words.link.problem, status: 422 })
    }),
  )
  http.post(
    '/site/:site/my/leave',
    inside(deps, async (portal) => {
      await ask(portal, portal.own, leaveOwn, {})
      return goTo(portal.reply, `${portal.at}?left=1`)
    }),
  )
}

/** An address that holds no challenge or link at all is answered like one whose time is over. */
function notInvalid(error: unknown, { request }: Portal): { entered: false } {
  if (codeOf(error, request) !== 'invalid') throw error
  return { entered: false }
}

type Asked = { address?: string; problems?: readonly Problem[]; said?: string | undefined; status?: number }

/** Before somebody is in: what this page is, and the address. */
export function showAsk(portal: Portal, { address, problems = [], said, status }: Asked = {}): unknown {
  const { visit, words, request } = portal
  const note = said ?? (queryOf(request, 'over') ? words.ask.over : queryOf(request, 'left') ? words.ask.left : undefined)
  const main = html`<section class="narrow plain">
    <h1>${words.title}</h1>
    ${note && notice(note)}
    <p class="lead">${words.ask.lead(visit.site.name)}</p>
    ${errorSummary(visit.language, problems)} ${askForm(portal, { address, problems })}
  </section>`
  return show(portal, words.title, main, status ?? (problems.length > 0 ? 422 : 200))
}

function showCode(portal: Portal, problem?: string): unknown {
  const { visit, words, at, request } = portal
  const problems: Problem[] = problem ? [{ at: 'code', text: problem }] : []
  const main = html`<section class="narrow plain">
    <h1>${words.code.title}</h1>
    <p class="lead">${words.code.lead(CODE_MINUTES)}</p>
    <p>${words.code.same}</p>
    ${errorSummary(visit.language, problems)}
    ${formTo(
      portal,
      `${at}/code/${encodeURIComponent(paramOf(request, 'challengeId'))}`,
      html`${field({ name: 'code', label: words.code.field, language: visit.language, problems, autocomplete: 'one-time-code', inputmode: 'numeric', maxlength: 12 })}
        <div class="buttons"><button class="button">${words.code.enter}</button><a class="quiet" href="${at}">${words.code.again}</a></div>`,
    )}
    <p class="soft">${words.code.none}</p>
  </section>`
  return show(portal, words.code.title, main, problem ? 422 : 200)
}

function showLink(portal: Portal): unknown {
  const { words, at, request } = portal
  const main = html`<section class="narrow plain">
    <h1>${words.link.title}</h1>
    <p class="lead">${words.link.lead}</p>
    ${formTo(portal, `${at}/enter/${encodeURIComponent(paramOf(request, 'token'))}`, html`<div class="buttons"><button class="button">${words.link.open}</button></div>`)}
  </section>`
  return show(portal, words.link.title, main)
}
