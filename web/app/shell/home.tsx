import { Navigate } from '@tanstack/react-router'
import { EmptyState } from '../../ui/state.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../paths.ts'
import { useRights } from '../session/session.tsx'
import { itemsFor } from './navigation.ts'

/** The first screen of the role's first part: whoever opens the application wants to work, not to be greeted. */
export function Home() {
  const [{ shell }, { why }] = [useWords(), useRights()]
  const first = itemsFor((item) => why(item) === null).find(({ path }) => path !== paths.access)
  if (first) return <Navigate to={first.path} replace />
  return <EmptyState title={shell.welcome} hint={shell.welcomeHint} icon="home" />
}
