import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { staffRoute } from '../../root-route.tsx'

export const policyTabs = ['text', 'difference', 'versions'] as const
export type PolicyTab = (typeof policyTabs)[number]

/** Which tab is open, kept in the address. */
const search = ({ tab }: Record<string, unknown>): { tab?: PolicyTab } => (policyTabs.includes(tab as PolicyTab) ? { tab: tab as PolicyTab } : {})

export const policyRoutes = [
  createRoute({ getParentRoute: () => staffRoute, path: paths.policy, validateSearch: search, component: lazyRouteComponent(() => import('./policy-page.tsx'), 'PolicyPage') }),
] as const
