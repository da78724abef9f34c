import { isUtf8 } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import type { Writable } from 'node:stream'
import Fastify, { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest, type FastifyServerOptions } from 'fastify'
import { isTooDeep } from './json-depth.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** A JSON body as it came, also one that nobody can read. */
    bytes: Buffer | null
  }
}

/** Content types whose bodies are handed on as bytes; an endpoint names those it accepts. */
export const byteTypes = [
  'application/xml',
  'text/xml',
  'application/x-adf+xml',
  'text/plain',
  'text/csv',
  'application/octet-stream',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const

const headers: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(self), geolocation=()',
  // Positions are set as style attributes at run time; scripts and style sheets are ours and from files only.
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}

export type HttpOptions = {
  logLevel: string
  /** Instead of the standard output. */
  logTo?: Writable
  isSecure: boolean
  trustProxy: string | false
  /** Answers every error, also of addresses that no route can read. */
  answerError: (error: unknown, request: FastifyRequest, reply: FastifyReply) => unknown
}

/** A bare HTTP server with our limits and headers; knows no module. Logs method, route pattern, status and time: never addresses, queries or bodies. */
export function createHttp(options: HttpOptions): FastifyInstance {
  const logger: FastifyServerOptions['logger'] =
    options.logLevel === 'silent'
      ? false
      : {
          level: options.logLevel,
          ...(options.logTo ? { stream: options.logTo } : {}),
          serializers: { req: (request) => ({ method: request.method, route: request.routeOptions?.url ?? '-', id: request.id }) },
        }
  const app = Fastify({
    logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1_048_576,
    requestTimeout: 120_000,
    trustProxy: options.trustProxy,
    // No hook runs for an address that the router cannot read.
    frameworkErrors: (error, request, reply: FastifyReply) => {
      protect(reply, options.isSecure)
      void Promise.resolve(options.answerError(error, request, reply)).catch(() => reply.code(500).send())
    },
    genReqId: () => randomBytes(9).toString('base64url'),
    routerOptions: { maxParamLength: 200, querystringParser: (text: string) => Object.fromEntries(new URLSearchParams(text)) },
  })
  app.addContentTypeParser([...byteTypes], { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setErrorHandler((error, request, reply) => options.answerError(error, request, reply))
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.decorateRequest('bytes', null)
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    request.bytes = bytes
    // Else letters of another encoding would be lost without a word.
    if (!isUtf8(bytes)) return done(Object.assign(new Error('not UTF-8'), { statusCode: 400 }), undefined)
    const body = bytes.toString('utf8')
    if (isTooDeep(body)) return done(Object.assign(new Error('nested too deep'), { statusCode: 400 }), undefined)
    return parseJson(request, body, done)
  })
  app.addHook('onSend', async (_request, reply) => protect(reply, options.isSecure))
  app.addHook('onResponse', async (request, reply) => {
    request.log.info({ req: request, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered')
  })
  return app
}

/** What an answer has set for itself stays. */
function protect(reply: FastifyReply, isSecure: boolean): void {
  for (const [name, value] of Object.entries(headers)) if (!reply.hasHeader(name)) reply.header(name, value)
  if (isSecure) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
}
