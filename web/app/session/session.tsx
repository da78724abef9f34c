import { type ReactNode, createContext, useContext, useEffect, useEffectEvent, useMemo, useState } from 'react'
import type { z } from 'zod'
import type { Endpoint } from '../../../contract/endpoint.ts'
import type { Me } from '../../../contract/identity/session.ts'
import { type Right, allows } from '../../../contract/permissions.ts'
import { useLanguage, useWords } from '../language.tsx'

export type Me = z.output<typeof Me>
export type Outlet = Me['outlets'][number]
type Session = Me & {
  /** The outlet being looked at; null: all the person may see. */
  chosenOutlet: Outlet | null
  chooseOutlet: (outletId: string | null) => void
}
const SessionContext = createContext<Session | null>(null)
const outletKey = 'infotech-outlet'

/** Who is signed in, where, and which outlet is looked at. Throws outside of the signed-in part. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession outside of the signed-in part')
  return session
}

export function SessionProvider({ me, children }: { me: Me; children: ReactNode }) {
  // An id of a place, kept on this device: not of a person.
  useOwnLanguage(me.language)
  const [outletId, setOutletId] = useState(() => localStorage.getItem(outletKey))
  const session = useMemo(() => {
    const chooseOutlet = (chosen: string | null): void => {
      setOutletId(chosen)
      if (chosen) localStorage.setItem(outletKey, chosen)
      else localStorage.removeItem(outletKey)
    }
    return { ...me, chosenOutlet: me.outlet ?? me.outlets.find(({ id }) => id === outletId) ?? null, chooseOutlet }
  }, [me, outletId])
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>
}

/** What the person chose on another device counts here too. */
function useOwnLanguage(chosen: Me['language']): void {
  const { locale, choose } = useLanguage()
  const isOther = chosen !== null && chosen !== locale
  const pick = useEffectEvent(choose)
  useEffect(() => {
    if (isOther && chosen) pick(chosen)
  }, [chosen, isOther])
}

/** `why(leads.assign)` → the reason for `disabledReason`, or null when the role may: the same line the server checks. */
export function useRights(): { may: (right: Right) => boolean; why: (wanted: Pick<Endpoint, 'can'> | Right) => string | null } {
  const [{ role }, { shell }] = [useSession(), useWords()]
  return useMemo(() => {
    const may = (right: Right): boolean => allows(role, right)
    const why = (wanted: Pick<Endpoint, 'can'> | Right): string | null => {
      const right = typeof wanted === 'string' ? wanted : wanted.can
      return right === 'anyone' || right === 'signed_in' || may(right) ? null : shell.noRight
    }
    return { may, why }
  }, [role, shell])
}
