import { useNavigate } from '@tanstack/react-router'
import { IconButton } from '../../ui/button.tsx'
import { Count } from '../../ui/badge.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useIsPhone } from '../../ui/media.ts'
import { Menu } from '../../ui/menu.tsx'
import { useFormat } from '../../ui/provider.tsx'
import { useConnection } from '../data/live.ts'
import { useWords } from '../language.tsx'
import { noticePaths, useNotices } from './notices.ts'
import { PlaceMenu, UserMenu } from './menus.tsx'
import styles from './shell.module.css'

/** Where I am, the search box, what is new, who I am. */
export function Header({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const [t, isPhone] = [useWords(), useIsPhone()]
  return (
    <header className={styles.header}>
      <PlaceMenu />
      {isPhone ? (
        <span className={styles.spring} />
      ) : (
        <button type="button" className={styles.search} aria-label={t.shell.search} onClick={onSearch}>
          <Icon name="search" size={16} />
          <span>{t.ui.paletteHint}</span>
          <kbd aria-hidden="true">/</kbd>
        </button>
      )}
      <ConnectionState />
      {isPhone && <IconButton icon="search" label={t.shell.search} size={40} onClick={onSearch} />}
      <Bell />
      {!isPhone && <IconButton icon="help" label={t.shell.shortcuts} onClick={onHelp} />}
      <UserMenu />
    </header>
  )
}

/** Silent while all is well. */
function ConnectionState() {
  const [connection, { shell }] = [useConnection(), useWords()]
  return (
    <span role="status" className={styles.connection}>
      {connection === 'connected' ? null : connection === 'offline' ? shell.offline : shell.reconnecting}
    </span>
  )
}

function Bell() {
  const [{ shell }, format, navigate, { notices, unread, read }] = [useWords(), useFormat(), useNavigate(), useNotices()]
  const entries = notices.map(({ kind, id, at }) => {
    const path = id ? noticePaths[kind]?.(id) : undefined
    return { kind: 'act', title: `${shell.changed[kind]} · ${format.time(at)}`, run: () => void (path && navigate({ href: path })) } as const
  })
  const none = [{ kind: 'title', title: shell.noNotices } as const, { kind: 'title', title: shell.noNoticesHint } as const]
  return (
    <span className={styles.bell}>
      <Menu
        label={shell.notices}
        entries={entries.length > 0 ? entries : none}
        onOpen={read}
        target={<IconButton icon="bell" label={unread > 0 ? shell.unread(unread) : shell.notices} />}
      />
      <span aria-hidden="true" className={styles.bellCount}>
        <Count value={unread} label={shell.notices} />
      </span>
    </span>
  )
}
