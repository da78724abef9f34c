import type { TaskKind } from '../../../contract/crm/task.ts'
import { invalid, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

const add = statement<{ id: string }>(
  'task_add',
  `
  insert into tasks (tenant_id, id, person_id, lead_id, deal_id, kind, responsible_id, due_at)
  select $1, $2, $3, $4, $5, $6, e.id, $8 from employees e where e.tenant_id = $1 and e.id = $7 and e.is_active returning id`,
)

export type NewTask = {
  person: { id: string; outletId: string | null; responsibleId: string | null }
  leadId: string | null
  dealId: string | null
  kind: TaskKind
  dueAt: string
  responsibleId?: string | undefined
}

/** Plans a step with a client who was checked to be visible. Returns its id. @throws Refusal invalid responsibleId for nobody of the active staff */
export async function addTask(ctx: Ctx, { person, leadId, dealId, kind, dueAt, responsibleId }: NewTask): Promise<string> {
  const [row] = await ctx.run(add, [ctx.newId(), person.id, leadId, dealId, kind, responsibleId ?? ctx.actor.id, new Date(dueAt)])
  if (!row) throw invalid('responsibleId', 'unknown')
  ctx.audit('task.created', { persons: [person.id], object: { kind: 'task', id: row.id }, details: { kind } })
  ctx.live({ kind: 'task', id: row.id, outletId: person.outletId, responsibleId: person.responsibleId })
  return row.id
}
