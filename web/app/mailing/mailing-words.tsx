import type { Mailing, MessageReason, MessageState } from '../../../contract/mailing/mailing.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { useWords } from '../language.tsx'

const tones: Record<Mailing['state'], Tone> = { draft: 'info', running: 'accent', paused: 'warn', done: 'good', cancelled: 'neutral' }

export function MailingState({ state }: Pick<Mailing, 'state'>) {
  const { mailing: t } = useWords()
  return <Badge tone={tones[state]}>{t.states[state]}</Badge>
}

/** A reason in words: a verdict of consent, or what happened on the way. */
export function useReason(): (because: MessageReason | null) => string {
  const { consent, mailing } = useWords()
  return (because) => {
    if (because === null) return '—'
    const words: Record<string, string> = { ...consent.because, ...mailing.ends }
    return words[because] ?? because
  }
}

/** The order in which a message lives. */
export const lifeOf: readonly MessageState[] = ['queued', 'sending', 'sent', 'refused', 'cancelled', 'failed']
