import type { FastifyInstance } from 'fastify'
import { notFound } from '../kernel/index.ts'
import { serveAssets } from './pages/assets.ts'
import { answerWithPage } from './pages/error-page.ts'
import { acceptForms } from './pages/read-form.ts'
import { serveCookies } from './pages/serve-cookies.ts'
import { serveRequest } from './pages/serve-request.ts'
import { serveShowcase } from './pages/serve-showcase.ts'
import type { SiteDeps } from './pages/site-deps.ts'
import { servePolicy } from './policy/serve-policy.ts'
import { servePortal } from './portal/index.ts'
import { serveUnsubscribe } from './unsubscribe/serve-unsubscribe.ts'
import { VisitCounter } from './visits/visit-counter.ts'

/** The pages that the server writes: a part of its own, which takes forms and answers errors with pages. */
export function serveSite(http: FastifyInstance, deps: SiteDeps): void {
  void http.register(async (site) => {
    acceptForms(site)
    site.setErrorHandler((error, request, reply) => answerWithPage(deps, error, request, reply))
    serveAssets(site)
    const visits = new VisitCounter(deps.work, site.log)
    site.addHook('onClose', () => visits.close())
    const pages = { ...deps, visits }
    serveShowcase(site, pages)
    serveRequest(site, pages)
    serveCookies(site, pages)
    servePolicy(site, deps)
    servePortal(site, deps)
    serveUnsubscribe(site, deps)
    const missing = async (): Promise<never> => {
      throw notFound()
    }
    site.get('/site/:site/*', missing)
    site.get('/site/*', missing)
  })
}
