import { useState } from 'react'
import type { z } from 'zod'
import { requests, type RequestCard } from '../../../../contract/privacy/request.ts'
import { Button } from '../../../ui/button.tsx'
import { Stack } from '../../../ui/layout.ts'
import { Facts } from '../../../ui/page.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import styles from './requests.module.css'

export type Opened = z.output<typeof requests.words.output>

/** What is opened for this card stays until it is left; the look is on the record. */
export function useOpenWords(requestId: string): { words: Opened | null; open: () => void; isBusy: boolean } {
  const [words, setWords] = useState<Opened | null>(null)
  const act = useAct(requests.words, { done: setWords })
  return { words, open: () => act.fire({ requestId }), isBusy: act.isBusy }
}

export function RequestWords({ card, words, open, isBusy }: { card: RequestCard; words: Opened | null; open: () => void; isBusy: boolean }) {
  const [{ requests: t }, { why }] = [useWords(), useRights()]
  if (!words) {
    return (
      <Button icon="eye" busy={isBusy} disabledReason={why(requests.words) ?? (card.personId ? null : t.destroyed)} onClick={open}>
        {t.openWords}
      </Button>
    )
  }
  return (
    <Stack gap="sm">
      <p className={styles.words}>{words.words ?? t.noWords}</p>
      {words.draft && <Proposed words={words} />}
      <p className={styles.dim}>{t.wordsShown}</p>
    </Stack>
  )
}

function Proposed({ words: { draft, contact } }: { words: Opened }) {
  const { requests: t } = useWords()
  if (!draft) return null
  const now = [contact?.surname, contact?.given, contact?.patronymic, ...(contact?.phones ?? []).map(({ e164 }) => e164), ...(contact?.emails ?? []).map(({ address }) => address)]
  const next = [draft.fullName, draft.surname, draft.given, draft.patronymic, ...draft.phones, ...draft.emails]
  return (
    <Facts
      facts={[
        [t.now, now.filter(Boolean).join(', ')],
        [t.proposed, next.filter(Boolean).join(', ')],
      ]}
    />
  )
}
