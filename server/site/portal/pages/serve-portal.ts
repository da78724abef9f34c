import type { FastifyInstance } from 'fastify'
import type { SiteDeps } from '../../pages/site-deps.ts'
import { serveActs } from './act-pages.ts'
import { serveCorrection } from './correct-page.ts'
import { serveEntrance } from './entrance-pages.ts'
import { serveOverview } from './overview-page.ts'
import { serveRequests } from './requests-page.ts'
import { serveSections } from './section-pages.ts'

/** `/site/…/my`: the page of the person themself. Server-written, without a script; every address of it is answered `no-store`. */
export function servePortal(http: FastifyInstance, deps: SiteDeps): void {
  serveEntrance(http, deps)
  serveOverview(http, deps)
  serveSections(http, deps)
  serveActs(http, deps)
  serveCorrection(http, deps)
  serveRequests(http, deps)
}
