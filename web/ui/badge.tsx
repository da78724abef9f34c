import { Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './badge.module.css'
import { Icon } from './icon.tsx'
import { useUiWords } from './words.tsx'

export type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'info' | 'accent'

/** A word of state. The word carries the meaning, the colour only helps. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {children}
    </span>
  )
}

/** Why the person sees this data, said on every screen with people (152-ФЗ art. 5 ч.2). `basis` is shown on hover and focus. */
export function PurposeChip({ purpose, basis }: { purpose: string; basis?: string }) {
  const words = useUiWords()
  return (
    <Tooltip label={basis ?? `${words.purpose}: ${purpose}`} events={{ hover: true, focus: true, touch: true }}>
      <button type="button" className={styles.purpose} aria-label={`${words.purpose}: ${purpose}${basis ? `. ${basis}` : ''}`}>
        <Icon name="shield" size={14} />
        {purpose}
      </button>
    </Tooltip>
  )
}

/** How many wait. Nothing at zero: a badge means work. `isAtLeast`: there are more than were counted. */
export function Count({ value, label, isAtLeast = false }: { value: number; label: string; isAtLeast?: boolean | undefined }) {
  if (value <= 0) return null
  return (
    <span className={styles.count} role="img" aria-label={`${label}: ${value}${isAtLeast ? '+' : ''}`}>
      {value > 99 ? '99+' : value}
    </span>
  )
}
