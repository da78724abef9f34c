import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { requestKinds, requestViews, type RequestKind, type RequestView } from '../../../../contract/privacy/request.ts'
import { paths } from '../../paths.ts'
import { staffRoute } from '../../root-route.tsx'

export type RequestSearch = { view?: RequestView; kind?: RequestKind }
/** Which requests are shown, kept in the address so that it can be sent to a colleague. */
const search = ({ view, kind }: Record<string, unknown>): RequestSearch => ({
  ...(view !== 'open' && requestViews.includes(view as RequestView) ? { view: view as RequestView } : {}),
  ...(requestKinds.includes(kind as RequestKind) ? { kind: kind as RequestKind } : {}),
})
export type DestructionSearch = { tab?: 'acts' | 'terms'; act?: string }
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const destruction = ({ tab, act }: Record<string, unknown>): DestructionSearch => ({
  ...(tab === 'acts' || tab === 'terms' ? { tab } : {}),
  ...(typeof act === 'string' && uuid.test(act) ? { act } : {}),
})

export const requestRoutes = [
  createRoute({
    getParentRoute: () => staffRoute,
    path: paths.requests,
    validateSearch: search,
    component: lazyRouteComponent(() => import('./requests-page.tsx'), 'RequestsPage'),
  }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.request, component: lazyRouteComponent(() => import('./request-page.tsx'), 'RequestPage') }),
  createRoute({
    getParentRoute: () => staffRoute,
    path: paths.destruction,
    validateSearch: destruction,
    component: lazyRouteComponent(() => import('../destruction/destruction-page.tsx'), 'DestructionPage'),
  }),
] as const
