import type { TaskKind } from '../../../contract/crm/task.ts'
import { notFound, seer, stale, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'

export type TaskColumns = {
  id: string
  personId: string
  leadId: string | null
  dealId: string | null
  kind: TaskKind
  responsibleId: string
  dueAt: Date
  doneAt: Date | null
  version: number
}
export const taskColumns =
  't.id, t.person_id "personId", t.lead_id "leadId", t.deal_id "dealId", t.kind, t.responsible_id "responsibleId", t.due_at "dueAt", t.done_at "doneAt", t.version'
/** A task is seen by whoever sees its client. */
export const taskJoins = 'tasks t join persons p on p.tenant_id = $1 and p.id = t.person_id'

const locked = statement<TaskColumns & { outletId: string | null; leadsId: string | null }>(
  'task_locked',
  `
  select ${taskColumns}, p.outlet_id "outletId", p.responsible_id "leadsId" from ${taskJoins} where t.tenant_id = $1 and t.id = $5 and ${seenText('p', 2)} for update of t`,
)

/** A task of a client whom the actor sees, locked for a change; refuses a lost update and shows what stands there now. */
export async function lockTask(ctx: Ctx, taskId: string, version: number): Promise<TaskColumns & { outletId: string | null; leadsId: string | null }> {
  const [task] = await ctx.run(locked, [...seerValues(seer(ctx.actor, 'person.read_all')), taskId])
  if (!task) throw notFound()
  if (task.version !== version)
    throw stale({ version: task.version, dueAt: task.dueAt.toISOString(), responsibleId: task.responsibleId, doneAt: task.doneAt?.toISOString() ?? null })
  return task
}

export const toTask = (row: TaskColumns, now: Date) => ({
  id: row.id,
  personId: row.personId,
  leadId: row.leadId,
  dealId: row.dealId,
  kind: row.kind,
  responsibleId: row.responsibleId,
  dueAt: row.dueAt.toISOString(),
  doneAt: row.doneAt?.toISOString() ?? null,
  isOverdue: row.doneAt === null && row.dueAt < now,
  version: row.version,
})
