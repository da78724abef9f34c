import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { ZodError } from 'zod'
import { errors, type ErrorBody, type ErrorCode } from '../../contract/errors.ts'
import { wordsOf } from '../platform/words-of.ts'
import { tokenTenant } from '../vault/index.ts'
import type { Credential } from './actor.ts'
import type { Ctx } from './ctx.ts'
import { isLook, type Endpoint } from '../../contract/endpoint.ts'
import type { Spool } from '../platform/files/spool.ts'
import { allow, type Action } from './handle.ts'
import { toldBytes, type Idempotency } from './idempotency.ts'
import { Refusal, refusalOf } from './refusal.ts'
import { isSpooled, runOut, takeUpload, typeOf } from './take-upload.ts'
import type { CookieOrder, Work, WorkRequest } from './work.ts'

export const SESSION_COOKIE = 'infotech'
/** Of the page of the person themself. */
export const OWN_COOKIE = 'infotech_own'
const cookieNames = { session: SESSION_COOKIE, own: OWN_COOKIE } as const
export type ServeDeps = {
  work: Work
  /** Where bodies wait that are streamed in. */
  spool: Spool
  /** Whose site a word in the address is; null: nobody's. */
  findSite: (slug: string) => Promise<string | null>
  recordRefusal: (request: WorkRequest, code: string) => Promise<void>
  /** Secure cookies whenever the public address is https. */
  isSecure: boolean
  origin: string
}

/** Puts every action at its address under `/api`. */
export function serve(app: FastifyInstance, deps: ServeDeps, actions: readonly Action[]): void {
  for (const action of actions) {
    const { method, path, accepts } = action.endpoint
    const route: RouteOptions = {
      method,
      url: `/api${path}`,
      ...(accepts ? { bodyLimit: accepts.maxBytes } : {}),
      ...(action.keepRefused ? { errorHandler: whenUnreadable(deps, action) } : {}),
      handler: (request, reply) => answer(deps, action, request, reply),
    }
    if (accepts?.isStreamed) app.register(async (scope) => unread(scope, route))
    else app.route(route)
  }
}

/** A route whose bodies nobody reads before its own door does. */
function unread(scope: FastifyInstance, route: RouteOptions): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (_request, body, done) => done(null, body))
  scope.route(route)
}

async function answer(deps: ServeDeps, action: Action, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  refuseCrossSite(deps, action.endpoint, request)
  if (!action.endpoint.accepts?.isStreamed) return perform(deps, action, inputOf(action, request), { request, reply })
  const asked = askedOf(action, await credentialFor(deps, action.endpoint, request), request)
  const upload = await takeUpload(deps, action, asked, request).catch(async (error: unknown) => {
    runOut(request.raw, action.endpoint.accepts?.maxBytes ?? 0)
    await logRefusal(deps, asked, request, error)
    throw error
  })
  try {
    return await perform(deps, action, { ...(request.query as object), body: upload, ...(request.params as object) }, { request, reply })
  } finally {
    await upload.close()
  }
}

type Exchange = { request: FastifyRequest; reply: FastifyReply }
async function perform(deps: ServeDeps, action: Action, input: Record<string, unknown>, { request, reply }: Exchange): Promise<unknown> {
  const { endpoint } = action
  const idempotency = idempotencyOf(action, request, input)
  const plain = askedOf(action, await credentialFor(deps, endpoint, request), request)
  // Its key, where the caller sends one, is kept so that another question under it is refused.
  const asked: WorkRequest = idempotency ? { ...plain, readOnly: false, idempotency } : plain
  try {
    const { result, cookie } = await deps.work(asked, (ctx) => action(ctx, input))
    orderCookie(deps, reply, cookie)
    reply.header('cache-control', 'no-store')
    return result
  } catch (error) {
    await logRefusal(deps, asked, request, error)
    throw await keepRefused(deps, action, asked, input, error)
  }
}

async function logRefusal(deps: ServeDeps, asked: WorkRequest, request: FastifyRequest, error: unknown): Promise<void> {
  const code = refusalOf(error)?.code
  if (code && logged.has(code)) await deps.recordRefusal(asked, code).catch((failure: unknown) => request.log.error({ error: wordsOf(failure) }, 'a refusal could not be logged'))
}

/** An act as one unit of work: also for our own pages of HTML, which call acts without the JSON door. */
export const askedOf = ({ endpoint }: Pick<Action, 'endpoint'>, credential: Credential, request: FastifyRequest): WorkRequest => ({
  credential,
  door: `${endpoint.method} ${endpoint.path}`,
  purpose: endpoint.purpose,
  readOnly: endpoint.method === 'GET' || isLook(endpoint),
  caller: callerOf(request),
  isBackground: request.headers['x-background'] === '1',
})

