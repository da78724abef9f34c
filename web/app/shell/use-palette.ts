import { useNavigate } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import type { Command } from '../../ui/command-palette.tsx'
import { useShortcuts } from '../../ui/use-shortcut.ts'
import { useWords } from '../language.tsx'
import { useRights } from '../session/session.tsx'
import type { NavItem } from './navigation.ts'
import { searchers } from './searchers.ts'

const MOST_RECENT = 6

/** What the palette offers: what was found and opened last, the screens, every act of this screen that has a key, and records. What was opened is forgotten with the tab. */
export function usePalette(items: readonly NavItem[], onHelp: () => void): { commands: Command[]; search: (query: string, signal: AbortSignal) => Promise<Command[]> } {
  const words = useWords()
  const navigate = useNavigate()
  const shortcuts = useShortcuts()
  const { may } = useRights()
  const [recent, setRecent] = useState<readonly Command[]>([])
  const go = useCallback((path: string, search: Record<string, string> = {}): void => void navigate({ to: path, search }), [navigate])
  const remembered = useCallback(
    (command: Command): Command => ({
      ...command,
      run: () => {
        setRecent((before) => [{ ...command, group: words.shell.recent }, ...before.filter(({ id }) => id !== command.id)].slice(0, MOST_RECENT))
        command.run()
      },
    }),
    [words],
  )
  const screens = items.map((item) => ({
    id: item.path,
    group: words.shell.parts[item.part],
    title: item.title(words),
    ...(item.keys ? { keys: item.keys } : {}),
    run: () => go(item.path),
  }))
  const gone = new Set([words.ui.palette, words.shell.search, words.shell.shortcuts, ...items.map((item) => words.shell.goTo(item.title(words)))])
  const acts = shortcuts.filter(({ label }) => !gone.has(label)).map(({ label, keys, run }) => ({ id: label, group: words.ui.actions, title: label, keys, run }))
  const help = { id: 'help', group: words.ui.actions, title: words.shell.shortcuts, keys: 'Shift+Slash', run: onHelp }
  const search = useCallback(
    async (query: string, signal: AbortSignal) => {
      const asked = searchers.filter(({ can }) => may(can)).map(({ ask }) => ask(query, { signal, words, go }))
      // One searcher that fails does not hide what the others found.
      return (await Promise.allSettled(asked)).flatMap((answer) => (answer.status === 'fulfilled' ? answer.value.map(remembered) : []))
    },
    [may, words, go, remembered],
  )
  return { commands: [...recent, ...screens, ...acts, help], search }
}
