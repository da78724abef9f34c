import type { FastifyReply, FastifyRequest } from 'fastify'
import { errors } from '../../../contract/errors.ts'
import { errorBody, languageOf, notFound } from '../../kernel/index.ts'
import { html } from '../../platform/html/html.ts'
import { wordsOf } from '../../platform/words-of.ts'
import { bareLayout, layout, siteWords, type Language } from './layout.ts'
import { openSite, type Visit } from './open-site.ts'
import { sendPage } from './send-page.ts'
import type { SiteDeps } from './site-deps.ts'

const RETRY_AFTER_S = 5

/** Every refusal of a page, as a page in words: an address that never was, and one of another company, look the same. */
export async function answerWithPage(deps: SiteDeps, error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const told = errorBody(error, request)
  // An address that could never be one of ours is as unknown as one that merely is not.
  const { status, body } = request.method === 'GET' && told.body.error === 'invalid' ? errorBody(notFound(), request) : told
  if (status >= 500 && status !== errors.unavailable.status) request.log.error({ error: wordsOf(error) }, 'failed')
  if (status === errors.unavailable.status) reply.header('retry-after', String(RETRY_AFTER_S))
  // Under overload and without a database nothing more is asked of either.
  const visit = status === errors.unavailable.status ? null : await openSite(deps, request, reply).catch(() => null)
  const language = visit?.language ?? languageOf(request)
  const { title, text } = sentencesOf(language, body.error, body.message)
  return sendPage(
    reply,
    visit
      ? errorOf(visit, title, text)
      : bareLayout(
          language,
          title,
          html`<section class="narrow plain">
            <h1>${title}</h1>
            <p>${text}</p>
          </section>`,
        ),
    status,
  )
}

function sentencesOf(language: Language, code: string, message: string): { title: string; text: string } {
  const { errors: known } = siteWords[language]
  const found = Object.entries(known).find(([name]) => name === code)?.[1]
  return typeof found === 'object' ? found : { title: message, text: '' }
}

function errorOf(visit: Visit, title: string, text: string): string {
  const words = siteWords[visit.language].errors
  return layout({
    ...visit,
    title,
    robots: 'noindex',
    main: html`<section class="narrow plain">
      <h1>${title}</h1>
      <p>${text}</p>
      <p><a class="button" href="/site/${visit.site.slug}">${words.back}</a></p>
    </section>`,
  })
}
