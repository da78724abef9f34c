import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyInstance, FastifyRequest } from 'fastify'

// In this order: what comes later may put right what came before.
const sheets = ['base', 'frame', 'banner', 'home', 'forms', 'papers', 'own'] as const
const style = Buffer.concat(sheets.map((name) => readFileSync(join(import.meta.dirname, 'styles', `${name}.css`))))
const hash = createHash('sha256').update(style).digest('base64url').slice(0, 12)
const packed = { br: brotliCompressSync(style, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }), gzip: gzipSync(style) }

/** The one style sheet of the pages. Its name holds its hash, so that it is kept for ever and never out of date. */
export const stylePath = `/site-assets/${hash}.css`

export function serveAssets(http: FastifyInstance): void {
  http.get(stylePath, (request, reply) => {
    const encoding = (['br', 'gzip'] as const).find((name) => accepts(request, name))
    reply.header('cache-control', 'public, max-age=31536000, immutable').header('vary', 'accept-encoding').type('text/css; charset=utf-8')
    return encoding ? reply.header('content-encoding', encoding).send(packed[encoding]) : reply.send(style)
  })
}

const accepts = (request: FastifyRequest, name: string): boolean =>
  new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))`).test(String(request.headers['accept-encoding'] ?? ''))
