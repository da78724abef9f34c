import { useEffect, useRef, useSyncExternalStore } from 'react'
import { type Shortcut, createMatcher, isTyping, parseKeys } from './shortcuts.ts'

let registered: readonly Shortcut[] = []
const listeners = new Set<() => void>()
const match = createMatcher()

function change(next: readonly Shortcut[]): void {
  registered = next
  for (const listener of listeners) listener()
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return
  const isBusy = isTyping(event.target as HTMLElement | null) || document.querySelector('[role="dialog"][aria-modal="true"]') !== null
  const reachable = isBusy ? registered.filter(({ always }) => always) : registered
  const answer = match(reachable, event, performance.now())
  if (!answer) return
  event.preventDefault()
  if ('found' in answer) answer.found.run()
}

/**
 * A key that works while this component is on screen: `useShortcut('KeyC', { label, run })`, two strokes `KeyG KeyL`, `Mod+KeyS`.
 * It is listed in the help (`?`) and in the palette. Pass `null` to have none for now.
 */
export function useShortcut(keys: string, shortcut: { label: string; run: () => void; always?: boolean } | null): void {
  const run = useRef(shortcut?.run)
  useEffect(() => {
    run.current = shortcut?.run
  })
  const [label, always] = [shortcut?.label, shortcut?.always ?? false]
  useEffect(() => {
    if (label === undefined) return undefined
    parseKeys(keys)
    const mine: Shortcut = { keys, label, always, run: () => run.current?.() }
    if (registered.length === 0) window.addEventListener('keydown', onKeyDown)
    change([...registered, mine])
    return () => {
      change(registered.filter((each) => each !== mine))
      if (registered.length === 0) window.removeEventListener('keydown', onKeyDown)
    }
  }, [keys, label, always])
}

/** What is registered now. */
export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => registered,
  )
}
