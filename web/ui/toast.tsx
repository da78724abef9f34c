import { notifications } from '@mantine/notifications'
import { Button } from './button.tsx'
import styles from './toast.module.css'

type Offer = { label: string; run: () => void }
type Failure = { code?: string | undefined; retry?: Offer }
let closeLabel = ''
/** How the closing cross is called in the person's language. */
export const nameCross = (label: string): void => {
  closeLabel = label
}
const cross = (): { closeButtonProps: { 'aria-label': string } } => ({ closeButtonProps: { 'aria-label': closeLabel } })
let lastUndo: { id: string; run: () => void } | null = null

/** Said by a toast and forgotten: the one thing that may be shown from outside of a component. */
export const toast = {
  /** Done; with `undo` the act can be taken back for eight seconds, also by Ctrl+Z. */
  done(text: string, undo?: Offer): void {
    const id = crypto.randomUUID()
    const run = (): void => {
      if (lastUndo?.id === id) lastUndo = null
      notifications.hide(id)
      undo?.run()
    }
    if (undo) lastUndo = { id, run }
    notifications.show({
      id,
      ...cross(),
      color: 'pine',
      withBorder: true,
      autoClose: undo ? 8000 : 3500,
      onClose: () => forget(id),
      message: <Line text={text} {...(undo ? { offer: { label: undo.label, run } } : {})} />,
    })
  },
  /** Failed: stays until it is closed. `code` is for support. */
  failed(text: string, { code, retry }: Failure = {}): void {
    const id = code ?? text
    const offer = retry && { label: retry.label, run: () => again(id, retry) }
    notifications.show({
      id,
      ...cross(),
      color: 'red.8',
      withBorder: true,
      autoClose: false,
      role: 'alert',
      message: <Line text={text} code={code} {...(offer ? { offer } : {})} />,
    })
  },
  /** Takes back the last act that still can be. Answers whether there was one. */
  undoLast(): boolean {
    if (!lastUndo) return false
    lastUndo.run()
    return true
  },
}

function again(id: string, { run }: Offer): void {
  notifications.hide(id)
  run()
}

function forget(id: string): void {
  if (lastUndo?.id === id) lastUndo = null
}

function Line({ text, code, offer }: { text: string; code?: string | undefined; offer?: Offer }) {
  return (
    <span className={styles.line}>
      <span className={styles.text}>
        {text}
        {code && <code className={styles.code}>{code}</code>}
      </span>
      {offer && (
        <Button size="xs" onClick={offer.run}>
          {offer.label}
        </Button>
      )}
    </span>
  )
}