/** The right that an act needs tells who may come at all, and so which proof of theirs is looked at. */
async function credentialFor({ findSite }: ServeDeps, endpoint: Endpoint, request: FastifyRequest): Promise<Credential> {
  // At the doors nobody is asked who they were: an expired cookie must not keep anyone from signing in.
  if (endpoint.can === 'anyone') return { kind: 'visitor' }
  if (endpoint.can === 'own.data') return subjectOf(request)
  if (endpoint.can !== 'site.visit') return credentialOf(request)
  const tenantId = await findSite((request.params as { site?: string }).site ?? '')
  if (tenantId === null) throw new Refusal('not_found')
  return { kind: 'site', tenantId, ...(endpoint.evenClosed ? { evenClosed: true } : {}) }
}

/** Whoever has proved an address of theirs on a company's site; a visitor without it. */
export function subjectOf(request: FastifyRequest): Credential {
  const token = ownCookie.exec(request.headers.cookie ?? '')?.[1]
  const tenantId = token === undefined ? null : tokenTenant(token)
  return token === undefined || tenantId === null ? { kind: 'visitor' } : { kind: 'subject', tenantId, token }
}

/** Where the door keeps what it refuses, the sender is told under which id. */
async function keepRefused(deps: ServeDeps, { keepRefused: keep }: Action, asked: WorkRequest, input: Record<string, unknown>, error: unknown): Promise<unknown> {
  const refusal = error instanceof ZodError ? new Refusal('invalid', { fields: fieldsOf(error) }) : refusalOf(error)
  if (!keep || !refusal || !keptCodes.has(refusal.code)) return error
  const { idempotency: _kept, ...plain } = asked
  const { code, fields, details } = refusal
  const { result: messageId } = await deps.work(plain, (ctx) => keep(ctx, input, fields ?? [{ at: '', why: code }]))
  return new Refusal(code, { ...(fields ? { fields } : {}), details: { ...details, ...(messageId ? { messageId } : {}) } })
}
/** Refused for what was sent, not for who sent it. */
const keptCodes = new Set<ErrorCode>(['invalid', 'no_ground', 'restricted'])

