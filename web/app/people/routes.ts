import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { taskViews, type TaskView } from '../../../contract/crm/task.ts'
import { paths } from '../paths.ts'
import { staffRoute } from '../root-route.tsx'

const tab = ({ tab: chosen }: Record<string, unknown>): { tab?: 'looks' } => (chosen === 'looks' ? { tab: chosen } : {})
const mine = ({ mine: chosen }: Record<string, unknown>): { mine?: true } => (chosen === true || chosen === 'true' ? { mine: true } : {})
const view = ({ view: chosen }: Record<string, unknown>): { view?: TaskView } => (chosen !== 'day' && taskViews.includes(chosen as TaskView) ? { view: chosen as TaskView } : {})

export const peopleRoutes = [
  createRoute({
    getParentRoute: () => staffRoute,
    path: paths.people,
    validateSearch: mine,
    component: lazyRouteComponent(() => import('./persons/client-list.tsx'), 'ClientList'),
  }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.person, validateSearch: tab, component: lazyRouteComponent(() => import('./card/card-page.tsx'), 'CardPage') }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.myDay, validateSearch: view, component: lazyRouteComponent(() => import('./tasks/my-day.tsx'), 'MyDay') }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.register, component: lazyRouteComponent(() => import('../privacy/register/register-page.tsx'), 'RegisterPage') }),
] as const
