import { ActionIcon, Button as MantineButton, Tooltip } from '@mantine/core'
import { type MouseEvent, type ReactNode, type Ref, useId } from 'react'
import { Icon, type IconName } from './icon.tsx'

type ButtonProps = {
  children: ReactNode
  onClick?: (event: MouseEvent<HTMLButtonElement>) => void
  /** Says why it cannot be pressed now. The button stays in its place, reachable and explained; it is never hidden. */
  disabledReason?: string | null | undefined
  kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  type?: 'button' | 'submit'
  icon?: IconName
  busy?: boolean
  size?: 'xs' | 'sm' | 'md'
  wide?: boolean
  /** Keycap shown at the end: teaches the key at the moment of use. */
  keycap?: string
  autoFocus?: boolean
  ref?: Ref<HTMLButtonElement>
}

const looks = { primary: { variant: 'filled' }, plain: { variant: 'default' }, quiet: { variant: 'subtle' }, danger: { variant: 'filled', color: 'red.9' } } as const

/** The only button. */
export function Button({ children, onClick, disabledReason, kind = 'plain', type = 'button', icon, busy = false, size = 'sm', wide = false, keycap, ...rest }: ButtonProps) {
  const reasonId = useId()
  const button = (
    <MantineButton
      {...looks[kind]}
      {...rest}
      type={disabledReason ? 'button' : type}
      size={size}
      fullWidth={wide}
      loading={busy}
      leftSection={icon && <Icon name={icon} size={16} />}
      rightSection={keycap && <kbd aria-hidden="true">{keycap}</kbd>}
      // aria-disabled, not disabled: a disabled button cannot be focused, and nobody could hear why.
      {...(disabledReason ? { 'aria-disabled': true, 'aria-describedby': reasonId, 'data-disabled': true } : {})}
      onClick={(event) => (disabledReason ? event.preventDefault() : onClick?.(event))}
    >
      {children}
    </MantineButton>
  )
  if (!disabledReason) return button
  return (
    <Tooltip label={disabledReason} events={{ hover: true, focus: true, touch: true }}>
      <span>
        {button}
        <span id={reasonId} className="it-hidden">
          {disabledReason}
        </span>
      </span>
    </Tooltip>
  )
}

type IconButtonProps = { icon: IconName; label: string; onClick?: () => void; size?: number; ref?: Ref<HTMLButtonElement>; pressed?: boolean }

/** A button that is only a drawing; `label` is its name and its tooltip. */
export function IconButton({ icon, label, onClick, size = 34, ref, pressed, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon {...rest} {...(ref ? { ref } : {})} variant="subtle" color="gray.8" c="inherit" size={size} aria-label={label} aria-pressed={pressed} onClick={() => onClick?.()}>
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  )
}
