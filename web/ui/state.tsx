import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'
import styles from './state.module.css'
import { useUiWords } from './words.tsx'

export type Emptiness = { title: string; hint?: string; icon?: IconName; action?: ReactNode }

/** Nothing here: says why and teaches the next step by one button. */
export function EmptyState({ title, hint, icon = 'inbox', action }: Emptiness) {
  return (
    <div className={styles.state}>
      <span className={styles.sign}>
        <Icon name={icon} size={26} />
      </span>
      <p className={styles.title}>{title}</p>
      {hint && <p className={styles.hint}>{hint}</p>}
      {action}
    </div>
  )
}

export type Trouble = {
  /** What happened. */
  what: string
  /** What was kept, so that nobody types it twice. */
  saved?: string
  /** What to do. */
  todo?: string
  requestCode?: string | undefined
  retry?: () => void
}

/** What happened, what was saved, what to do, and a code for support. */
export function ErrorState({ what, saved, todo, requestCode, retry }: Trouble) {
  const words = useUiWords()
  return (
    <div className={styles.state} role="alert">
      <span className={styles.sign} data-bad>
        <Icon name="warning" size={26} />
      </span>
      <p className={styles.title}>{what}</p>
      {saved && <p className={styles.hint}>{saved}</p>}
      {todo && <p className={styles.hint}>{todo}</p>}
      {requestCode && <code className={styles.code}>{words.requestCode(requestCode)}</code>}
      {retry && <Button onClick={retry}>{words.retry}</Button>}
    </div>
  )
}

/** Grey lines in the place of what is loading; announced once. */
export function Skeletons({ lines = 6, height = 18 }: { lines?: number; height?: number }) {
  const words = useUiWords()
  return (
    <div className={styles.skeletons} role="status" aria-label={words.loading}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={height} width={`${92 - ((line * 17) % 40)}%`} />
      ))}
    </div>
  )
}
