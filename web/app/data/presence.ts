import { useEffect } from 'react'
import { askWhetherAlone } from '../../../contract/call.ts'

/** Whoever reads a card without touching anything is still there for so long. */
const aloneAfterMs = 2 * 60_000
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/** Notes when somebody was here last, so that a tray left open asks on without keeping its session alive. Once, in the shell. */
export function usePresence(): void {
  useEffect(() => {
    let lastSign = Date.now()
    const note = (): void => {
      lastSign = Date.now()
    }
    for (const sign of signs) window.addEventListener(sign, note, { passive: true, capture: true })
    askWhetherAlone(() => Date.now() - lastSign > aloneAfterMs)
    return () => {
      for (const sign of signs) window.removeEventListener(sign, note, { capture: true })
      askWhetherAlone(() => false)
    }
  }, [])
}
