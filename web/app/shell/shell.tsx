import { Outlet, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { CommandPalette } from '../../ui/command-palette.tsx'
import { ConfirmHost } from '../../ui/dialog.tsx'
import { useIsPhone } from '../../ui/media.ts'
import { ShortcutHelp } from '../../ui/shortcut-help.tsx'
import { toast } from '../../ui/toast.tsx'
import { useShortcut } from '../../ui/use-shortcut.ts'
import { UiProvider, useFormat } from '../../ui/provider.tsx'
import { useLive } from '../data/live.ts'
import { usePresence } from '../data/presence.ts'
import { useLanguage, useWords } from '../language.tsx'
import { ProofHost } from '../session/proof.tsx'
import { useRights, useSession } from '../session/session.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { Header } from './header.tsx'
import { type NavItem, isOf, itemsFor, parts } from './navigation.ts'
import { NavPart } from './nav-part.tsx'
import styles from './shell.module.css'
import { usePalette } from './use-palette.ts'

/** The frame around every screen: parts at the left (at the bottom on a phone), search above. Times are in the outlet's zone. */
export function Shell() {
  const [{ locale, words }, { chosenOutlet, outlets }, outer] = [useLanguage(), useSession(), useFormat()]
  const timeZone = chosenOutlet?.timeZone ?? outlets[0]?.timeZone ?? outer.timeZone
  useLive()
  usePresence()
  return (
    <UiProvider locale={locale} timeZone={timeZone} words={words.ui} isInner>
      <Frame />
      <ConfirmHost />
      <ProofHost />
    </UiProvider>
  )
}

function Frame() {
  const [t, { why }, isPhone] = [useWords(), useRights(), useIsPhone()]
  const { tenant } = useSession()
  const items = itemsFor((item) => why(item) === null && isOf(item, tenant.kind))
  const [open, setOpen] = useState<'palette' | 'help' | null>(null)
  const close = (): void => setOpen(null)
  const palette = usePalette(items, () => setOpen('help'))
  useShortcut('Mod+KeyK', { label: t.ui.palette, run: () => setOpen('palette'), always: true })
  useShortcut('Slash', { label: t.shell.search, run: () => setOpen('palette') })
  useShortcut('Shift+Slash', { label: t.shell.shortcuts, run: () => setOpen('help') })
  useShortcut('Mod+KeyZ', { label: t.shell.undo, run: () => void toast.undoLast() })
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t.shell.skip}
      </a>
      {!isPhone && <Side items={items} />}
      <Header onSearch={() => setOpen('palette')} onHelp={() => setOpen('help')} />
      <main id="content" className={styles.main} tabIndex={-1}>
        <Outlet />
      </main>
      {isPhone && <BottomBar items={items} />}
      {items.map((item) => (
        <GoKey key={item.path} item={item} />
      ))}
      <CommandPalette isOpen={open === 'palette'} onClose={close} {...palette} />
      <ShortcutHelp isOpen={open === 'help'} onClose={close} />
    </div>
  )
}

function GoKey({ item }: { item: NavItem }) {
  const [t, navigate] = [useWords(), useNavigate()]
  useShortcut(item.keys ?? 'KeyG', item.keys ? { label: t.shell.goTo(item.title(t)), run: () => void navigate({ to: item.path }) } : null)
  return null
}

function Side({ items }: { items: readonly NavItem[] }) {
  const t = useWords()
  return (
    <nav className={styles.side} aria-label={t.shell.navigation}>
      <div className={styles.brand}>
        <img src="/icon.svg" alt="" width={24} height={24} />
        Infotech
      </div>
      {parts.map((part) => (
        <NavPart key={part} title={t.shell.parts[part]} items={items.filter((item) => item.part === part)} />
      ))}
    </nav>
  )
}
