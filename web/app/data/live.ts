import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { LiveEvent, type LiveKind, livePath } from '../../../contract/live.ts'

export type Connection = 'connected' | 'reconnecting' | 'offline'
const gatherMs = 250
const [firstWaitMs, longestWaitMs] = [1000, 30_000]

let connection: Connection = 'connected'
const listeners = new Set<() => void>()
const eventListeners = new Set<(event: LiveEvent) => void>()

function become(next: Connection): void {
  if (connection === next) return
  connection = next
  for (const listener of listeners) listener()
}

/** Asks again for every shown answer that depends on one of the kinds (`useAsk(…, { live })`). */
export function invalidateKinds(client: QueryClient, kinds: Iterable<LiveKind>): Promise<void> {
  const wanted = new Set(kinds)
  if (wanted.size === 0) return Promise.resolve()
  return client.invalidateQueries({ predicate: ({ meta }) => Array.isArray(meta?.live) && (meta.live as LiveKind[]).some((kind) => wanted.has(kind)) })
}

/** Reads `{kind,id}`; null for anything else, so that a newer server never breaks an older page. */
export function readEvent(text: string): LiveEvent | null {
  try {
    return LiveEvent.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** One stream for the whole page. Events within a quarter of a second are one question. After a break everything shown is asked again. */
function listen(client: QueryClient): () => void {
  let source: EventSource | undefined
  let waitMs = firstWaitMs
  let retry: ReturnType<typeof setTimeout> | undefined
  let gather: ReturnType<typeof setTimeout> | undefined
  const kinds = new Set<LiveKind>()
  const flush = (): void => {
    gather = undefined
    void invalidateKinds(client, kinds)
    kinds.clear()
  }
  const hear = ({ data }: MessageEvent<string>): void => {
    const event = readEvent(data)
    if (!event) return
    kinds.add(event.kind)
    gather ??= setTimeout(flush, gatherMs)
    for (const listener of eventListeners) listener(event)
  }
  const open = (): void => {
    source = new EventSource(livePath)
    source.onmessage = hear
    source.onopen = () => {
      if (connection !== 'connected') void client.invalidateQueries()
      waitMs = firstWaitMs
      become('connected')
    }
    source.onerror = () => {
      become(navigator.onLine ? 'reconnecting' : 'offline')
      // A refused stream is closed for good by the browser; a broken one it reopens itself.
      if (source?.readyState !== EventSource.CLOSED) return
      retry = setTimeout(open, waitMs)
      waitMs = Math.min(longestWaitMs, waitMs * 2)
    }
  }
  open()
  return () => {
    source?.close()
    clearTimeout(retry)
    clearTimeout(gather)
    become('connected')
  }
}

/** Opens the stream while its component is on screen; once, in the shell. */
export function useLive(): void {
  const client = useQueryClient()
  useEffect(() => listen(client), [client])
}

/** How the page stands with the server. */
export const useConnection = (): Connection =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => connection,
  )

/** Hears every live event, for notifications. */
export function onLiveEvent(listener: (event: LiveEvent) => void): () => void {
  eventListeners.add(listener)
  return () => eventListeners.delete(listener)
}
