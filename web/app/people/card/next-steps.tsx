import { type TaskRow, tasks } from '../../../../contract/crm/task.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Stack } from '../../../ui/layout.ts'
import { useFormat } from '../../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import shapes from '../../shared.module.css'
import styles from '../people.module.css'
import { useFinish } from '../tasks/finish.ts'
import { MoveMenu } from '../tasks/move-menu.tsx'
import { PlanStep } from '../tasks/plan-step.tsx'

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
      {canPlan && <PlanStep personId={personId} words={{ plan: t.plan, planned: t.planned, what: t.next, due: t.due }} />}
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
