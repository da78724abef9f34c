import { type TaskRow, tasks } from '../../../../contract/crm/task.ts'
import { Button } from '../../../ui/button.tsx'
import { confirm } from '../../../ui/dialog.tsx'
import { Menu } from '../../../ui/menu.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { currentOf } from '../../data/use-version.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import { presets, whenOf } from './when.ts'

/** Moves a step to one of the usual times; the toast takes it back. When somebody moved it first, both times are shown and the person chooses. */
export function MoveMenu({ task }: { task: Pick<TaskRow, 'id' | 'version' | 'dueAt'> }) {
  const [{ people: t, ui }, format, { why }] = [useWords(), useFormat(), useRights()]
  const back = useAct(tasks.move, { changes: ['task'] })
  const done = ({ id, version }: { id: string; version: number }): void => toast.done(t.moved, { label: ui.undo, run: () => back.fire({ taskId: id, version, dueAt: task.dueAt }) })
  const [move, over] = [useAct(tasks.move, { changes: ['task'], isQuiet: true, done }), useAct(tasks.move, { changes: ['task'], done })]
  const moveTo = async (dueAt: string): Promise<void> => {
    try {
      await move.run({ taskId: task.id, version: task.version, dueAt })
    } catch (error) {
      const current = currentOf(error)
      // A step that was done meanwhile is moved by nobody.
      if (current?.doneAt !== null) return toast.failed((error as Error).message)
      const text = `${ui.theirs}: ${format.moment(String(current.dueAt))}. ${ui.yours}: ${format.moment(dueAt)}.`
      if (await confirm({ title: t.moveAct, text, confirm: t.moveTo })) over.fire({ taskId: task.id, version: Number(current.version), dueAt })
    }
  }
  const cannot = why(tasks.move)
  const entries = presets.map((preset) => ({
    kind: 'act' as const,
    title: t.presets[preset],
    run: () => void moveTo(whenOf(preset, new Date(), format.timeZone)),
  }))
  if (cannot)
    return (
      <Button size="xs" kind="quiet" disabledReason={cannot}>
        {t.moveTo}
      </Button>
    )
  return (
    <Menu
      label={t.moveAct}
      entries={entries}
      target={
        <Button size="xs" kind="quiet">
          {t.moveTo}
        </Button>
      }
    />
  )
}
