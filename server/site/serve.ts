import type { FastifyInstance } from 'fastify'
import { notFound } from '../kernel/index.ts'
import { serveAssets } from './pages/assets.ts'
import { answerWithPage } from './pages/error-page.ts'
import { acceptForms } from './pages/read-form.ts'
import type { SiteDeps } from './pages/site-deps.ts'
import { servePolicy } from './policy/serve-policy.ts'

/** The pages that the server writes: a part of its own, which takes forms and answers errors with pages. */
export function serveSite(http: FastifyInstance, deps: SiteDeps): void {
  void http.register(async (site) => {
    acceptForms(site)
    site.setErrorHandler((error, request, reply) => answerWithPage(deps, error, request, reply))
    serveAssets(site)
    servePolicy(site, deps)
    const missing = async (): Promise<never> => {
      throw notFound()
    }
    site.get('/site/:site/*', missing)
    site.get('/site/*', missing)
  })
}
