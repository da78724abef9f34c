import { type ReactNode, useState } from 'react'
import { dayOf } from './format.ts'
import { Icon, type IconName } from './icon.tsx'
import { useFormat } from './provider.tsx'
import styles from './timeline.module.css'
import { useUiWords } from './words.tsx'

export type TimelineItem = { id: string; at: string; kind: string; icon: IconName; title: ReactNode; who?: string; body?: ReactNode; isPinned?: boolean }
type TimelineProps = { items: readonly TimelineItem[]; kinds: Readonly<Record<string, string>>; empty: ReactNode }

/** What happened, newest first, by day of the outlet's zone; filtered by kind, pinned on top. */
export function Timeline({ items, kinds, empty }: TimelineProps) {
  const [format, words] = [useFormat(), useUiWords()]
  const [kind, setKind] = useState<string | null>(null)
  const present = Object.entries(kinds).filter(([code]) => items.some((item) => item.kind === code))
  const shown = items.filter((item) => !kind || item.kind === kind).sort((a, b) => Number(b.isPinned ?? false) - Number(a.isPinned ?? false) || b.at.localeCompare(a.at))
  if (items.length === 0) return empty
  return (
    <div>
      {present.length > 1 && (
        <div className={styles.kinds} role="group">
          {[[null, words.showAll] as const, ...present].map(([code, title]) => (
            <button key={code} type="button" aria-pressed={kind === code} onClick={() => setKind(code)}>
              {title}
            </button>
          ))}
        </div>
      )}
      <ol className={styles.list}>
        {shown.map((item, index) => {
          const before = shown[index - 1]
          const isNewDay = !item.isPinned && (!before || before.isPinned || dayOf(before.at, format.timeZone) !== dayOf(item.at, format.timeZone))
          return (
            <li key={item.id}>
              {isNewDay && <div className={styles.day}>{format.dayLong(item.at)}</div>}
              <Entry item={item} />
            </li>
          )
        })}
      </ol>
    </div>
  )
}

function Entry({ item }: { item: TimelineItem }) {
  const format = useFormat()
  return (
    <div className={styles.entry} data-pinned={item.isPinned || undefined}>
      <span className={styles.icon}>
        <Icon name={item.icon} size={15} />
      </span>
      <div className={styles.text}>
        <div className={styles.line}>
          <span className={styles.title}>{item.title}</span>
          {item.who && <span className={styles.who}>{item.who}</span>}
          <time dateTime={item.at}>{item.isPinned ? format.dateTime(item.at) : format.time(item.at)}</time>
        </div>
        {item.body && <div className={styles.body}>{item.body}</div>}
      </div>
    </div>
  )
}
