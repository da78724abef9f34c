import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { languageOf, notFound, type Action, type Credential, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { readChoice } from '../cookies/choice-cookie.ts'
import { setCookie } from './cookies.ts'
import { formKey } from './guard-form.ts'
import type { Choice, Language, SiteInfo } from './layout.ts'
import type { SiteDeps } from './site-deps.ts'

/** A visitor at an address of a company's site: everything a page is laid out with. */
export type Visit = { site: SiteInfo; language: Language; path: string; choice: Choice; credential: Extract<Credential, { kind: 'site' }> }

type Row = { siteName: string; name: string; address: string; inn: string; ogrn: string; takesRequests: boolean; setsCookies: boolean }
const info = statement<Row>(
  'site_info',
  `
  select s.name "siteName", t.name, t.address, t.inn, t.ogrn, exists (select from lead_sources l where l.tenant_id = $1 and l.code = 'site' and l.is_active) "takesRequests",
    exists (select from consent_texts c where c.tenant_id = $1 and c.kind in ('cookies_analytics', 'cookies_marketing')) "setsCookies"
  from sites s join tenants t on t.tenant_id = s.tenant_id where s.tenant_id = $1`,
)

const opened = new WeakMap<FastifyRequest, Promise<Visit>>()

/** Finds the site that the address names, once for a request. A word that is nobody's and a site that is closed are the same "not found". */
export function openSite(deps: SiteDeps, request: FastifyRequest, reply: FastifyReply, slug = slugOf(request), evenClosed = false): Promise<Visit> {
  const known = opened.get(request)
  if (known) return known
  const visit = findVisit(deps, request, reply, slug, evenClosed)
  opened.set(request, visit)
  return visit
}

const findVisit = async (deps: SiteDeps, request: FastifyRequest, reply: FastifyReply, slug: string, evenClosed: boolean): Promise<Visit> =>
  (await visitWith(deps, request, reply, { slug, evenClosed }, async () => null)).visit

/** An act of the visitor that only reads. */
export type Ask = <I extends z.ZodType, O extends z.ZodType>(action: Action<I, O>, input: Omit<z.input<I>, 'site'>) => Promise<z.output<O>>

/** The site together with what a page of it shows, in one transaction: a page is asked for more often than anything else. */
export async function openPage<T>(deps: SiteDeps, request: FastifyRequest, reply: FastifyReply, read: (ask: Ask) => Promise<T>): Promise<{ visit: Visit; shown: T }> {
  const slug = slugOf(request)
  const found = await visitWith(deps, request, reply, { slug, evenClosed: false }, (ctx) =>
    read((action, input) => action(ctx, { ...input, site: slug } as z.input<typeof action.endpoint.input>)),
  )
  opened.set(request, Promise.resolve(found.visit))
  return found
}

type Where = { slug: string; evenClosed: boolean }

async function visitWith<T>(
  deps: SiteDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { slug, evenClosed }: Where,
  read: (ctx: Ctx) => Promise<T>,
): Promise<{ visit: Visit; shown: T }> {
  const tenantId = await deps.findSite(slug)
  if (tenantId === null) throw notFound()
  const credential = { kind: 'site', tenantId, ...(evenClosed ? { evenClosed } : {}) } as const
  const caller = { device: '', language: 'ru', addressKey: '' } as const
  const asked = { credential, door: 'site', purpose: undefined, readOnly: true, caller } as const
  const {
    result: [[row], shown],
  } = await deps.work(asked, (ctx) => Promise.all([ctx.run(info), read(ctx)]))
  if (!row) throw notFound()
  const { siteName, takesRequests, setsCookies, ...operator } = row
  const choice = readChoice(request)
  const place = { isSecure: deps.isSecure, path: `/site/${slug}` }
  const visit: Visit = {
    site: { tenantId, slug, name: siteName, operator, takesRequests },
    language: chosenLanguage(deps, request, reply),
    path: request.url.replace(/\?.*$/s, ''),
    // Where no consent is asked for, nothing that needs one is set, and there is nothing to choose.
    choice: { ...choice, isAsked: choice.isAsked && setsCookies, key: formKey(request, reply, place) },
    credential,
  }
  return { visit, shown }
}

/** Where no page answers, the router names no site; the address itself still may. */
export const slugOf = (request: FastifyRequest): string => (request.params as { site?: string } | null)?.site ?? /^\/site\/([a-z0-9-]{1,40})(?=[/?]|$)/.exec(request.url)?.[1] ?? ''

/** The language that the visitor has just asked for is remembered: they asked for exactly that. */
function chosenLanguage(deps: SiteDeps, request: FastifyRequest, reply: FastifyReply): Language {
  const { lang } = request.query as { lang?: string }
  if (lang !== 'ru' && lang !== 'en') return languageOf(request)
  setCookie(reply, { isSecure: deps.isSecure, path: '/' }, 'language', lang)
  return lang
}
