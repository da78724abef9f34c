import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { auditEvents, type AuditEvent } from '../../../../contract/audit-events.ts'
import { paths } from '../../paths.ts'
import { staffRoute } from '../../root-route.tsx'

/** What of the log is shown, kept in the address so that it can be sent to a colleague. Dates are calendar dates in the outlet's zone. */
export type LogSearch = { tab?: 'heads'; actor?: string; person?: string; event?: AuditEvent; colleagues?: true; since?: string; until?: string }

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const date = /^\d{4}-\d{2}-\d{2}$/
const fits = (value: unknown, form: RegExp): value is string => typeof value === 'string' && form.test(value)

const search = ({ tab, actor, person, event, colleagues, since, until }: Record<string, unknown>): LogSearch => ({
  ...(tab === 'heads' ? { tab } : {}),
  ...(fits(actor, uuid) ? { actor } : {}),
  ...(fits(person, uuid) ? { person } : {}),
  ...(typeof event === 'string' && event in auditEvents ? { event: event as AuditEvent } : {}),
  ...(colleagues === true ? { colleagues } : {}),
  ...(fits(since, date) ? { since } : {}),
  ...(fits(until, date) ? { until } : {}),
})

export const logRoutes = [
  createRoute({ getParentRoute: () => staffRoute, path: paths.log, validateSearch: search, component: lazyRouteComponent(() => import('./log-page.tsx'), 'LogPage') }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.myLog, component: lazyRouteComponent(() => import('./my-log.tsx'), 'MyLog') }),
] as const
