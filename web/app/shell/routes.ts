import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { staffRoute } from '../root-route.tsx'

export const shellRoutes = [createRoute({ getParentRoute: () => staffRoute, path: paths.home, component: lazyRouteComponent(() => import('./home.tsx'), 'Home') })] as const
