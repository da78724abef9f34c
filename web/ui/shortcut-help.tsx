import { Keycaps } from './command-palette.tsx'
import { Dialog } from './dialog.tsx'
import { Facts } from './page.tsx'
import { useShortcuts } from './use-shortcut.ts'
import { useUiWords } from './words.tsx'

/** `?`: every key that works on this screen now. */
export function ShortcutHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [words, shortcuts] = [useUiWords(), useShortcuts()]
  const byLabel = new Map(shortcuts.map(({ label, keys }) => [label, keys]))
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={words.shortcuts}>
      <Facts facts={[...byLabel].map(([label, keys]) => [label, <Keycaps key={keys} keys={keys} />] as const)} />
      <p>{words.shortcutsHint}</p>
    </Dialog>
  )
}
