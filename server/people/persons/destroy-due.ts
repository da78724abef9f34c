import type { DestructionReason } from '../../../contract/privacy/destruction.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { DESTROY_BATCH, destroyPeople } from '../destruction/destroy-people.ts'

/** Why the person `p` is due: how the ground ended that held them longest. A term that merely ran out has no reason of its own. */
export const dueReason = `(select case g.ended_reason when 'purpose_reached' then 'purpose_achieved' when 'consent_withdrawn' then 'consent_withdrawn'
    when 'objection' then 'stop_demand' when 'unlawful' then 'unlawful' else 'retention_expired' end
  from grounds g where g.tenant_id = $1 and g.person_id = p.id order by coalesce(g.ended_at, g.until) desc nulls first limit 1)`

/**
 * Does an open request of the person `p` wait, which has to be answered first because afterwards nobody could? It stops the clock. One by which they want
 * to go does not. `besides`: what else must be true of it.
 */
export const isAwaited = (besides = 'true'): string => `exists (select from subject_requests r where r.tenant_id = $1 and r.person_id = p.id and r.state in ('new', 'in_work')
    and r.kind in ('access', 'rectify', 'block', 'auto_objection', 'regulator') and ${besides})`

const due = statement<{ id: string; reason: DestructionReason }>(
  'person_due',
  `
  select p.id, coalesce(${dueReason}, 'retention_expired') reason from persons p
  where p.tenant_id = $1 and p.kind = 'customer' and p.destroy_after <= $2 and p.restricted_at is null and not ${isAwaited()}
  order by p.destroy_after, p.id limit ${DESTROY_BATCH} for update of p skip locked`,
)

/**
 * The job `destroy-due`, nightly for each tenant: destroys the clients whose last ground is over (152-ФЗ art. 21 ч.4), one act of destruction for each reason.
 * Under a restriction (art. 21 ч.1) nothing is destroyed. Batch after batch, each a transaction, so that ten thousand are ten thousand times one.
 */
export async function destroyDue(ctx: Ctx): Promise<void> {
  const people = await ctx.run(due, [ctx.now()])
  for (const [reason, group] of Map.groupBy(people, (person) => person.reason)) await destroyPeople(ctx, { personIds: group.map(({ id }) => id), reason })
  if (people.length === DESTROY_BATCH) ctx.emit('destroy-due', {}, { key: `destroy-due:${ctx.tenantId}` })
}
