import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { staffRoute } from '../root-route.tsx'

export const platformRoutes = [
  createRoute({ getParentRoute: () => staffRoute, path: paths.health, component: lazyRouteComponent(() => import('./health/health-page.tsx'), 'HealthPage') }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.api, component: lazyRouteComponent(() => import('./api/api-page.tsx'), 'ApiPage') }),
] as const
