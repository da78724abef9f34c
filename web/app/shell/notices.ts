import { useEffect, useState } from 'react'
import type { LiveEvent, LiveKind } from '../../../contract/live.ts'
import { onLiveEvent } from '../data/live.ts'
import { paths } from '../paths.ts'

export type Notice = LiveEvent & { at: string; key: string }
const kept = 30

/** Where a changed record is seen; a kind without an address makes no notice. A module adds its own line. */
export const noticePaths: Partial<Record<LiveKind, (id: string) => string>> = {
  request: (id) => paths.request.replace('$requestId', id),
  lead: (id) => `${paths.leads}?lead=${id}`,
  deal: (id) => paths.deal.replace('$dealId', id),
  message: (id) => `${paths.unparsed}?message=${id}`,
  lead_file: (id) => paths.leadFile.replace('$fileId', id),
}

/** What changed while the page was open, newest first; one line per record. */
export function useNotices(): { notices: readonly Notice[]; unread: number; read: () => void } {
  const [notices, setNotices] = useState<readonly Notice[]>([])
  const [unread, setUnread] = useState(0)
  useEffect(
    () =>
      onLiveEvent((event) => {
        if (!event.id || !noticePaths[event.kind]) return
        const key = `${event.kind}/${event.id}`
        setNotices((now) => [{ ...event, key, at: new Date().toISOString() }, ...now.filter((notice) => notice.key !== key)].slice(0, kept))
        setUnread((count) => count + 1)
      }),
    [],
  )
  return { notices, unread, read: () => setUnread(0) }
}
