import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/**
 * The browser's part from a folder that Vite has filled. Files under assets/ carry their hash in the name and are kept for ever; the rest is asked for
 * anew each time. Every other address of the application is its one page. Files lie there compressed as well (.br, .gz), so nothing is compressed here.
 * @returns false when nothing has been built: somebody else serves the web.
 */
export async function serveFiles(http: FastifyInstance, folder: string): Promise<boolean> {
  if (!existsSync(join(folder, 'index.html'))) return false
  await http.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => void reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  })
  http.get('/*', (request, reply) => {
    // A missing file must not come as a page: a browser would run or show it.
    if (request.url.startsWith('/api/') || request.url.startsWith('/assets/')) return reply.callNotFound()
    return reply.sendFile('index.html')
  })
  return true
}
