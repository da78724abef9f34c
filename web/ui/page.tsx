import { Tabs as MantineTabs } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import styles from './page.module.css'

type PageProps = { title: string; purpose?: ReactNode; actions?: ReactNode; filters?: ReactNode; children: ReactNode; /** For reading, not for tables. */ isNarrow?: boolean }

/** A screen: its name, why its data is seen, what can be done; then the content. Sets the window's title. */
export function Page({ title, purpose, actions, filters, children, isNarrow = false }: PageProps) {
  useEffect(() => {
    document.title = `${title} — Infotech`
  }, [title])
  return (
    <div className={styles.page} data-narrow={isNarrow || undefined}>
      <header className={styles.head}>
        <h1>{title}</h1>
        {purpose}
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {filters && <div className={styles.filters}>{filters}</div>}
      {children}
    </div>
  )
}

/** A titled group of content on a card. */
export function Section({ title, actions, children }: { title?: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={title}>
      {(title || actions) && (
        <header className={styles.sectionHead}>
          {title && <h2>{title}</h2>}
          {actions && <div className={styles.actions}>{actions}</div>}
        </header>
      )}
      {children}
    </section>
  )
}

/** Names and values, in two columns. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

export type Tab<Key extends string> = { key: Key; title: string; content: ReactNode; after?: ReactNode }
type TabsProps<Key extends string> = { label: string; tabs: readonly Tab<Key>[]; active: Key; onChange: (key: Key) => void }

/** Only the open tab is in the page; keep `active` in the address, so that each tab has one. */
export function Tabs<Key extends string>({ label, tabs, active, onChange }: TabsProps<Key>) {
  const pick = (key: string | null): void => {
    const tab = tabs.find((each) => each.key === key)
    if (tab) onChange(tab.key)
  }
  return (
    <MantineTabs value={active} onChange={pick} keepMounted={false}>
      <MantineTabs.List aria-label={label}>
        {tabs.map(({ key, title, after }) => (
          <MantineTabs.Tab key={key} value={key} rightSection={after}>
            {title}
          </MantineTabs.Tab>
        ))}
      </MantineTabs.List>
      {tabs.map(({ key, content }) => (
        <MantineTabs.Panel key={key} value={key} pt="md">
          {content}
        </MantineTabs.Panel>
      ))}
    </MantineTabs>
  )
}
