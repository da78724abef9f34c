import { useEffect, useRef, useState } from 'react'
import type { LeadRow } from '../../../../contract/crm/lead.ts'

const FRESH_MS = 8_000

/** Leads that came while the list was on screen, for some seconds: they are lit softly. What another list brings is not new. */
export function useFresh(rows: readonly LeadRow[], listKey: string): ReadonlySet<string> {
  const seen = useRef<{ key: string; ids: ReadonlySet<string>; newest: string } | null>(null)
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const before = seen.current
    const newest = rows.reduce((last, { receivedAt }) => (receivedAt > last ? receivedAt : last), '')
    if (rows.length > 0 || before?.key === listKey) seen.current = { key: listKey, ids: new Set(rows.map(({ id }) => id)), newest }
    if (before?.key !== listKey) return
    const came = rows.filter(({ id, receivedAt }) => !before.ids.has(id) && receivedAt > before.newest).map(({ id }) => id)
    if (came.length > 0) setFresh((now) => new Set([...now, ...came]))
  }, [rows, listKey])
  useEffect(() => {
    if (fresh.size === 0) return undefined
    const timer = setTimeout(() => setFresh(new Set()), FRESH_MS)
    return () => clearTimeout(timer)
  }, [fresh])
  return fresh
}
