import { Popover } from '@mantine/core'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { Icon } from './icon.tsx'
import styles from './masked-value.module.css'
import { useUiWords } from './words.tsx'

export type Reason<Code extends string = string> = { code: Code; label: string }
type MaskedValueProps<Code extends string> = {
  /** What it is, for screen readers: "Телефон". */
  label: string
  /** As it comes from the server already hidden: `+7 ··· ··· 45 67`. The whole value is not in the page until it is asked for. */
  masked: string
  /** At most nine: each is one key. */
  reasons: readonly Reason<Code>[]
  /** Fetches the value; the server logs it. A throw is the caller's to show. */
  onReveal: (reason: Code) => Promise<string>
  disabledReason?: string | null | undefined
  /** Seconds until it hides again. */
  shownForS?: number
}

/** Hidden by default; shown for a minute after a reason picked with one key. */
export function MaskedValue<Code extends string>({ label, masked, reasons, onReveal, disabledReason, shownForS = 60 }: MaskedValueProps<Code>) {
  const words = useUiWords()
  const { value, isBusy, reveal, hide } = useReveal(onReveal, shownForS)
  const [isAsking, setAsking] = useState(false)
  const pick = (code: Code): void => {
    setAsking(false)
    void reveal(code)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1]
    const reason = digit && reasons[Number(digit) - 1]
    if (!reason) return
    event.preventDefault()
    event.stopPropagation()
    pick(reason.code)
  }
  const press = (): void => {
    if (value !== null) return hide()
    if (!disabledReason) setAsking(!isAsking)
  }
  return (
    <span className={styles.whole}>
      <span className={styles.value} data-open={value !== null || undefined}>
        {value ?? masked}
      </span>
      <Popover opened={isAsking} onChange={setAsking} position="bottom-start" shadow="md" trapFocus returnFocus withinPortal>
        <Popover.Target>
          <button
            type="button"
            className={styles.button}
            aria-label={`${value === null ? words.reveal : words.hide}: ${label}`}
            title={disabledReason ?? (value === null ? words.reveal : words.hide)}
            aria-disabled={disabledReason ? true : undefined}
            aria-busy={isBusy}
            onClick={(event) => {
              // Not a click on the row it stands in.
              event.stopPropagation()
              press()
            }}
          >
            <Icon name={value === null ? 'eye' : 'eyeOff'} size={15} />
          </button>
        </Popover.Target>
        <Popover.Dropdown onKeyDown={onKeyDown} onClick={(event) => event.stopPropagation()} aria-label={words.revealWhy} className={styles.ask}>
          <p className={styles.why}>{words.revealWhy}</p>
          {reasons.map((reason, index) => (
            <button key={reason.code} type="button" className={styles.reason} onClick={() => pick(reason.code)}>
              <kbd>{index + 1}</kbd>
              {reason.label}
            </button>
          ))}
          <p className={styles.hint}>{words.revealHint}</p>
        </Popover.Dropdown>
      </Popover>
    </span>
  )
}

function useReveal<Code extends string>(onReveal: (reason: Code) => Promise<string>, shownForS: number) {
  const [value, setValue] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    if (value === null) return undefined
    const timer = setTimeout(() => setValue(null), shownForS * 1000)
    return () => clearTimeout(timer)
  }, [value, shownForS])
  const reveal = async (reason: Code): Promise<void> => {
    setBusy(true)
    try {
      setValue(await onReveal(reason))
    } finally {
      setBusy(false)
    }
  }
  return { value, isBusy, reveal, hide: () => setValue(null) }
}
