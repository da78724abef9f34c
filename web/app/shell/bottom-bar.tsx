import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Drawer } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useWords } from '../language.tsx'
import { type NavItem, parts } from './navigation.ts'
import { NavPart } from './nav-part.tsx'
import styles from './shell.module.css'

const places = 4

/** The thumb's menu: four screens, the rest behind "more". */
export function BottomBar({ items }: { items: readonly NavItem[] }) {
  const t = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <nav className={styles.bottom} aria-label={t.shell.navigation}>
      {items
        .filter(({ onPhone }) => onPhone)
        .slice(0, places)
        .map((item) => (
          <Link key={item.path} to={item.path} className={styles.thumb} activeProps={{ 'data-active': true, 'aria-current': 'page' }}>
            <Icon name={item.icon} size={21} />
            <span>{(item.short ?? item.title)(t)}</span>
          </Link>
        ))}
      <button type="button" className={styles.thumb} onClick={() => setOpen(true)}>
        <Icon name="menu" size={21} />
        <span>{t.shell.more}</span>
      </button>
      <Drawer isOpen={isOpen} onClose={() => setOpen(false)} title={t.shell.navigation}>
        {parts.map((part) => (
          <NavPart key={part} title={t.shell.parts[part]} items={items.filter((item) => item.part === part)} onGo={() => setOpen(false)} />
        ))}
      </Drawer>
    </nav>
  )
}
