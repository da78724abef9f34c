import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { staffRoute } from '../root-route.tsx'

const view = ({ view: chosen }: Record<string, unknown>): { view?: 'all' } => (chosen === 'all' ? { view: chosen } : {})

export const identityRoutes = [
  createRoute({ getParentRoute: () => staffRoute, path: paths.tenant, component: lazyRouteComponent(() => import('./company/company-page.tsx'), 'CompanyPage') }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.outlets, component: lazyRouteComponent(() => import('./outlets/outlet-list.tsx'), 'OutletList') }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.staff, validateSearch: view, component: lazyRouteComponent(() => import('./staff/staff-list.tsx'), 'StaffList') }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.integrationKeys, component: lazyRouteComponent(() => import('./keys/key-list.tsx'), 'KeyList') }),
] as const
