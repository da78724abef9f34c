import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type TaskRow, taskViews, tasks } from '../../../../contract/crm/task.ts'
import { Badge, PurposeChip } from '../../../ui/badge.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { ChoiceField } from '../../../ui/fields.tsx'
import { Page } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { useAct } from '../../data/act.ts'
import { usePages } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useRights } from '../../session/session.tsx'
import shapes from '../../shared.module.css'
import styles from '../people.module.css'
import { useFinish } from './finish.ts'
import { MoveMenu } from './move-menu.tsx'

const route = getRouteApi(`/staff${paths.myDay}`)

/** What I owe clients today, the overdue first. */
export function MyDay() {
  const [{ people: t }, navigate] = [useWords(), useNavigate()]
  const { view = 'day' } = route.useSearch()
  const data = usePages<TaskRow, typeof tasks.list.input, typeof tasks.list.output>(tasks.list, { view }, { live: ['task'] })
  const columns = useColumns()
  return (
    <Page
      title={t.myDay}
      purpose={<PurposeChip purpose={t.purposes.request_handling} />}
      filters={
        <ChoiceField
          label={t.myDay}
          value={view}
          choices={taskViews.map((value) => ({ value, label: t.dayViews[value] }))}
          onChange={(chosen) => void navigate({ to: paths.myDay, search: chosen === 'day' ? {} : { view: chosen } })}
        />
      }
    >
      <DataTable
        label={t.myDay}
        data={data}
        columns={columns}
        rowKey={({ id }) => id}
        empty={view === 'day' ? { title: t.nothingToday, hint: t.nothingTodayHint, icon: 'check' } : { title: t.noTasks, hint: t.nothingTodayHint, icon: 'task' }}
        onOpen={({ personId }) => void navigate({ to: paths.person, params: { personId } })}
        card={(task) => <Card task={task} />}
        rowTone={({ isOverdue }) => (isOverdue ? 'late' : undefined)}
      />
    </Page>
  )
}

function useColumns(): Column<TaskRow>[] {
  const { people: t } = useWords()
  return [
    { key: 'due', title: t.due, width: 210, cell: (task) => <Due task={task} /> },
    { key: 'kind', title: t.task, width: 190, cell: ({ kind }) => t.taskKinds[kind] },
    { key: 'client', title: t.client, width: 220, grows: true, cell: ({ masked }) => masked?.name ?? t.hidden },
    { key: 'phone', title: t.phone, width: 120, cell: ({ masked }) => masked?.phone },
    { key: 'acts', title: '', width: 240, align: 'end', cell: (task) => <Acts task={task} /> },
  ]
}

function Due({ task }: { task: TaskRow }) {
  const [{ people: t }, format] = [useWords(), useFormat()]
  return (
    <span className={task.isOverdue ? styles.late : undefined}>
      {format.moment(task.doneAt ?? task.dueAt)} {task.isOverdue && <Badge tone="bad">{t.overdue}</Badge>}
    </span>
  )
}

function Acts({ task }: { task: TaskRow }) {
  const [{ people: t, ui }, { why }] = [useWords(), useRights()]
  const finish = useFinish()
  const undo = useAct(tasks.undo, { changes: ['task'] })
  return (
    <span data-own-click className={styles.buttons}>
      {task.doneAt ? (
        <Button size="xs" kind="quiet" disabledReason={why(tasks.undo)} onClick={() => undo.fire({ taskId: task.id, version: task.version })}>
          {ui.undo}
        </Button>
      ) : (
        <>
          <MoveMenu task={task} />
          <Button size="xs" icon="check" disabledReason={why(tasks.done)} onClick={() => finish(task)}>
            {t.done}
          </Button>
        </>
      )}
    </span>
  )
}

function Card({ task }: { task: TaskRow }) {
  const [{ people: t }, format, { why }] = [useWords(), useFormat(), useRights()]
  const finish = useFinish()
  return (
    <div className={shapes.phoneCard}>
      <strong>{task.masked?.name ?? t.hidden}</strong>
      <span className={task.isOverdue ? styles.late : undefined}>{format.moment(task.doneAt ?? task.dueAt)}</span>
      <span className={styles.dim}>{[task.isOverdue ? t.overdue : null, t.taskKinds[task.kind]].filter(Boolean).join(' · ')}</span>
      {!task.doneAt && why(tasks.done) === null && (
        <span data-own-click>
          <IconButton icon="check" label={t.done} onClick={() => finish(task)} />
        </span>
      )}
    </div>
  )
}
