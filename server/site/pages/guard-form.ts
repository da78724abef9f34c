import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../kernel/index.ts'
import { cookieOf, setCookie } from './cookies.ts'
import type { Form } from './read-form.ts'

/** The proof of a form: what a page of ours wrote into it, made of a cookie that no other site can read. Sets the cookie where there is none. */
export function formKey(request: FastifyRequest, reply: FastifyReply, place: { isSecure: boolean; path: string }): string {
  const known = cookieOf(request, 'infotech_form')
  const secret = known && known.length >= 20 ? known : randomBytes(18).toString('base64url')
  if (secret !== known) setCookie(reply, place, 'infotech_form', secret)
  return keyOf(secret)
}

const keyOf = (secret: string): string => createHash('sha256').update(`form ${secret}`).digest('base64url')

/**
 * Refuses a form that another site sent in the visitor's name (CSRF): the browser's own word about where it comes from must be ours, and the
 * form must hold the proof of the cookie. Every form of the site asks this first.
 */
export function refuseForeignForm(request: FastifyRequest, form: Form, origin: string): void {
  if (isForeign(request, origin)) throw new Refusal('cross_site')
  const secret = cookieOf(request, 'infotech_form')
  const [given, wanted] = [Buffer.from(form.text('key')), Buffer.from(keyOf(secret ?? ''))]
  if (secret === null || given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new Refusal('cross_site')
}

function isForeign({ headers }: FastifyRequest, ours: string): boolean {
  const fetchSite = headers['sec-fetch-site']
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') return true
  const said = headers.origin ?? originOf(headers.referer)
  if (said === undefined) return false
  return said !== ours && said !== `http://${headers.host}` && said !== `https://${headers.host}`
}

function originOf(referer: string | undefined): string | undefined {
  if (referer === undefined) return undefined
  return URL.canParse(referer) ? new URL(referer).origin : 'null'
}
