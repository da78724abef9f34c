import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { rootRoute } from '../../root-route.tsx'

/** Beside the doors: whoever was invited cannot sign in yet. */
export const mailboxRoute = createRoute({ getParentRoute: () => rootRoute, path: paths.mailbox, component: lazyRouteComponent(() => import('./mailbox-page.tsx'), 'MailboxPage') })
