import { Drawer as MantineDrawer, Modal } from '@mantine/core'
import { type ReactNode, useEffect, useId, useState, useSyncExternalStore } from 'react'
import { Button } from './button.tsx'
import styles from './form.module.css'
import { useIsPhone } from './media.ts'
import { useUiWords } from './words.tsx'

type DialogProps = { isOpen: boolean; onClose: () => void; title: string; children: ReactNode; size?: 'sm' | 'md' | 'lg' | 'xl' }

/** What is open, the newest last: Escape closes that one and leaves what lies below. */
const stack: string[] = []

function useTopmost(isOpen: boolean, onClose: () => void): () => void {
  const id = useId()
  useEffect(() => {
    if (!isOpen) return undefined
    stack.push(id)
    return () => void stack.splice(stack.indexOf(id), 1)
  }, [isOpen, id])
  return () => stack.at(-1) === id && onClose()
}

/** Whoever opened it may have gone with what it was for: then the keyboard goes on from the page, not from nowhere. */
function keepFocus(): void {
  if (document.activeElement && document.activeElement !== document.body) return
  document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
}

/** Over the page; the whole screen on a phone. Escape closes it, focus goes back where it was. */
export function Dialog({ isOpen, onClose, title, children, size = 'md' }: DialogProps) {
  const [isPhone, words, close] = [useIsPhone(), useUiWords(), useTopmost(isOpen, onClose)]
  return (
    <Modal opened={isOpen} onClose={close} title={title} size={size} fullScreen={isPhone} onExitTransitionEnd={keepFocus} closeButtonProps={{ 'aria-label': words.close }}>
      {children}
    </Modal>
  )
}

/** At the side: to peek without leaving the list. The whole screen on a phone. */
export function Drawer({ isOpen, onClose, title, children, size = 'lg' }: DialogProps) {
  const [isPhone, words, close] = [useIsPhone(), useUiWords(), useTopmost(isOpen, onClose)]
  return (
    <MantineDrawer
      opened={isOpen}
      onClose={close}
      title={title}
      position="right"
      size={isPhone ? '100%' : size}
      overlayProps={{ backgroundOpacity: 0.25 }}
      onExitTransitionEnd={keepFocus}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {children}
    </MantineDrawer>
  )
}

type DialogActsProps = { label: string; onRun: () => void; onCancel: () => void; isBusy?: boolean; disabledReason?: string | null; isDangerous?: boolean; focusesCancel?: boolean }

/** What a dialog without a form ends with: the way out, and the act. */
export function DialogActs({ label, onRun, onCancel, isBusy = false, disabledReason, isDangerous = false, focusesCancel = false }: DialogActsProps) {
  const words = useUiWords()
  return (
    <div className={styles.buttons}>
      <Button kind="quiet" onClick={onCancel} autoFocus={focusesCancel}>
        {words.cancel}
      </Button>
      <Button kind={isDangerous ? 'danger' : 'primary'} busy={isBusy} disabledReason={disabledReason} onClick={onRun}>
        {label}
      </Button>
    </div>
  )
}

type Question = { title: string; text?: string; confirm: string; isDangerous?: boolean }
type Asked = Question & { answer: (isYes: boolean) => void }
let asked: Asked | null = null
const listeners = new Set<() => void>()
const say = (next: Asked | null): void => {
  asked = next
  for (const listener of listeners) listener()
}

/** Asks and waits: `if (await confirm({ title, confirm: words.end })) …`. For acts without undo only; what can be undone is not asked about. */
export const confirm = (question: Question): Promise<boolean> =>
  new Promise((resolve) => {
    asked?.answer(false)
    say({ ...question, answer: resolve })
  })

/** Where the question of `confirm` appears; once, near the root. */
export function ConfirmHost() {
  const words = useUiWords()
  const question = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => asked,
  )
  // The closing animation still shows the question that was answered.
  const [last, setLast] = useState(question)
  if (question && question !== last) setLast(question)
  const end = (isYes: boolean): void => {
    question?.answer(isYes)
    say(null)
  }
  const close = useTopmost(question !== null, () => end(false))
  const shown = question ?? last
  return (
    <Modal opened={question !== null} onClose={close} title={shown?.title} size="sm" closeButtonProps={{ 'aria-label': words.close }}>
      {shown?.text && <p>{shown.text}</p>}
      <DialogActs label={shown?.confirm ?? ''} isDangerous={shown?.isDangerous ?? false} onRun={() => end(true)} onCancel={() => end(false)} focusesCancel />
    </Modal>
  )
}
