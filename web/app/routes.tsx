import { createRouter } from '@tanstack/react-router'
import { dealRoutes } from './crm/deals/routes.ts'
import { identityRoutes } from './identity/routes.ts'
import { intakeRoutes } from './crm/intake/routes.ts'
import { leadRoutes } from './crm/leads/routes.ts'
import { doorRoutes, rootRoute, staffRoute } from './root-route.tsx'
import { mailingRoutes } from './mailing/routes.ts'
import { networkRoutes } from './dnm/routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { mailboxRoute } from './platform/mailbox/routes.ts'
import { platformRoutes } from './platform/routes.ts'
import { consentRoutes } from './privacy/consents/routes.ts'
import { clauseRoutes } from './privacy/clauses/routes.ts'
import { requestRoutes } from './privacy/requests/routes.ts'
import { logRoutes } from './privacy/log/routes.ts'
import { policyRoutes } from './privacy/policy/routes.ts'
import { sessionRoutes } from './session/routes.ts'
import { siteRoutes } from './site/routes.ts'
import { shellRoutes } from './shell/routes.ts'

const tree = rootRoute.addChildren([
  ...doorRoutes,
  mailboxRoute,
  staffRoute.addChildren([
    ...shellRoutes,
    ...leadRoutes,
    ...intakeRoutes,
    ...networkRoutes,
    ...peopleRoutes,
    ...dealRoutes,
    ...mailingRoutes,
    ...identityRoutes,
    ...consentRoutes,
    ...policyRoutes,
    ...clauseRoutes,
    ...requestRoutes,
    ...logRoutes,
    ...platformRoutes,
    ...siteRoutes,
    ...sessionRoutes,
  ]),
])

/** Each module's routes in one tree; a module adds its own list above. */
export const router = createRouter({ routeTree: tree, defaultPreload: 'intent', scrollRestoration: true })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
