import { useCallback, useEffect, useState } from 'react'
import { call } from '../../../../contract/call.ts'
import { interactions } from '../../../../contract/crm/interaction.ts'
import type { OpenedFacts } from '../../../../contract/people/person.ts'
import type { Purpose } from '../../../../contract/purposes.ts'
import { toast } from '../../../ui/toast.tsx'

/** What was opened and why. Lives in this component only, never in the cache of answers; `texts` by the id of their line of the story. */
export type Opened = { purpose: Purpose; facts: OpenedFacts; texts: ReadonlyMap<string, string> }

const SHOWN_MS = 120_000
const TEXTS = 100

/** Opens everything of a person for a purpose, and closes it again after two minutes or when another person is looked at. */
export function useOpened(personId: string) {
  const [held, setHeld] = useState<{ personId: string; opened: Opened } | null>(null)
  const [isBusy, setBusy] = useState(false)
  // Also an answer that comes when another person is on screen already.
  const isOfAnother = held !== null && held.personId !== personId
  if (isOfAnother) setHeld(null)
  useEffect(() => {
    if (!held) return undefined
    const timer = setTimeout(() => setHeld(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [held])
  const open = useCallback(
    async (purpose: Purpose): Promise<Opened | null> => {
      setBusy(true)
      try {
        const { rows, ...facts } = await call(interactions.open, { personId, purpose, limit: TEXTS })
        const texts = new Map(rows.flatMap((entry) => ('text' in entry && entry.text !== null ? [[entry.id, entry.text] as const] : [])))
        const opened = { purpose, facts, texts }
        setHeld({ personId, opened })
        return opened
      } catch (error) {
        toast.failed(error instanceof Error ? error.message : String(error))
        return null
      } finally {
        setBusy(false)
      }
    },
    [personId],
  )
  return { opened: isOfAnother ? null : (held?.opened ?? null), isBusy, open, close: useCallback(() => setHeld(null), []) }
}
