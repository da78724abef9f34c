import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { consentKinds, type ConsentKind } from '../../../../contract/consent/consent.ts'
import { paths } from '../../paths.ts'
import { staffRoute } from '../../root-route.tsx'

/** Which kind is open, kept in the address so that it can be sent to a colleague. */
const kind = ({ kind: chosen }: Record<string, unknown>): { kind?: ConsentKind } => (consentKinds.includes(chosen as ConsentKind) ? { kind: chosen as ConsentKind } : {})

export const consentRoutes = [
  createRoute({ getParentRoute: () => staffRoute, path: paths.consentTexts, validateSearch: kind, component: lazyRouteComponent(() => import('./texts-page.tsx'), 'TextsPage') }),
] as const
