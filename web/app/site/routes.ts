import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { staffRoute } from '../root-route.tsx'

export const siteRoutes = [
  createRoute({ getParentRoute: () => staffRoute, path: paths.siteContent, component: lazyRouteComponent(() => import('./site-page.tsx'), 'SitePage') }),
] as const
