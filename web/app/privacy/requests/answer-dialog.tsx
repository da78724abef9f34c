import { useState } from 'react'
import { requests, type RequestCard } from '../../../../contract/privacy/request.ts'
import { Dialog, DialogActs } from '../../../ui/dialog.tsx'
import { TextAreaField } from '../../../ui/fields.tsx'
import { Stack } from '../../../ui/layout.ts'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import styles from './requests.module.css'

/** Hands the answer over in the form the request came in. */
export function AnswerDialog({ card, isOpen, onClose }: { card: RequestCard; isOpen: boolean; onClose: () => void }) {
  const { requests: t } = useWords()
  const [words, setWords] = useState('')
  const answer = useAct(requests.answer, {
    changes: ['request'],
    done: () => {
      toast.done(t.answered)
      onClose()
    },
  })
  const isByHand = card.channel === 'paper' || card.channel === 'phone'
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.answerTitle}>
      <Stack gap="sm">
        <p className={styles.hint}>{isByHand ? t.answerByHand : t.answerHint}</p>
        <TextAreaField label={t.answerWords} value={words} onChange={setWords} />
        <DialogActs
          label={t.answer}
          isBusy={answer.isBusy}
          onCancel={onClose}
          onRun={() => answer.fire({ requestId: card.id, version: card.version, ...(words.trim() ? { words: words.trim() } : {}) })}
        />
      </Stack>
    </Dialog>
  )
}
