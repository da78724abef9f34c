import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import styles from './data-table.module.css'
import { useUiWords } from './words.tsx'

/** What can be done with the chosen rows, at the foot of the list. */
export function SelectionBar({ count, onClear, children }: { count: number; onClear: () => void; children: ReactNode }) {
  const words = useUiWords()
  return (
    <div className={styles.selection} role="toolbar" aria-label={words.actions}>
      <span aria-live="polite">{words.selected(count)}</span>
      {children}
      <Button kind="quiet" size="xs" onClick={onClear} keycap="Esc">
        {words.clearSelection}
      </Button>
    </div>
  )
}
