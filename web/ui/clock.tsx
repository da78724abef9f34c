import { useSyncExternalStore } from 'react'
import { type ClockState, clockState } from './clock-state.ts'
import styles from './clock.module.css'
import { useFormat } from './provider.tsx'
import { useUiWords } from './words.tsx'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let nowMs = Date.now()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    nowMs = Date.now()
    for (const each of listeners) each()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The time, ticking once a second for all who look: one timer for a thousand clocks. Milliseconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => {
    if (!timer) nowMs = Date.now()
    return nowMs
  })
}

type ClockProps = { due: string; soonMs?: number; isStopped?: boolean }
const shapes: Record<ClockState, string> = { calm: '◷', soon: '◆', late: '▲', stopped: '■' }

/** Time left, or how late it is: said by word and shape; colour only helps. Screen readers hear the state, not every second. */
export function Clock({ due, soonMs = 5 * 60_000, isStopped = false }: ClockProps) {
  const [now, format, words] = [useNow(), useFormat(), useUiWords()]
  const dueMs = Date.parse(due)
  const state = clockState(now, dueMs, soonMs, isStopped)
  const left = format.duration(dueMs - now)
  const text = state === 'stopped' ? words.stopped : state === 'late' ? words.lateBy(left) : words.dueIn(left)
  return (
    <span className={styles.clock} data-state={state} role="timer" aria-live="off" aria-label={text} title={format.dateTime(due)}>
      <span aria-hidden="true">{shapes[state]}</span>
      <span aria-hidden="true">{state === 'late' ? `−${left}` : state === 'stopped' ? words.stopped : left}</span>
    </span>
  )
}
