import { Suspense, lazy, useSyncExternalStore } from 'react'
import { ApiError } from '../../../contract/call.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Skeletons } from '../../ui/state.tsx'
import { useWords } from '../language.tsx'

// Rarely seen: the form and its fields are not part of the first load.
const ProofForm = lazy(() => import('./proof-form.tsx').then((loaded) => ({ default: loaded.ProofForm })))

type Asked = { settle: (isProved: boolean) => void }
let asked: Asked | null = null
const listeners = new Set<() => void>()
const say = (next: Asked | null): void => {
  asked = next
  for (const listener of listeners) listener()
}
const prove = (): Promise<boolean> =>
  new Promise((resolve) => {
    asked?.settle(false)
    say({ settle: resolve })
  })

/** Runs an act; when the server wants the password again, asks for it and runs the same act once more. */
export async function withProof<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'reauthenticate' || !(await prove())) throw error
    return act()
  }
}

/** Where the password is asked for; once, in the shell. */
export function ProofHost() {
  const t = useWords()
  const question = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => asked,
  )
  const end = (isProved: boolean): void => {
    question?.settle(isProved)
    say(null)
  }
  return (
    <Dialog isOpen={question !== null} onClose={() => end(false)} title={t.session.confirmTitle} size="sm">
      <Suspense fallback={<Skeletons lines={3} />}>
        <ProofForm onEnd={end} />
      </Suspense>
    </Dialog>
  )
}
