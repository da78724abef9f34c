import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { staffRoute } from '../root-route.tsx'

export const mailingRoutes = [
  createRoute({ getParentRoute: () => staffRoute, path: paths.mailings, component: lazyRouteComponent(() => import('./mailings-page.tsx'), 'MailingsPage') }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.mailing, component: lazyRouteComponent(() => import('./mailing-page.tsx'), 'MailingPage') }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.mailTemplates, component: lazyRouteComponent(() => import('./templates-page.tsx'), 'TemplatesPage') }),
] as const
