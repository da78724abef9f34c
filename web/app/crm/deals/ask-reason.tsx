import { type KeyboardEvent, useState } from 'react'
import { type LostReason, lostReasons } from '../../../../contract/crm/deal.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Stack } from '../../../ui/layout.ts'
import { useWords } from '../../language.tsx'
import shapes from '../../shared.module.css'
import styles from './deals.module.css'

type Asked = (reason: LostReason | null) => void

/** `const { ask, dialog } = useLostReason()` … `const reason = await ask()`: one digit answers, Escape thinks better of it (null). */
export function useLostReason() {
  const [answer, setAnswer] = useState<Asked | null>(null)
  const ask = (): Promise<LostReason | null> => new Promise((resolve) => setAnswer(() => resolve))
  const end: Asked = (reason) => {
    answer?.(reason)
    setAnswer(null)
  }
  return { ask, dialog: <Reasons isOpen={answer !== null} onPick={end} /> }
}

function Reasons({ isOpen, onPick }: { isOpen: boolean; onPick: Asked }) {
  const { deals: t } = useWords()
  const onKeyDown = (event: KeyboardEvent): void => {
    const reason = lostReasons[Number(/^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1] ?? 0) - 1]
    if (!reason) return
    event.preventDefault()
    onPick(reason)
  }
  return (
    <Dialog isOpen={isOpen} onClose={() => onPick(null)} title={t.whyLost} size="sm">
      <Stack gap="sm">
        <div className={styles.reasons}>
          {lostReasons.map((reason, index) => (
            <button
              key={reason}
              type="button"
              className={`${shapes.choice} ${styles.reason}`}
              data-autofocus={index === 0 || undefined}
              onKeyDown={onKeyDown}
              onClick={() => onPick(reason)}
            >
              <kbd aria-hidden="true">{index + 1}</kbd>
              {t.reasons[reason]}
            </button>
          ))}
        </div>
        <p className={styles.dim}>{t.whyLostHint}</p>
      </Stack>
    </Dialog>
  )
}
