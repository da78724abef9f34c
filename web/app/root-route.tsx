import { useQuery } from '@tanstack/react-query'
import { Navigate, Outlet, createRootRoute, createRoute, lazyRouteComponent, useRouter } from '@tanstack/react-router'
import { Suspense, lazy, memo, useState } from 'react'
import { ApiError, call } from '../../contract/call.ts'
import { sessions } from '../../contract/identity/session.ts'
import { EmptyState, ErrorState, Skeletons } from '../ui/state.tsx'
import { keyOf } from './data/ask.ts'
import { useTrouble } from './data/trouble.ts'
import { useWords } from './language.tsx'
import { paths } from './paths.ts'
import { SessionProvider } from './session/session.tsx'

// Whoever stands at the door does not load the house.
const Shell = lazy(() => import('./shell/shell.tsx').then((loaded) => ({ default: loaded.Shell })))

function Failure({ error, reset }: { error: unknown; reset: () => void }) {
  const troubleOf = useTrouble()
  return <ErrorState {...troubleOf(error, reset)} />
}

function Missing() {
  const { shell } = useWords()
  return <EmptyState title={shell.notFound} hint={shell.notFoundHint} icon="search" action={<a href={paths.home}>{shell.home}</a>} />
}

export const rootRoute = createRootRoute({ component: Outlet, errorComponent: Failure, notFoundComponent: Missing })

/** Remembers the address once: while it goes, the address is already that of the door. */
const ToTheDoor = memo(function ToTheDoor() {
  const router = useRouter()
  const [from] = useState(() => router.state.location.href)
  return <Navigate to={paths.signIn} search={{ next: from }} replace />
})

/** Asks who is signed in; nobody: to the door, and back here afterwards. */
function SignedIn() {
  const troubleOf = useTrouble()
  const me = useQuery({ queryKey: keyOf(sessions.me), queryFn: ({ signal }) => call(sessions.me, {}, { signal }), meta: { live: ['session'] }, staleTime: 60_000 })
  if (me.error instanceof ApiError && me.error.code === 'not_signed_in') return <ToTheDoor />
  if (me.data) {
    return (
      <SessionProvider me={me.data} key={`${me.data.tenant.tenantId}/${me.data.employeeId}`}>
        <Suspense fallback={<Skeletons lines={8} />}>
          <Shell />
        </Suspense>
      </SessionProvider>
    )
  }
  return me.error ? <ErrorState {...troubleOf(me.error, () => void me.refetch())} /> : <Skeletons lines={8} />
}

/** The parent of every screen of the staff: `createRoute({ getParentRoute: () => staffRoute, path, component: lazyRouteComponent(…) })`. */
export const staffRoute = createRoute({ getParentRoute: () => rootRoute, id: 'staff', component: SignedIn })

const next = (search: Record<string, unknown>): { next?: string } => (typeof search.next === 'string' && /^\/(?![/\\])/.test(search.next) ? { next: search.next } : {})

/** The doors: nobody is signed in yet. */
export const doorRoutes = [
  createRoute({ getParentRoute: () => rootRoute, path: paths.signIn, validateSearch: next, component: lazyRouteComponent(() => import('./session/sign-in.tsx'), 'SignIn') }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.company,
    validateSearch: next,
    component: lazyRouteComponent(() => import('./session/choose-company.tsx'), 'ChooseCompany'),
  }),
  createRoute({ getParentRoute: () => rootRoute, path: paths.invitation, component: lazyRouteComponent(() => import('./session/invitation.tsx'), 'Invitation') }),
] as const
