import type { FastifyInstance } from 'fastify'
import type { Endpoint } from '../../contract/endpoint.ts'
import { LiveEvent, livePath } from '../../contract/live.ts'
import { openApiOf, schemaOf, type OpenApi, type Operation } from './openapi.ts'
import { openApiPage, openApiPagePolicy } from './openapi-page.ts'
import { languageOf } from './serve.ts'

/** The one address that answers with a stream and so is no act. */
const live: Operation = {
  operationId: 'get_live',
  summary: 'What changes, as it changes: server-sent events with kind and id, of rows that you may see',
  description: 'The event `again` says that some may have been missed: ask again for what you show. The stream ends with the session.',
  tags: ['live'],
  security: [{ session: [] }],
  parameters: [],
  responses: {
    200: { description: 'One event: `data: {"kind":"lead","id":"…"}`', content: { 'text/event-stream': { schema: schemaOf(LiveEvent, 'output') } } },
    401: { $ref: '#/components/responses/Refused401' },
  },
  'x-right': 'signed_in',
}

const withLive = (document: OpenApi): OpenApi => ({
  ...document,
  tags: [...document.tags, { name: 'live' }].toSorted((a, b) => a.name.localeCompare(b.name)),
  paths: { ...document.paths, [livePath.slice('/api'.length)]: { get: live } },
})

/** GET /api/openapi.json for programs and GET /api/docs for people. Both say what a program may ask, nothing of anybody's data, so they need no sign-in. */
export function serveOpenApi(http: FastifyInstance, endpoints: readonly Endpoint[], version: string): void {
  // Made at the first request: most processes are never asked.
  let made: ReturnType<typeof openApiOf> | undefined
  const document = () => (made ??= withLive(openApiOf(endpoints, version)))
  http.get('/api/openapi.json', async (_request, reply) => reply.header('cache-control', 'no-cache').send(document()))
  http.get('/api/docs', async (request, reply) =>
    reply
      .header('cache-control', 'no-cache')
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', openApiPagePolicy)
      .send(openApiPage(document(), languageOf(request))),
  )
}
