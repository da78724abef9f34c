import { Navigate } from '@tanstack/react-router'
import { EmptyState } from '../../ui/state.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../paths.ts'
import { useRights, useSession } from '../session/session.tsx'
import { isOf, itemsFor } from './navigation.ts'

/** The first screen of the role's first part: whoever opens the application wants to work, not to be greeted. */
export function Home() {
  const [{ shell }, { why }, { tenant }] = [useWords(), useRights(), useSession()]
  const first = itemsFor((item) => why(item) === null && isOf(item, tenant.kind)).find(({ path }) => path !== paths.access)
  if (first) return <Navigate to={first.path} replace />
  return <EmptyState title={shell.welcome} hint={shell.welcomeHint} icon="home" />
}
