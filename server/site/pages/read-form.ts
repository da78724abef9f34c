import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '../../kernel/index.ts'

export const FORM_MAX_BYTES = 65_536
const MAX_FIELDS = 80
const MAX_NAME = 60
const MAX_VALUE = 8_000
const FORM_TYPE = 'application/x-www-form-urlencoded'

/** A sent form: `text` is empty where there is no such field, `isOn` is a ticked box. */
export type Form = { text: (name: string) => string; isOn: (name: string) => boolean; values: ReadonlyMap<string, string> }

/** Teaches this part of the server to take forms; the acts' own addresses take JSON only. */
export function acceptForms(http: FastifyInstance): void {
  http.addContentTypeParser(FORM_TYPE, { parseAs: 'buffer', bodyLimit: FORM_MAX_BYTES }, (_request, body, done) => done(null, body))
}

/** The form of a request. Refuses (`malformed`) what is no form, is not UTF-8, or hides control characters; of two fields of a name the first counts. */
export function readForm(request: FastifyRequest): Form {
  if (!(request.body instanceof Uint8Array)) throw new Refusal('malformed')
  const values = new Map<string, string>()
  for (const pair of plainText(request.body).split('&', MAX_FIELDS + 1)) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const name = decode(at < 0 ? pair : pair.slice(0, at))
    const value = at < 0 ? '' : decode(pair.slice(at + 1))
    if (name.length > MAX_NAME || value.length > MAX_VALUE) throw new Refusal('too_large')
    if (values.size >= MAX_FIELDS) throw new Refusal('malformed')
    if (!values.has(name)) values.set(name, value)
  }
  return { text: (name) => values.get(name)?.trim() ?? '', isOn: (name) => (values.get(name) ?? '') !== '', values }
}

function plainText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('malformed')
  }
}

function decode(text: string): string {
  let plain: string
  try {
    // Unlike URLSearchParams this refuses bytes that are no UTF-8 instead of quietly changing them.
    plain = decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new Refusal('malformed')
  }
  if (plain.includes('\u0000')) throw new Refusal('malformed')
  return plain.replaceAll('\r\n', '\n')
}
