import type { FastifyInstance } from 'fastify'
import type { Endpoint } from '../../contract/endpoint.ts'
import { openApiOf } from './openapi.ts'
import { openApiPage, openApiPagePolicy } from './openapi-page.ts'
import { languageOf } from './serve.ts'

/** GET /api/openapi.json for programs and GET /api/docs for people. Both say what a program may ask, nothing of anybody's data, so they need no sign-in. */
export function serveOpenApi(http: FastifyInstance, endpoints: readonly Endpoint[], version: string): void {
  // Made at the first request: most processes are never asked.
  let made: ReturnType<typeof openApiOf> | undefined
  const document = () => (made ??= openApiOf(endpoints, version))
  http.get('/api/openapi.json', async (_request, reply) => reply.header('cache-control', 'no-cache').send(document()))
  http.get('/api/docs', async (request, reply) =>
    reply
      .header('cache-control', 'no-cache')
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', openApiPagePolicy)
      .send(openApiPage(document(), languageOf(request))),
  )
}
