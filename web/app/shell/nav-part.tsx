import { Link } from '@tanstack/react-router'
import { Icon } from '../../ui/icon.tsx'
import { useWords } from '../language.tsx'
import type { NavItem } from './navigation.ts'
import styles from './shell.module.css'

/** One part of the platform with its screens; nothing when the role has none there. */
export function NavPart({ title, items, onGo }: { title: string; items: readonly NavItem[]; onGo?: () => void }) {
  const t = useWords()
  if (items.length === 0) return null
  return (
    <div className={styles.part} role="group" aria-label={title}>
      <div className={styles.partTitle}>{title}</div>
      {items.map((item) => (
        <Link key={item.path} to={item.path} className={styles.item} activeProps={{ 'data-active': true, 'aria-current': 'page' }} onClick={() => onGo?.()}>
          <Icon name={item.icon} />
          {item.title(t)}
        </Link>
      ))}
    </div>
  )
}
