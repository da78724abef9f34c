import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { staffRoute } from '../root-route.tsx'

export const sessionRoutes = [createRoute({ getParentRoute: () => staffRoute, path: paths.access, component: lazyRouteComponent(() => import('./access.tsx'), 'Access') })] as const
