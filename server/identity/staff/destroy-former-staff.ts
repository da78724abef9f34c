import { countForAct, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

const BATCH = 200
type Former = { employeeId: string; accountId: string; personId: string; destroyAfter: Date }
/** A month after the last letter nobody is waited for any more: there was no employment, so nothing is kept for its term. */
const neverCame = statement(
  'staff_never_came',
  `
  with over as (
    select e.person_id from employees e join persons p on p.tenant_id = $1 and p.id = e.person_id
    where e.tenant_id = $1 and not e.is_active and p.destroy_after is null and exists (select from invitations i where i.tenant_id = $1 and i.employee_id = e.id)
      and not exists (select from invitations i where i.tenant_id = $1 and i.employee_id = e.id and (i.accepted_at is not null or i.expires_at > $2::timestamptz - interval '30 days'))),
  ended as (update grounds g set until = $2 from over where g.tenant_id = $1 and g.person_id = over.person_id and g.until is null and g.ended_at is null)
  update persons p set destroy_after = $2, updated_at = $2 from over where p.tenant_id = $1 and p.id = over.person_id`,
)
// Whoever has a letter to come back lies with them is waited for.
const due = statement<Former>(
  'staff_due',
  `
  select e.id "employeeId", e.account_id "accountId", p.id "personId", p.destroy_after "destroyAfter" from persons p join employees e on e.tenant_id = $1 and e.person_id = p.id
  where p.tenant_id = $1 and p.kind = 'employee' and p.destroy_after <= $2 and p.restricted_at is null and not e.is_active
    and not exists (select from invitations i where i.tenant_id = $1 and i.employee_id = e.id and i.accepted_at is null and i.expires_at > $2)
  order by p.destroy_after, p.id limit ${BATCH} for update of p skip locked`,
)
const endSessions = statement('staff_sessions_remove', 'delete from sessions where tenant_id = $1 and employee_id = any ($2::uuid[])')
const remove = statement('staff_persons_remove', `delete from persons where tenant_id = $1 and id = any ($2::uuid[])`)
const forget = statement('staff_accounts_forget', `select accounts_forget($2::uuid[]) where $1::uuid is not null`)

/**
 * The job `destroy-former-staff`, nightly for each company: destroys colleagues whom the register holds no longer (152-ФЗ art. 5 ч.7, art. 21 ч.4).
 * Keys first, as with clients. Role and place stay under a bare id, for the log and the figures refer to it; the sign-in goes when no other
 * company holds the same human.
 */
export async function destroyFormerStaff(ctx: Ctx): Promise<void> {
  await ctx.run(neverCame, [ctx.now()])
  const people = await ctx.run(due, [ctx.now()])
  if (people.length === 0) return
  const ids = people.map(({ personId }) => personId)
  const held = await countForAct(ctx, ids)
  await ctx.vault.destroy(ctx.asker, ctx.tenantId, ids, 'term_over')
  await ctx.run(endSessions, [people.map(({ employeeId }) => employeeId)])
  await ctx.run(remove, [ids])
  await ctx.run(forget, [people.map(({ accountId }) => accountId)])
  for (const { personId, employeeId, destroyAfter } of people) {
    ctx.audit('person.destroyed', { persons: [personId], object: { kind: 'employee', id: employeeId }, details: { reason: 'term_over', dueAt: destroyAfter.toISOString() } })
  }
  // Acts of destruction belong to a module above (order РКН 179): it hears of it in this transaction.
  ctx.emit('record-destruction', { personIds: ids, ...held })
  if (people.length === BATCH) ctx.emit('destroy-former-staff', {}, { key: `destroy-former-staff:${ctx.tenantId}` })
}
