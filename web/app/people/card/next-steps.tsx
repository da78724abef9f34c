import { useState } from 'react'
import { type TaskKind, type TaskRow, taskKinds, tasks } from '../../../../contract/crm/task.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { DateTimeField, SelectField } from '../../../ui/fields.tsx'
import { Stack } from '../../../ui/layout.ts'
import { useFormat } from '../../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import shapes from '../../shared.module.css'
import styles from '../people.module.css'
import { useFinish } from '../tasks/finish.ts'
import { MoveMenu } from '../tasks/move-menu.tsx'
import { whenOf } from '../tasks/when.ts'

/** What is planned with this client; a card without a next step asks for one. */
export function NextSteps({ personId, canPlan = false }: { personId: string; canPlan?: boolean }) {
  const { people: t } = useWords()
  const { data, trouble } = useAsk(tasks.list, { view: 'open', personId, limit: 20 }, { live: ['task', 'person'] })
  if (trouble) return <ErrorState {...trouble} />
  if (!data) return <Skeletons lines={2} />
  return (
    <Stack gap="sm">
      {data.rows.length === 0 && (
        <p className={styles.note} data-tone="warn">
          {t.noNext}
        </p>
      )}
      {data.rows.map((task) => (
        <Step key={task.id} task={task} />
      ))}
      {canPlan && <Plan personId={personId} />}
    </Stack>
  )
}

function Step({ task }: { task: TaskRow }) {
  const [{ people: t }, format, { why }] = [useWords(), useFormat(), useRights()]
  const finish = useFinish()
  return (
    <div className={styles.ground}>
      <div className={shapes.line}>
        <strong>{t.taskKinds[task.kind]}</strong>
        <span className={task.isOverdue ? styles.late : styles.dim}>
          {format.moment(task.dueAt)} {task.isOverdue && <Badge tone="bad">{t.overdue}</Badge>}
        </span>
      </div>
      <div className={styles.buttons}>
        <MoveMenu task={task} />
        <Button size="xs" icon="check" disabledReason={why(tasks.done)} onClick={() => finish(task)}>
          {t.done}
        </Button>
      </div>
    </div>
  )
}

function Plan({ personId }: { personId: string }) {
  const [{ people: t }, format, { why }] = [useWords(), useFormat(), useRights()]
  const [kind, setKind] = useState<TaskKind | null>(null)
  const [dueAt, setDueAt] = useState<string | null>(null)
  const create = useAct(tasks.create, { changes: ['task'], done: () => (setKind(null), toast.done(t.planned)) })
  const cannot = why(tasks.create)
  const pick = (next: TaskKind | null): void => {
    setKind(next)
    setDueAt(next && whenOf('tomorrow', new Date(), format.timeZone))
  }
  return (
    <Stack gap="xs">
      <SelectField
        label={t.plan}
        clearable
        placeholder={t.next}
        {...(cannot ? { hint: cannot, readOnly: true } : {})}
        value={kind}
        onChange={pick}
        choices={taskKinds.map((value) => ({ value, label: t.taskKinds[value] }))}
      />
      {kind && <DateTimeField label={t.due} required value={dueAt} onChange={setDueAt} />}
      {kind && (
        <Button kind="primary" size="xs" busy={create.isBusy} disabledReason={dueAt ? null : t.due} onClick={() => dueAt && create.fire({ personId, kind, dueAt })}>
          {t.plan}
        </Button>
      )}
    </Stack>
  )
}
