import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { type InteractionKind, type InteractionResult, interactionKinds, interactions, resultsOf } from '../../../../contract/crm/interaction.ts'
import { type TaskKind, type TaskRow, taskKinds, tasks } from '../../../../contract/crm/task.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { CheckField, DateTimeField, SelectField, TextAreaField } from '../../../ui/fields.tsx'
import { Stack } from '../../../ui/layout.ts'
import { useFormat } from '../../../ui/provider.tsx'
import { isTyping } from '../../../ui/shortcuts.ts'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import shapes from '../../shared.module.css'
import styles from '../people.module.css'
import { nextAfter, suggestedTime, whenOf } from '../tasks/when.ts'

type LogContactProps = { personId: string; isOpen: boolean; onClose: () => void }

/** L, the digit of the result, Enter: a call is on record with its next step. */
export function LogContact({ personId, isOpen, onClose }: LogContactProps) {
  const { people: t } = useWords()
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.log} size="lg">
      <Body personId={personId} onClose={onClose} />
    </Dialog>
  )
}

type Draft = { kind: InteractionKind; result: InteractionResult | null; text: string; next: TaskKind | null; dueAt: string | null; fulfils: boolean }
const usual: Draft = { kind: 'call_out', result: null, text: '', next: null, dueAt: null, fulfils: true }

function Body({ personId, onClose }: Omit<LogContactProps, 'isOpen'>) {
  const [{ people: t, ui }, { why }, format] = [useWords(), useRights(), useFormat()]
  const [draft, setDraft] = useState(usual)
  const change = (what: Partial<Draft>): void => setDraft((before) => ({ ...before, ...what }))
  const canPlan = why(tasks.create) === null
  const step = useAsk(tasks.list, { view: 'open', personId, limit: 1 }, { isOn: canPlan }).data?.rows[0]
  const save = useSave({ personId, draft, doneTaskId: draft.fulfils && draft.kind !== 'note' ? step?.id : undefined, onClose })
  const pick = (result: InteractionResult): void => {
    const proposed = canPlan ? nextAfter[result] : null
    change({ result, next: proposed?.kind ?? null, dueAt: proposed ? suggestedTime(proposed.preset, new Date(), format.timeZone) : null })
  }
  const results = resultsOf[draft.kind]
  const onKeyDown = (event: KeyboardEvent): void => {
    const isWriting = isTyping(event.target as HTMLElement)
    if (event.code === 'Enter' && (!isWriting || event.ctrlKey || event.metaKey) && draft.result && !(event.target as HTMLElement).closest('[data-own-enter]')) {
      event.preventDefault()
      return save.run()
    }
    const result = isWriting ? undefined : results[Number(/^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1] ?? 0) - 1]
    if (!result) return
    event.preventDefault()
    event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')[results.indexOf(result)]?.focus()
    pick(result)
  }
  return (
    <div role="presentation" onKeyDown={onKeyDown}>
      <Stack gap="md">
        <SelectField
          label={t.kind}
          value={draft.kind}
          onChange={(kind) => kind && change({ kind, result: resultsOf[kind].length === 1 ? (resultsOf[kind][0] ?? null) : null })}
          choices={interactionKinds.map((value) => ({ value, label: t.kinds[value] }))}
        />
        <Results kind={draft.kind} chosen={draft.result} onPick={pick} />
        <TextAreaField label={t.said} rows={2} maxLength={4000} value={draft.text} onChange={(text) => change({ text })} />
        {canPlan && <NextStep draft={draft} step={step} change={change} />}
        <div className={styles.buttons} data-own-enter>
          <Button kind="quiet" onClick={onClose}>
            {ui.cancel}
          </Button>
          <Button kind="primary" keycap="Enter" busy={save.isBusy} disabledReason={draft.result ? null : t.chooseResult} onClick={save.run}>
            {ui.save}
          </Button>
        </div>
      </Stack>
    </div>
  )
}

/** Whether this contact is the planned step, and what is planned instead. */
function NextStep({ draft, step, change }: { draft: Draft; step: TaskRow | undefined; change: (what: Partial<Draft>) => void }) {
  const [{ people: t }, format] = [useWords(), useFormat()]
  const plan = (next: TaskKind | null): void => change({ next, dueAt: next ? (draft.dueAt ?? whenOf('tomorrow', new Date(), format.timeZone)) : null })
  return (
    <>
      {step && draft.kind !== 'note' && (
        <CheckField label={t.fulfils(`${t.taskKinds[step.kind]}, ${format.moment(step.dueAt)}`)} value={draft.fulfils} onChange={(fulfils) => change({ fulfils })} />
      )}
      <SelectField
        label={t.next}
        clearable
        placeholder={t.nextNone}
        value={draft.next}
        onChange={plan}
        choices={taskKinds.map((value) => ({ value, label: t.taskKinds[value] }))}
      />
      {draft.next && <DateTimeField label={t.due} required value={draft.dueAt} onChange={(dueAt) => change({ dueAt })} />}
    </>
  )
}

function useSave({ personId, draft, doneTaskId, onClose }: { personId: string; draft: Draft; doneTaskId: string | undefined; onClose: () => void }): {
  run: () => void
  isBusy: boolean
} {
  const { people: t, ui } = useWords()
  const undo = useAct(interactions.undo, { changes: ['person', 'lead', 'task'], done: () => toast.done(t.undone) })
  const act = useAct(interactions.log, {
    changes: ['person', 'lead', 'task'],
    done: ({ id, isFirstContact }) => {
      onClose()
      toast.done(isFirstContact ? t.loggedFirst : t.logged, { label: ui.undo, run: () => undo.fire({ interactionId: id }) })
    },
  })
  const { kind, result, text, next, dueAt } = draft
  const run = (): void => {
    if (!result || act.isBusy) return
    act.fire({ personId, kind, result, ...(text.trim() ? { text } : {}), ...(doneTaskId ? { doneTaskId } : {}), ...(next && dueAt ? { next: { kind: next, dueAt } } : {}) })
  }
  return { run, isBusy: act.isBusy }
}

function Results({ kind, chosen, onPick }: { kind: InteractionKind; chosen: InteractionResult | null; onPick: (result: InteractionResult) => void }) {
  const { people: t } = useWords()
  const ref = useRef<HTMLDivElement>(null)
  // The digits work at once: the first answer has the focus, not the list of kinds.
  useEffect(() => ref.current?.querySelector<HTMLElement>('button')?.focus(), [])
  return (
    <div>
      <div ref={ref} role="radiogroup" aria-label={t.result} className={styles.results} data-autofocus>
        {resultsOf[kind].map((result, index) => (
          <button key={result} type="button" role="radio" aria-checked={chosen === result} className={`${shapes.choice} ${styles.result}`} onClick={() => onPick(result)}>
            <kbd aria-hidden="true">{index + 1}</kbd>
            {t.results[result]}
          </button>
        ))}
      </div>
      <p className={`${styles.dim} ${styles.keys}`}>{t.resultHint}</p>
    </div>
  )
}
