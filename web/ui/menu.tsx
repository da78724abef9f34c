import { Menu as MantineMenu } from '@mantine/core'
import type { ReactElement } from 'react'
import { Icon, type IconName } from './icon.tsx'

export type MenuEntry =
  | { kind: 'title'; title: string }
  | { kind: 'line' }
  | { kind: 'act'; title: string; icon?: IconName; isOn?: boolean; run: () => void; disabledReason?: string | null; isDangerous?: boolean }

/** A button and what hangs below it. `target` must take a ref and a click. */
export function Menu({ target, entries, label, onOpen }: { target: ReactElement; entries: readonly MenuEntry[]; label: string; onOpen?: () => void }) {
  return (
    <MantineMenu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false} onOpen={() => onOpen?.()}>
      <MantineMenu.Target>{target}</MantineMenu.Target>
      <MantineMenu.Dropdown aria-label={label}>
        {entries.map((entry, index) => {
          if (entry.kind === 'line') return <MantineMenu.Divider key={index} />
          if (entry.kind === 'title')
            return (
              <MantineMenu.Label key={index} role="group" aria-label={entry.title}>
                {entry.title}
              </MantineMenu.Label>
            )
          return (
            <MantineMenu.Item
              key={index}
              {...(entry.isDangerous ? { c: 'var(--mantine-color-error)' } : {})}
              leftSection={entry.icon ? <Icon name={entry.icon} size={16} /> : undefined}
              rightSection={entry.isOn ? <Icon name="check" size={14} /> : undefined}
              aria-disabled={entry.disabledReason ? true : undefined}
              title={entry.disabledReason ?? undefined}
              onClick={() => (entry.disabledReason ? undefined : entry.run())}
            >
              {entry.title}
            </MantineMenu.Item>
          )
        })}
      </MantineMenu.Dropdown>
    </MantineMenu>
  )
}
