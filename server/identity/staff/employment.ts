import { Refusal, type Ctx } from '../../kernel/index.ts'
import { termEnd, type Term } from '../../platform/calendar/term-end.ts'
import { statement } from '../../platform/db/session.ts'
import type { Contact } from '../../vault/index.ts'
import { zoneText } from '../outlets/zone-of.ts'

const hold = statement<{ grounds: number }>(
  'staff_hold',
  `
  with held as (select id from activities where tenant_id = $1 and code = 'employment' and 'contract' = any (bases)),
  person as (insert into persons (tenant_id, id, kind, outlet_id, created_at, updated_at) select $1, $2, 'employee', $3, $4, $4 from held returning id),
  ground as (insert into grounds (tenant_id, id, person_id, activity_id, basis, evidence, since)
    select $1, $5, $2, held.id, 'contract', $6::jsonb, $4 from held returning id),
  fact as (insert into facts (tenant_id, person_id, class, record_id, version, key_id, payload) select $1, $2, 'contact', $2, 1, $7, $8 from held)
  select count(*)::int grounds from ground`,
)

/**
 * A colleague is a person too: sealed like a client and held on the ground of their employment (152-ФЗ art. 6 ч.1 п.5, ТК РФ art. 86).
 * Without search tokens: staff are found in the directory, never among clients, and a client's phone never joins a colleague's.
 */
export async function addEmployeePerson(ctx: Ctx, draft: { employeeId: string; outletId: string | null; contact: Contact }): Promise<string> {
  const personId = ctx.newId()
  const [sealed] = await ctx.vault.seal(ctx.asker, ctx.tenantId, [{ personId, class: 'contact', recordId: personId, version: 1, facts: draft.contact }])
  if (!sealed) throw new Error('the vault sealed nothing')
  const [done] = await ctx.run(hold, [personId, draft.outletId, ctx.now(), ctx.newId(), JSON.stringify({ employeeId: draft.employeeId }), sealed.keyId, sealed.payload])
  if (done?.grounds !== 1) throw new Refusal('no_ground', { details: { activityCode: 'employment', basis: 'contract' } })
  ctx.audit('person.created', { persons: [personId], details: { activity: 'employment', basis: 'contract', kind: 'employee' } })
  return personId
}

type Open = Term & { id: string; timeZone: string }
const openOf = statement<Open>(
  'staff_grounds_open',
  `
  select g.id, a.retention_days "retentionDays", a.counts_from_year_end "countsFromYearEnd", ${zoneText('p.outlet_id')} "timeZone"
  from grounds g join activities a on a.tenant_id = $1 and a.id = g.activity_id join persons p on p.tenant_id = $1 and p.id = g.person_id
  where g.tenant_id = $1 and g.person_id = $2 and g.ended_at is null and g.until is null for update of g`,
)
const end = statement(
  'staff_grounds_end',
  `
  with ended as (update grounds g set until = n.until from unnest($3::uuid[], $4::timestamptz[]) n(id, until) where g.tenant_id = $1 and g.id = n.id returning g.until)
  update persons set destroy_after = (select max(until) from ended), updated_at = $5 where tenant_id = $1 and id = $2 and exists (select from ended)`,
)

/** Employment is over: the term that the register names begins to run (152-ФЗ art. 5 ч.7). */
export async function endEmployment(ctx: Ctx, personId: string): Promise<void> {
  const open = await ctx.run(openOf, [personId])
  const until = open.map((ground) => termEnd(ground, ctx.now(), ground.timeZone))
  await ctx.run(end, [personId, open.map(({ id }) => id), until, ctx.now()])
}

const resume = statement(
  'staff_ground_resume',
  `
  with held as (update grounds set until = null where tenant_id = $1 and person_id = $2 and ended_at is null returning 1)
  update persons set destroy_after = null, updated_at = $3 where tenant_id = $1 and id = $2 and exists (select from held)`,
)

/** They came back. */
export const resumeEmployment = async (ctx: Ctx, personId: string): Promise<void> => void (await ctx.run(resume, [personId, ctx.now()]))
