import { useState } from 'react'
import { requests, type RequestCard } from '../../../../contract/privacy/request.ts'
import { Button } from '../../../ui/button.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { openTurns } from '../../data/turns.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import { saveBytes } from './save-bytes.ts'
import { AnswerDialog } from './answer-dialog.tsx'
import { DestroyDialog } from './destroy-dialog.tsx'
import { ExecuteDialog } from './execute-dialog.tsx'
import { ExtendDialog } from './extend-dialog.tsx'
import { PackDialog } from './pack-dialog.tsx'
import { RefuseDialog } from './refuse-dialog.tsx'
import { RepresentativeDialog } from './representative-dialog.tsx'
import type { Opened } from './request-words.tsx'
import styles from './requests.module.css'

type Open = 'extend' | 'refuse' | 'pack' | 'answer' | 'execute' | 'destroy' | null
const destructive: readonly RequestCard['kind'][] = ['destroy', 'withdraw', 'stop', 'block']
const answerable: readonly RequestCard['kind'][] = ['access', 'regulator']

/** Every act on a request stands in its place; one that cannot be done now says why. */
export function RequestActs({ card, opened }: { card: RequestCard; opened: Opened | null }) {
  const [{ requests: t }, { why }] = [useWords(), useRights()]
  const [open, setOpen] = useState<Open>(null)
  const close = (): void => setOpen(null)
  const isClosed = card.state !== 'new' && card.state !== 'in_work'
  const never = why(requests.take) ?? (isClosed ? t.noExtension.closed : null)
  const unknown = card.identity === 'unknown' ? t.notIdentified : null
  const isAnswered = answerable.includes(card.kind)
  return (
    <>
      <div className={styles.acts}>
        <Simple card={card} never={never} />
        <Button icon="calendar" disabledReason={never ?? (card.extension.because ? t.noExtension[card.extension.because] : null)} onClick={() => setOpen('extend')}>
          {t.extend}
        </Button>
        {isAnswered && (
          <>
            <Button icon="file" disabledReason={never} onClick={() => setOpen('pack')}>
              {t.pack}
            </Button>
            <Button
              kind="primary"
              icon="check"
              disabledReason={never ?? (card.kind === 'access' ? unknown : null) ?? (card.answer.pdfId ? null : t.notPacked)}
              onClick={() => setOpen('answer')}
            >
              {t.answer}
            </Button>
          </>
        )}
        {!isAnswered && card.kind !== 'destroy' && (
          <Button kind="primary" icon="check" disabledReason={never ?? unknown} onClick={() => setOpen('execute')}>
            {t.execute}
          </Button>
        )}
        <Button icon="close" disabledReason={never ?? (card.refusalsNow.length === 0 ? t.neverRefused : null)} onClick={() => setOpen('refuse')}>
          {t.refuse}
        </Button>
        {destructive.includes(card.kind) && (
          <Button kind="danger" icon="warning" disabledReason={never ?? unknown} onClick={() => setOpen('destroy')}>
            {t.destroy}
          </Button>
        )}
        <Downloads card={card} />
      </div>
      <ExtendDialog card={card} isOpen={open === 'extend'} onClose={close} />
      <RefuseDialog card={card} isOpen={open === 'refuse'} onClose={close} />
      <PackDialog card={card} isOpen={open === 'pack'} onClose={close} />
      <AnswerDialog card={card} isOpen={open === 'answer'} onClose={close} />
      <ExecuteDialog card={card} opened={opened} isOpen={open === 'execute'} onClose={close} />
      <DestroyDialog card={card} isOpen={open === 'destroy'} onClose={close} />
    </>
  )
}

/** Acts that need no more than a click. */
function Simple({ card, never }: { card: RequestCard; never: string | null }) {
  const { requests: t } = useWords()
  const changes = ['request', 'person'] as const
  const take = useAct(requests.take, { changes, done: () => toast.done(t.taken) })
  const identify = useAct(requests.identify, { changes, done: () => toast.done(t.identified) })
  const restrict = useAct(requests.restrict, { changes, done: (_, { isRestricted }) => toast.done(isRestricted ? t.restrictedDone : t.liftedDone) })
  const [inTurn] = useState(openTurns)
  /** The refusal is told by the toast. */
  const run = (act: (of: { requestId: string; version: number }) => Promise<{ version: number }>): void =>
    void inTurn(card.version, (version) => act({ requestId: card.id, version })).catch(() => {})
  const gone = card.personId ? null : t.destroyed
  const isProved = card.identity !== 'unknown'
  const [isFor, setFor] = useState(false)
  return (
    <>
      {card.state === 'new' && (
        <Button kind="primary" icon="inbox" busy={take.isBusy} disabledReason={never} onClick={() => run(take.run)}>
          {t.take}
        </Button>
      )}
      {!isProved && (
        <>
          <Button icon="shield" busy={identify.isBusy} disabledReason={never ?? gone} onClick={() => run((of) => identify.run({ ...of, how: 'document' }))}>
            {t.identifyAs.document}
          </Button>
          <Button busy={identify.isBusy} disabledReason={never ?? gone} onClick={() => run((of) => identify.run({ ...of, how: 'office' }))}>
            {t.identifyAs.office}
          </Button>
          <Button disabledReason={never ?? gone} onClick={() => setFor(true)}>
            {t.asRepresentative}
          </Button>
          <RepresentativeDialog card={card} isOpen={isFor} onClose={() => setFor(false)} />
        </>
      )}
      <Button busy={restrict.isBusy} disabledReason={never ?? gone} onClick={() => run((of) => restrict.run({ ...of, isRestricted: !card.isRestricted }))}>
        {card.isRestricted ? t.lift : t.restrict}
      </Button>
      {!isProved && <p className={styles.dim}>{t.identifyHint}</p>}
    </>
  )
}

function Downloads({ card }: { card: RequestCard }) {
  const { requests: t } = useWords()
  if (!card.answer.pdfId) return null
  return (
    <>
      <Button icon="download" onClick={() => void saveBytes(requests.answerFile, { requestId: card.id, form: 'pdf' })}>
        {t.downloadPdf}
      </Button>
      <Button icon="download" onClick={() => void saveBytes(requests.answerFile, { requestId: card.id, form: 'json' })}>
        {t.downloadJson}
      </Button>
    </>
  )
}
