import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { chooseCookies } from '../cookies/choose-cookies.ts'
import { choiceValue, hasSignal, visitorOf, type CookieChoice } from '../cookies/choice-cookie.ts'
import { listPublicTexts } from '../showcase/public-texts.ts'
import { askAct } from './ask-act.ts'
import { cookiesPage, type CookiesPage } from './cookies-page.ts'
import { cookieOf, setCookie } from './cookies.ts'
import { refuseForeignForm } from './guard-form.ts'
import { layout, siteWords } from './layout.ts'
import { noteVisit } from './note-visit.ts'
import { openSite, type Visit } from './open-site.ts'
import { readForm, type Form } from './read-form.ts'
import { goTo, sendPage } from './send-page.ts'
import type { PagesDeps } from './site-deps.ts'

/** The page of cookies, and the choice that the banner and the page send. */
export function serveCookies(http: FastifyInstance, deps: PagesDeps): void {
  http.get('/site/:site/cookies', async (request, reply) => {
    const visit = await openSite(deps, request, reply)
    const page = await pageOf(deps, request, visit)
    noteVisit(deps, request, reply, visit, 'cookies')
    return sendPage(reply, layout({ ...visit, choice: { ...visit.choice, isAsked: false }, title: siteWords[visit.language].choice.title, main: cookiesPage(visit, page) }))
  })
  http.post('/site/:site/cookies', async (request, reply) => {
    const visit = await openSite(deps, request, reply)
    const form = readForm(request)
    refuseForeignForm(request, form, deps.origin)
    const wanted = wantedOf(form)
    const known = visitorOf(request)
    const { visitorId, ...chosen } = await askAct(deps, request, visit, chooseCookies, {
      ...wanted,
      isSignalled: hasSignal(request),
      ...(known ? { visitorId: known } : {}),
    })
    keep(deps, request, reply, visit, chosen, visitorId)
    return goTo(reply, backOf(form, visit))
  })
}

async function pageOf(deps: PagesDeps, request: FastifyRequest, visit: Visit): Promise<CookiesPage> {
  const { texts } = await askAct(deps, request, visit, listPublicTexts, {})
  const textOf = (kind: string): string | undefined => texts.find((text) => text.kind === kind)?.newestId
  const [analytics, marketing] = [textOf('cookies_analytics'), textOf('cookies_marketing')]
  return {
    texts: { ...(analytics ? { analytics } : {}), ...(marketing ? { marketing } : {}) },
    isSignalled: hasSignal(request),
    isSaved: (request.query as { saved?: string }).saved === '1',
  }
}

function wantedOf(form: Form): CookieChoice & { how: 'accept' | 'refuse' | 'details' } {
  switch (form.text('choose')) {
    case 'all':
      return { analytics: true, marketing: true, how: 'accept' }
    case 'details':
      return { analytics: form.isOn('analytics'), marketing: form.isOn('marketing'), how: 'details' }
    // Whatever else was pressed allows nothing.
    default:
      return { analytics: false, marketing: false, how: 'refuse' }
  }
}

/** The choice itself is remembered; what is no longer allowed is taken back at once. */
function keep(deps: PagesDeps, request: FastifyRequest, reply: FastifyReply, visit: Visit, chosen: CookieChoice, visitorId: string): void {
  const place = { isSecure: deps.isSecure, path: `/site/${visit.site.slug}` }
  setCookie(reply, place, 'infotech_choice', choiceValue(chosen, visitorId))
  if (!chosen.analytics && cookieOf(request, 'infotech_seen')) setCookie(reply, place, 'infotech_seen', null)
  if (!chosen.marketing && cookieOf(request, 'infotech_from')) setCookie(reply, place, 'infotech_from', null)
}

/** Back to where the banner stood: a page of this very site, whatever the form says. */
function backOf(form: Form, { site }: Visit): `/${string}` {
  const home = `/site/${site.slug}` as const
  const back = form.text('back')
  const isOurs = back === home || (back.startsWith(`${home}/`) && /^[\w/-]{1,300}$/.test(back))
  if (!isOurs) return home
  return back === `${home}/cookies` ? `${home}/cookies?saved=1` : (back as `/${string}`)
}
