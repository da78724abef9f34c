import { tasks } from '../../../contract/crm/task.ts'
import type { AuditEvent } from '../../../contract/audit-events.ts'
import { handle, invalid, saidIn, wrongState, type Ctx } from '../../kernel/index.ts'
import { lockTask, type TaskColumns } from './one-task.ts'

type Change = { dueAt?: Date; responsibleId?: string; doneAt?: Date | null }

/** Moves a task to another time, a colleague, or both. */
export const moveTask = handle(tasks.move, async (ctx, { taskId, version, ...asked }) => {
  const task = await lockTask(ctx, taskId, version)
  if (task.doneAt) throw wrongState('done')
  const { dueAt, responsibleId } = saidIn(asked, 'dueAt').change
  if (responsibleId && !(await ctx.db.selectFrom('employees').select('id').where('id', '=', responsibleId).where('isActive', '=', true).executeTakeFirst()))
    throw invalid('responsibleId', 'unknown')
  return change(ctx, task, 'task.edited', { ...(dueAt ? { dueAt: new Date(dueAt) } : {}), ...(responsibleId ? { responsibleId } : {}) })
})

export const finishTask = handle(tasks.done, async (ctx, { taskId, version }) => {
  const task = await lockTask(ctx, taskId, version)
  if (task.doneAt) throw wrongState('done')
  return change(ctx, task, 'task.done', { doneAt: ctx.now() })
})

export const reopenTask = handle(tasks.undo, async (ctx, { taskId, version }) => {
  const task = await lockTask(ctx, taskId, version)
  if (!task.doneAt) throw wrongState('open')
  return change(ctx, task, 'task.reopened', { doneAt: null })
})

async function change(
  ctx: Ctx,
  task: TaskColumns & { outletId: string | null; leadsId: string | null },
  event: AuditEvent,
  what: Change,
): Promise<{ id: string; version: number }> {
  const version = task.version + 1
  await ctx.db
    .updateTable('tasks')
    .set({ ...what, version })
    .where('id', '=', task.id)
    .execute()
  ctx.audit(event, { persons: [task.personId], object: { kind: 'task', id: task.id }, details: { changed: Object.keys(what).join(',') } })
  ctx.live({ kind: 'task', id: task.id, outletId: task.outletId, responsibleId: task.leadsId })
  return { id: task.id, version }
}
