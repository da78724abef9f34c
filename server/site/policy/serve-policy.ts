import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { sitePolicies, type PolicyVersion } from '../../../contract/privacy/policy.ts'
import { Refusal } from '../../kernel/index.ts'
import { Html, html } from '../../platform/html/html.ts'
import { listSitePolicies, PLATFORM_SITE, showArchivedPolicy, showSitePolicy } from '../../privacy/index.ts'
import { askAct } from '../pages/ask-act.ts'
import { layout } from '../pages/layout.ts'
import { openSite, type Visit } from '../pages/open-site.ts'
import { sendPage } from '../pages/send-page.ts'
import type { SiteDeps } from '../pages/site-deps.ts'
import { policyPageWords, versionDate } from './page-words.ts'

type Version = z.output<typeof PolicyVersion>

/** The policy for everybody to read (152-ФЗ art. 18.1 ч.2): the one in force, each version that ever was, and their list. `/policy` is the platform's own. */
export function servePolicy(http: FastifyInstance, deps: SiteDeps): void {
  http.get('/policy', (request, reply) => showCurrent(deps, request, reply, PLATFORM_SITE))
  http.get('/site/:site/policy', (request, reply) => showCurrent(deps, request, reply))
  http.get('/site/:site/policy/versions', (request, reply) => showVersions(deps, request, reply))
  http.get('/site/:site/policy/:version', (request, reply) => showArchived(deps, request, reply))
  http.get('/site/:site/policy/:version/text', (request, reply) => sendText(deps, request, reply))
}

async function showCurrent(deps: SiteDeps, request: FastifyRequest, reply: FastifyReply, slug?: string): Promise<unknown> {
  const visit = await openSite(deps, request, reply, slug)
  const policy = await current(deps, visit, request)
  if (policy === null) return sendPage(reply, inWords(visit, 'none'), 404)
  const words = policyPageWords[visit.language]
  return sendPage(reply, pageOf(visit, policy, words.inForce(policy.version, versionDate(policy.publishedAt, visit.language))))
}

async function showArchived(deps: SiteDeps, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const visit = await openSite(deps, request, reply)
  const [policy, inForce] = await Promise.all([archived(deps, visit, request), current(deps, visit, request)])
  if (policy === null) return sendPage(reply, inWords(visit, inForce === null ? 'none' : 'missing'), 404)
  const words = policyPageWords[visit.language]
  const say = policy.version === inForce?.version ? words.inForce : words.earlier
  return sendPage(reply, pageOf(visit, policy, say(policy.version, versionDate(policy.publishedAt, visit.language)), policy.version !== inForce?.version))
}

/** The very bytes whose checksum is published. */
async function sendText(deps: SiteDeps, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const visit = await openSite(deps, request, reply)
  const policy = await archived(deps, visit, request)
  if (policy === null) return sendPage(reply, inWords(visit, 'missing'), 404)
  return reply.header('cache-control', 'no-store').header('vary', 'cookie, accept-language').type('text/plain; charset=utf-8').send(policy.body[visit.language])
}

async function showVersions(deps: SiteDeps, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const visit = await openSite(deps, request, reply)
  const { rows } = await askAct(deps, request, visit, listSitePolicies, {})
  if (rows.length === 0) return sendPage(reply, inWords(visit, 'none'), 404)
  const { language } = visit
  const words = policyPageWords[language]
  const at = `/site/${visit.site.slug}/policy`
  const row = ({ version, publishedAt, sha256 }: (typeof rows)[number]): Html =>
    html`<li>
      <a href="${at}/${version}">${words.inForce(version, versionDate(publishedAt, language))}</a>
      <p><a href="${at}/${version}/text">${words.plain}</a>. ${words.hash}: <code>${sha256[language]}</code></p>
    </li>`
  const main = html`<section class="narrow plain">
    <h1>${words.versions}</h1>
    <p>${words.versionsIntro}</p>
    <ol reversed>
      ${rows.map(row)}
    </ol>
  </section>`
  return sendPage(reply, layout({ ...visit, title: words.versions, main }))
}

/** Null where none was published. */
const current = (deps: SiteDeps, visit: Visit, request: FastifyRequest): Promise<Version | null> => orNone(askAct(deps, request, visit, showSitePolicy, {}))

async function archived(deps: SiteDeps, visit: Visit, request: FastifyRequest): Promise<Version | null> {
  const { version } = request.params as { version: string }
  if (!sitePolicies.archived.input.safeParse({ site: visit.site.slug, version }).success) return null
  return orNone(askAct(deps, request, visit, showArchivedPolicy, { version }))
}

async function orNone(asked: Promise<Version>): Promise<Version | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') return null
    throw error
  }
}

/** The part of the page that was published stands in it as it was written then. */
function pageOf(visit: Visit, policy: Version, said: string, isEarlier = false): string {
  const words = policyPageWords[visit.language]
  const at = `/site/${visit.site.slug}/policy`
  const main = html`<article class="narrow plain document">
    <p class="soft">
      ${said} ${isEarlier && html`<a href="${at}">${words.current}</a>.`} <a href="${at}/versions">${words.versions}</a>,
      <a href="${at}/${policy.version}/text">${words.plain}</a>
    </p>
    ${new Html(policy.page[visit.language])}
    <p class="soft">${words.hash}: <code>${policy.sha256[visit.language]}</code></p>
  </article>`
  return layout({ ...visit, title: words.title, main, ...(isEarlier ? { robots: 'noindex' as const } : {}) })
}

function inWords(visit: Visit, what: 'none' | 'missing'): string {
  const words = policyPageWords[visit.language]
  const { title, text } = words[what]
  const link = what === 'missing' && html`<p><a class="button" href="/site/${visit.site.slug}/policy/versions">${words.versions}</a></p>`
  const main = html`<section class="narrow plain">
    <h1>${title}</h1>
    <p>${text}</p>
    ${link}
  </section>`
  return layout({ ...visit, title, main, robots: 'noindex' })
}
