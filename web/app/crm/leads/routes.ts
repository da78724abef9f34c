import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { staffRoute } from '../../root-route.tsx'
import { readPulseSearch } from '../reports/pulse-search.ts'
import { readTraySearch } from './tray-search.ts'

export const leadRoutes = [
  createRoute({ getParentRoute: () => staffRoute, path: paths.leads, validateSearch: readTraySearch, component: lazyRouteComponent(() => import('./tray.tsx'), 'Tray') }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.routing, component: lazyRouteComponent(() => import('../routing/routing-page.tsx'), 'RoutingPage') }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.sources, component: lazyRouteComponent(() => import('../routing/sources-page.tsx'), 'SourcesPage') }),
  createRoute({
    getParentRoute: () => staffRoute,
    path: paths.wall,
    validateSearch: readPulseSearch,
    component: lazyRouteComponent(() => import('../reports/pulse.tsx'), 'Pulse'),
  }),
] as const
