import { type TaskRow, tasks } from '../../../../contract/crm/task.ts'
import { Button } from '../../../ui/button.tsx'
import { Menu } from '../../../ui/menu.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import { presets, whenOf } from './when.ts'

/** Moves a step to one of the usual times; the toast takes it back. */
export function MoveMenu({ task }: { task: Pick<TaskRow, 'id' | 'version' | 'dueAt'> }) {
  const [{ people: t, ui }, format, { why }] = [useWords(), useFormat(), useRights()]
  const back = useAct(tasks.move, { changes: ['task'] })
  const move = useAct(tasks.move, {
    changes: ['task'],
    done: ({ id, version }) => toast.done(t.moved, { label: ui.undo, run: () => back.fire({ taskId: id, version, dueAt: task.dueAt }) }),
  })
  const cannot = why(tasks.move)
  const entries = presets.map((preset) => ({
    kind: 'act' as const,
    title: t.presets[preset],
    run: () => move.fire({ taskId: task.id, version: task.version, dueAt: whenOf(preset, new Date(), format.timeZone) }),
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
