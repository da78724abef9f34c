import type { FastifyReply, FastifyRequest } from 'fastify'
import { errors } from '../../../contract/errors.ts'
import { errorBody, languageOf, notFound } from '../../kernel/index.ts'
import { html, type Html } from '../../platform/html/html.ts'
import { wordsOf } from '../../platform/words-of.ts'
import { bareLayout, layout, siteWords, type Language } from './layout.ts'
import { openSite, slugOf, type Visit } from './open-site.ts'
import { sendPage } from './send-page.ts'
import type { SiteDeps } from './site-deps.ts'

const RETRY_AFTER_S = 5

/** Addresses whose answers are pages; every other is an act's, or the application's. */
export const isPage = ({ url }: FastifyRequest): boolean => /^\/(?:site|policy)(?:[/?]|$)/.test(url)

/** Every refusal of a page, as a page in words: an address that never was, and one of another company, look the same. */
export async function answerWithPage(deps: SiteDeps, error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const unread = unreadAddress(error)
  if (unread) return sendPage(reply, bareOf(request, sentencesOf(askedLanguage(request), unread.code, ''), slugOf(request)), unread.status)
  const told = errorBody(error, request)
  // An address that could never be one of ours is as unknown as one that merely is not.
  const { status, body } = request.method === 'GET' && told.body.error === 'invalid' ? errorBody(notFound(), request) : told
  if (status >= 500 && status !== errors.unavailable.status) request.log.error({ error: wordsOf(error) }, 'failed')
  if (status === errors.unavailable.status) reply.header('retry-after', String(RETRY_AFTER_S))
  // Under overload and without a database nothing more is asked of either.
  const visit = status === errors.unavailable.status ? null : await openSite(deps, request, reply).catch(() => null)
  const sentences = sentencesOf(visit?.language ?? askedLanguage(request), body.error, body.message)
  return sendPage(reply, visit ? errorOf(visit, sentences) : bareOf(request, sentences), status)
}

/** What the router itself refuses, before any page is found: bytes that are no UTF-8, and a part of an address that is longer than any of ours. */
function unreadAddress(error: unknown): { status: 400 | 414; code: 'bad_address' | 'long_address' } | null {
  const { code } = error as { code?: string }
  if (code === 'FST_ERR_BAD_URL') return { status: 400, code: 'bad_address' }
  return code === 'FST_ERR_MAX_PARAM_LENGTH' ? { status: 414, code: 'long_address' } : null
}

const askedLanguage = (request: FastifyRequest): Language => {
  const asked = /[?&]lang=(ru|en)(?=&|$)/.exec(request.url)?.[1]
  return asked === 'ru' || asked === 'en' ? asked : languageOf(request)
}

type Sentences = { title: string; text: string }

function sentencesOf(language: Language, code: string, message: string): Sentences {
  const { errors: known } = siteWords[language]
  const found = Object.entries(known).find(([name]) => name === code)?.[1]
  return typeof found === 'object' ? found : { title: message, text: '' }
}

/** Asks nothing of the database. `slug`: the site to go back to, empty where there is none. */
function bareOf(request: FastifyRequest, sentences: Sentences, slug = ''): string {
  const language = askedLanguage(request)
  return bareLayout(language, sentences.title, mainOf(sentences, language, slug))
}

const errorOf = (visit: Visit, sentences: Sentences): string =>
  layout({ ...visit, title: sentences.title, robots: 'noindex', main: mainOf(sentences, visit.language, visit.site.slug) })

const mainOf = ({ title, text }: Sentences, language: Language, slug: string): Html =>
  html`<section class="narrow plain">
    <h1>${title}</h1>
    <p>${text}</p>
    ${slug !== '' && html`<p><a class="button" href="/site/${slug}">${siteWords[language].errors.back}</a></p>`}
  </section>`
