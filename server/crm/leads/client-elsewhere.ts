import { allows, staffRoles } from '../../../contract/permissions.ts'
import type { Ctx } from '../../kernel/index.ts'
import { seesPerson } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { Assignment } from '../routing/choose-assignee.ts'

const leading: readonly string[] = staffRoles.filter((role) => allows(role, 'lead.take') && allows(role, 'lead.read_all'))
type Place = { outletId: string | null; responsibleId: string | null }
const place = statement<Place>(
  'lead_client_place',
  `
  select p.outlet_id "outletId", coalesce((select e.id from employees e where e.tenant_id = $1 and e.id = p.responsible_id and e.is_active),
    (select e.id from employees e where e.tenant_id = $1 and e.is_active and e.role = any ($3::text[]) and (e.outlet_id is null or e.outlet_id = coalesce(p.outlet_id, $4))
      order by e.role <> 'head_of_sales', e.outlet_id nulls last, e.id limit 1)) "responsibleId"
  from persons p where p.tenant_id = $1 and p.id = $2`,
)

const readingAll: readonly string[] = staffRoles.filter((role) => allows(role, 'person.read_all'))
// Who is meant by the rules sees the client already: at the client's outlet, and the client is nobody's, theirs, or open to their whole role.
const hidden = statement<{ id: string }>(
  'lead_client_hidden',
  `
  select p.id from persons p where p.tenant_id = $1 and p.id = $2 and (p.outlet_id <> $3 or p.responsible_id is not null and not exists (
    select from employees e where e.tenant_id = $1 and e.id = $4 and (e.id in (p.responsible_id, p.specialist_id) or e.role = any ($5::text[]))))`,
)

/**
 * Somebody writes down the request of a client whom they may not see: a known phone must not open a stranger's card (152-ФЗ art. 7). The lead goes
 * to whoever leads the client, else to their head, at the client's own outlet. The same where nobody vouches for the request and the rules mean
 * somebody who does not see the client. Null: nothing of the kind, the rules decide.
 */
export async function assignElsewhere(ctx: Ctx, personId: string, ruled: Assignment, isVouched: boolean): Promise<Assignment | null> {
  const isStranger = ctx.actor.kind === 'staff' && !(await seesPerson(ctx, personId))
  if (!isStranger && (isVouched || (await ctx.run(hidden, [personId, ruled.outletId, ruled.responsibleId, readingAll])).length === 0)) return null
  const [client] = await ctx.run(place, [personId, leading, ruled.outletId])
  return {
    ...ruled,
    outletId: client?.outletId ?? ruled.outletId,
    responsibleId: client?.responsibleId ?? null,
    because: isStranger ? `by_colleague|${ctx.me}` : 'client_hands',
  }
}
