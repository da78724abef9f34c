import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { clauseParts, clauseStates, type ClausePart, type ClauseState } from '../../../../contract/privacy/clause.ts'
import { paths } from '../../paths.ts'
import { staffRoute } from '../../root-route.tsx'

/** Which clauses are shown and which is open, kept in the address. */
export type ClauseSearch = { part?: ClausePart; state?: ClauseState; search?: string; open?: string }

const search = ({ part, state, search: word, open }: Record<string, unknown>): ClauseSearch => ({
  ...(clauseParts.includes(part as ClausePart) ? { part: part as ClausePart } : {}),
  ...(clauseStates.includes(state as ClauseState) ? { state: state as ClauseState } : {}),
  ...(typeof word === 'string' && word !== '' ? { search: word.slice(0, 100) } : {}),
  ...(typeof open === 'string' && /^(?:P[1-9]\.|X)\d{1,2}$/.test(open) ? { open } : {}),
})

export const clauseRoutes = [
  createRoute({ getParentRoute: () => staffRoute, path: paths.clauses, validateSearch: search, component: lazyRouteComponent(() => import('./clauses-page.tsx'), 'ClausesPage') }),
] as const
