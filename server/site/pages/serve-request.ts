import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { siteConsents, siteInterests } from '../../../contract/site/request.ts'
import { errorBody } from '../../kernel/index.ts'
import { showForm, showRequest } from '../requests/show-request.ts'
import { takeRequest } from '../requests/take-request.ts'
import { showModels } from '../showcase/show-models.ts'
import { showPlaces } from '../showcase/show-places.ts'
import { askAct } from './ask-act.ts'
import { cookieOf } from './cookies.ts'
import { problemText, type Problem } from './form.ts'
import { refuseForeignForm } from './guard-form.ts'
import { layout, siteWords, type Language } from './layout.ts'
import { noteVisit } from './note-visit.ts'
import { openSite, type Visit } from './open-site.ts'
import { readForm, type Form } from './read-form.ts'
import { boxOf, donePage, requestPage } from './request-page.ts'
import { goTo, sendPage } from './send-page.ts'
import type { PagesDeps } from './site-deps.ts'

/** The form of a request, its sending and what is seen after it. */
export function serveRequest(http: FastifyInstance, deps: PagesDeps): void {
  http.get('/site/:site/request', async (request, reply) => {
    const visit = await openSite(deps, request, reply)
    noteVisit(deps, request, reply, visit, 'request')
    return sendPage(reply, await formPage(deps, request, visit, { values: fromAddress(request), problems: [] }))
  })
  http.post('/site/:site/request', async (request, reply) => {
    const visit = await openSite(deps, request, reply)
    const form = readForm(request)
    refuseForeignForm(request, form, deps.origin)
    try {
      const { ref } = await askAct(deps, request, visit, takeRequest, draftOf(form, campaignOf(request, visit)))
      return goTo(reply, `/site/${visit.site.slug}/request/done/${ref}`)
    } catch (error) {
      return sendAgain(deps, request, reply, visit, form, error)
    }
  })
  http.get<{ Params: { ref: string } }>('/site/:site/request/done/:ref', async (request, reply) => {
    const visit = await openSite(deps, request, reply)
    const taken = await askAct(deps, request, visit, showRequest, { ref: request.params.ref })
    noteVisit(deps, request, reply, visit, 'done')
    return sendPage(reply, layout({ ...visit, title: siteWords[visit.language].done.title, robots: 'noindex', main: donePage(visit, taken) }))
  })
}

/** What a link to the form has chosen already: words of ours and ids, put into fields like anything that was typed. */
function fromAddress(request: FastifyRequest): Map<string, string> {
  const { interest, model, place } = request.query as Record<string, string | undefined>
  const values = new Map<string, string>()
  if (siteInterests.some((known) => known === interest)) values.set('interest', interest ?? '')
  if (model) values.set('model', model)
  if (place) values.set('place', `place:${place}`)
  return values
}

function draftOf(form: Form, campaign: string | undefined) {
  const [, kind, place] = /^(place|city):(.*)$/su.exec(form.text('place')) ?? []
  return {
    token: form.text('token'),
    interest: form.text('interest') as (typeof siteInterests)[number],
    name: form.text('name'),
    phone: form.text('phone'),
    email: form.text('email'),
    wishes: form.text('wishes'),
    website: form.text('website'),
    ...(form.text('model') ? { modelId: form.text('model') } : {}),
    ...(kind === 'place' ? { placeId: place } : kind === 'city' ? { city: place } : {}),
    consents: siteConsents.filter((consent) => form.isOn(boxOf(consent))).map((consent) => ({ kind: consent, textId: form.text(boxOf(consent)) })),
    ...(form.isOn('policy') ? { policyVersion: Number(form.text('policy')) } : {}),
    ...(campaign ? { campaign } : {}),
  }
}

const campaignOf = (request: FastifyRequest, visit: Visit): string | undefined => (visit.choice.marketing ? (cookieOf(request, 'infotech_from') ?? undefined) : undefined)

const controls: Record<string, string> = { modelId: 'model', placeId: 'place', city: 'place', consents: boxOf('request'), policyVersion: 'policy' }

/** A refused form comes back as it was filled in, with every problem named; any other refusal is a page of its own. */
async function sendAgain(deps: PagesDeps, request: FastifyRequest, reply: FastifyReply, visit: Visit, form: Form, error: unknown): Promise<FastifyReply> {
  const { body } = errorBody(error, request)
  if (body.error !== 'invalid' || !body.fields) throw error
  const problems = body.fields.map(({ at, why }): Problem => {
    const control = at.startsWith('consents.') ? boxOf('request') : (controls[at] ?? at)
    return { at: control, text: problemText(visit.language, codeOf(at, why)) }
  })
  // A form that lay too long gets a new token; else it stays the same form, so that its second sending is still known.
  const token = problems.some(({ at }) => at === 'token') ? undefined : form.text('token')
  const unique = problems.filter(({ at }, index) => problems.findIndex((other) => other.at === at) === index)
  return sendPage(reply, await formPage(deps, request, visit, { values: form.values, problems: unique, ...(token ? { token } : {}) }), 422)
}

/** What the contract calls it, as this form tells it. */
function codeOf(at: string, why: string): string {
  if (at.startsWith('consents.')) return 'form_over'
  switch (why) {
    case 'needed':
      return at === 'name' ? 'name_needed' : 'needed'
    case 'too_small':
      return 'needed'
    case 'too_big':
      return 'too_long'
    case 'invalid_format':
      return at === 'name' || at === 'phone' || at === 'email' || at === 'wishes' ? 'characters' : 'unknown'
    case 'invalid_value':
      return 'unknown'
    default:
      return why
  }
}

type Again = { values: ReadonlyMap<string, string>; problems: readonly Problem[]; token?: string }

async function formPage(deps: PagesDeps, request: FastifyRequest, visit: Visit, again: Again): Promise<string> {
  const [fresh, { models }, { places }] = await Promise.all([
    askAct(deps, request, visit, showForm, {}),
    askAct(deps, request, visit, showModels, {}),
    askAct(deps, request, visit, showPlaces, {}),
  ])
  return layout({ ...visit, title: titleOf(visit.language, again.problems), main: requestPage(visit, { ...fresh, models, places, ...again }) })
}

/** Screen readers read the title first: it tells that something is wrong. */
const titleOf = (language: Language, problems: readonly Problem[]): string => {
  const words = siteWords[language]
  return problems.length > 0 ? `${words.form.summary}: ${words.ask.title}` : words.ask.title
}
