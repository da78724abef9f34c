import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

type Moved = { before: string | null }

const lead = statement<Moved>(
  'person_lead_on',
  `
  update persons p set responsible_id = $3 from (select responsible_id "before" from persons where tenant_id = $1 and id = $2) was
  where p.tenant_id = $1 and p.id = $2 and p.responsible_id is distinct from $3::uuid and not exists (
    select from employees e where e.tenant_id = $1 and e.id = p.responsible_id and e.is_active and (
      exists (select from leads l where l.tenant_id = $1 and l.person_id = p.id and l.responsible_id = e.id and l.status in ('new', 'in_work'))
      or exists (select from deals d where d.tenant_id = $1 and d.person_id = p.id and d.responsible_id = e.id and d.stage not in ('won', 'lost'))))
  returning was."before"`,
)

/**
 * Whoever took the request leads the client; call it when the lead itself is theirs already. A client who is in the middle of something else with
 * a colleague (an open lead or deal) stays that colleague's. Null: nobody in particular leads the client, so that everyone at the outlet may answer. Tells who led them before; undefined when that stays.
 */
export const leadOnPerson = async (ctx: Ctx, personId: string, employeeId: string | null): Promise<Moved | undefined> => (await ctx.run(lead, [personId, employeeId]))[0]

const widen = statement('person_widen', `update persons set outlet_id = null where tenant_id = $1 and id = $2 and outlet_id <> $3`)

/** A client who asks at another outlet belongs to both from now on: else nobody there could answer. */
export const widenToOutlet = async (ctx: Ctx, personId: string, outletId: string): Promise<void> => void (await ctx.run(widen, [personId, outletId]))