/** A body that is no JSON never reaches the act. Of whoever may send here it is kept all the same, as it came. */
const whenUnreadable = (deps: ServeDeps, action: Action) => (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
  void keepUnreadable(deps, action, request, error).then(
    (refusal) => reply.send(refusal),
    (failure: unknown) => reply.send(failure),
  )

async function keepUnreadable(deps: ServeDeps, action: Action, request: FastifyRequest, error: unknown): Promise<unknown> {
  const { keepRefused: keep, endpoint } = action
  if (!keep || request.bytes === null || (error as { statusCode?: number }).statusCode !== 400) return error
  refuseCrossSite(deps, endpoint, request)
  const asked = askedOf(action, credentialOf(request), request)
  const { result: messageId } = await deps.work(asked, async (ctx) => {
    allow(endpoint, ctx)
    return keep(ctx, {}, [{ at: '', why: 'malformed' }])
  })
  return new Refusal('malformed', messageId ? { details: { messageId } } : {})
}

const fieldsOf = (error: ZodError): { at: string; why: string }[] =>
  error.issues.slice(0, 50).map((issue) => ({ at: issue.path.map(String).join('.').slice(0, 200), why: issue.code === 'custom' ? issue.message.slice(0, 100) : issue.code }))

const logged = new Set<ErrorCode>(['forbidden', 'quota', 'no_ground', 'restricted', 'reauthenticate'])

/** The path wins over query and body: a body can never rename the thing the address points at. */
function inputOf({ endpoint }: Action, request: FastifyRequest): Record<string, unknown> {
  const path = request.params as object
  const query = request.query as object
  if (endpoint.method === 'GET') return { ...query, ...path }
  if (endpoint.accepts) {
    if (!endpoint.accepts.types.includes(typeOf(request)) || !(request.body instanceof Uint8Array)) throw new Refusal('unsupported_media')
    return { ...query, body: request.body, ...path }
  }
  if (request.body instanceof Uint8Array) throw new Refusal('unsupported_media')
  if (request.body !== undefined && request.body !== null && (typeof request.body !== 'object' || Array.isArray(request.body))) throw new Refusal('malformed')
  return { ...(request.body as object | undefined), ...path }
}

function idempotencyOf({ endpoint }: Action, request: FastifyRequest, input: Record<string, unknown>): Idempotency | undefined {
  const key = request.headers['idempotency-key']
  if (endpoint.method !== 'POST' || key === undefined || endpoint.can === 'anyone') return undefined
  if (typeof key !== 'string' || !/^[\x21-\x7e]{8,200}$/.test(key)) throw new Refusal('invalid', { fields: [{ at: 'Idempotency-Key', why: 'format' }] })
  const told: Record<string, unknown> = Object.fromEntries(Object.entries(input).filter(([name]) => !endpoint.secrets?.includes(name)))
  const { body, ...rest } = told
  const door = `${endpoint.method} ${endpoint.path}`
  return {
    key,
    told: body instanceof Uint8Array ? toldBytes(door, rest, body) : isSpooled(body) ? toldBytes(door, rest, body.sha256) : toldBytes(door, told),
    answer: endpoint.shownOnce ? 'sealed' : endpoint.personal ? 'none' : 'kept',
  }
}

const bearerOf = (request: FastifyRequest): string | undefined => /^Bearer ([\w-]{40,200})$/.exec(request.headers.authorization ?? '')?.[1]
const sessionCookie = new RegExp(`(?:^|; )${SESSION_COOKIE}=([\\w-]{40,200})(?:;|$)`)
const ownCookie = new RegExp(`(?:^|; )${OWN_COOKIE}=([\\w-]{40,200})(?:;|$)`)
const tokenOf = (request: FastifyRequest): string | undefined => bearerOf(request) ?? sessionCookie.exec(request.headers.cookie ?? '')?.[1]

export function credentialOf(request: FastifyRequest): Credential {
  const bearer = bearerOf(request)
  const token = tokenOf(request)
  const tenantId = token === undefined ? null : tokenTenant(token)
  if (token === undefined || tenantId === null) return { kind: 'visitor' }
  return { kind: bearer ? 'key' : 'session', tenantId, token }
}

/**
 * A cookie alone does not act: our own pages send a header that no other site's form or image can (CSRF). Only a key of ours stands for it, where a key is looked
 * at; whoever is let in by a proxy's password still acts by cookie.
 */
function refuseCrossSite(deps: ServeDeps, { can }: Endpoint, request: FastifyRequest): void {
  if (request.method === 'GET' || (can !== 'own.data' && bearerOf(request) !== undefined)) return
  const { origin } = request.headers
  if (
    request.headers['x-requested-with'] !== 'infotech' ||
    (origin !== undefined && origin !== deps.origin && origin !== `http://${request.headers.host}` && origin !== `https://${request.headers.host}`)
  )
    throw new Refusal('cross_site')
}

export function orderCookie({ isSecure }: Pick<ServeDeps, 'isSecure'>, reply: FastifyReply, order: CookieOrder): void {
  if (order === null) return
  const rules = `Path=/; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`
  const name = cookieNames[order.name]
  reply.header('set-cookie', order.set === null ? `${name}=; Max-Age=0; ${rules}` : `${name}=${order.set.token}; Expires=${order.set.expires.toUTCString()}; ${rules}`)
}

export const languageOf = (request: FastifyRequest): 'ru' | 'en' => {
  const chosen = /(?:^|; )language=(ru|en)(?:;|$)/.exec(request.headers.cookie ?? '')?.[1] ?? /^\s*(ru|en)/i.exec(request.headers['accept-language'] ?? '')?.[1]?.toLowerCase()
  return chosen === 'en' ? 'en' : 'ru'
}

const browsers = [
  ['Edg/', 'Edge'],
  ['YaBrowser', 'Yandex'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const
const systems = [
  ['Windows', 'Windows'],
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const

const MAX_AGENT = 400

/** A device as its owner would recognise it; the address itself is only a key for rate limits, in memory. */
export function callerOf(request: FastifyRequest): Ctx['caller'] {
  const agent = request.headers['user-agent'] ?? ''
  const named = (list: readonly (readonly [string, string])[]): string => list.find(([mark]) => agent.includes(mark))?.[1] ?? '—'
  return {
    device: `${named(browsers)}, ${named(systems)}`,
    language: languageOf(request),
    addressKey: request.ip,
    agent: agent.slice(0, MAX_AGENT),
    ...(request.bytes ? { bytes: request.bytes } : {}),
  }
}

/** Every refusal in one shape and in the caller's language; an unknown error never shows its text. */
export function errorBody(error: unknown, request: FastifyRequest): { status: number; body: ErrorBody } {
  const language = languageOf(request)
  const say = (code: ErrorCode, more: Partial<ErrorBody> = {}): { status: number; body: ErrorBody } => ({
    status: errors[code].status,
    body: { error: code, message: errors[code][language], requestId: request.id, ...more },
  })
  if (error instanceof ZodError) return say('invalid', { fields: fieldsOf(error) })
  const refusal = refusalOf(error)
  if (refusal) return say(refusal.code, { ...(refusal.fields ? { fields: refusal.fields } : {}), ...(refusal.details ? { details: refusal.details } : {}) })
  const status = (error as { statusCode?: number }).statusCode
  if (status === 413) return say('too_large')
  if (status === 415) return say('unsupported_media')
  if (status !== undefined && status >= 400 && status < 500) return say('malformed')
  return say('internal')
}
