import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { staffRoute } from '../../root-route.tsx'
import { readUnparsedSearch } from './unparsed-search.ts'

export const intakeRoutes = [
  createRoute({
    getParentRoute: () => staffRoute,
    path: paths.unparsed,
    validateSearch: readUnparsedSearch,
    component: lazyRouteComponent(() => import('./unparsed-page.tsx'), 'UnparsedPage'),
  }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.leadFiles, component: lazyRouteComponent(() => import('../lead-files/files-page.tsx'), 'LeadFilesPage') }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.leadFile, component: lazyRouteComponent(() => import('../lead-files/file-page.tsx'), 'LeadFilePage') }),
] as const
