import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readPulseSearch } from '../crm/reports/pulse-search.ts'
import { paths } from '../paths.ts'
import { staffRoute } from '../root-route.tsx'
import { readNetworkSearch } from './network-search.ts'

export const networkRoutes = [
  createRoute({
    getParentRoute: () => staffRoute,
    path: paths.network,
    validateSearch: readPulseSearch,
    component: lazyRouteComponent(() => import('./network-page.tsx'), 'NetworkPage'),
  }),
  createRoute({
    getParentRoute: () => staffRoute,
    path: paths.networkLeads,
    validateSearch: readNetworkSearch,
    component: lazyRouteComponent(() => import('./network-leads-page.tsx'), 'NetworkLeadsPage'),
  }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.networkDealers, component: lazyRouteComponent(() => import('./dealers-page.tsx'), 'DealersPage') }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.networkRules, component: lazyRouteComponent(() => import('./rules-page.tsx'), 'NetworkRulesPage') }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.disputes, component: lazyRouteComponent(() => import('./disputes-page.tsx'), 'DisputesPage') }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.received, component: lazyRouteComponent(() => import('./received-page.tsx'), 'ReceivedPage') }),
] as const
