import { type TaskRow, tasks } from '../../../../contract/crm/task.ts'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'

type Page = { rows: TaskRow[] }
type Shown = Page | { pages: Page[] }

const without = (page: Page, taskId: string): Page => ({ ...page, rows: page.rows.filter(({ id }) => id !== taskId) })

/** Marks a step as done: gone from the open lists at once, back with one key. */
export function useFinish(): (task: Pick<TaskRow, 'id' | 'version'>) => void {
  const { people: t, ui } = useWords()
  const undo = useAct(tasks.undo, { changes: ['task'] })
  const done = useAct(tasks.done, {
    changes: ['task'],
    optimistic: [
      {
        of: tasks.list,
        change: (old: never, { taskId }) => {
          const shown = old as Shown
          return 'pages' in shown ? { ...shown, pages: shown.pages.map((page) => without(page, taskId)) } : without(shown, taskId)
        },
      },
    ],
    done: ({ id, version }) => toast.done(t.doneToast, { label: ui.undo, run: () => undo.fire({ taskId: id, version }) }),
  })
  return ({ id, version }) => done.fire({ taskId: id, version })
}
