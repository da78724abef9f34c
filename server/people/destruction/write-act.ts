import type { DestructionReason } from '../../../contract/privacy/destruction.ts'
import { isPgError, TryAgain, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

type Counted = { class: string | null; table: string; count: number }
const rowsOf = (table: string, condition = ''): string => `select null, '${table}', count(*)::int from ${table} where tenant_id = $1 and person_id = any ($2::uuid[])${condition}`
const countedTables = [
  'search_tokens',
  'grounds',
  'consent_events',
  'interactions',
  'tasks',
  'person_vehicles',
  'intake_messages',
  'files',
  'disclosures',
  'leads',
  'deals',
  'test_drives',
] as const
const count = statement<Counted>(
  'destruction_count',
  `
  select class, 'facts' as table, count(*)::int as count from facts where tenant_id = $1 and person_id = any ($2::uuid[]) group by class
  ${countedTables.map((table) => `union all ${rowsOf(table)}`).join('\n  ')}`,
)

/** How many rows of which kind these people have, and which classes of facts: what would go, or was there when they went. */
export async function countHeld(ctx: Ctx, personIds: readonly string[]): Promise<{ classes: Record<string, number>; rows: Record<string, number> }> {
  const counted = await ctx.run(count, [[...personIds]])
  const facts = counted.flatMap((row) => (row.class === null ? [] : [[row.class, row.count] as const]))
  const rows = counted.flatMap((row) => (row.class === null && row.count > 0 ? [[row.table, row.count] as const] : []))
  return { classes: Object.fromEntries(facts), rows: Object.fromEntries(rows) }
}

const add = statement<{ id: string }>(
  'destruction_act_add',
  `
  insert into destruction_acts (tenant_id, id, number, at, operator_name, operator_address, operator_inn, operator_ogrn, processor_name, processor_address, person_ids,
    categories, counts, system, method, reason, executor_id, executor_position, request_id)
  select $1, $2, coalesce((select max(a.number) from destruction_acts a where a.tenant_id = $1), 0) + 1, $3, t.name, t.address, t.inn, t.ogrn, p.name, p.address, $4,
    $5, $6, case t.kind when 'distributor' then 'dnm' when 'platform' then 'platform' else 'crm' end, 'keys_and_rows', $7, $8, e.position, $9
  from tenants t left join employees e on e.tenant_id = $1 and e.id = $8 left join lateral platform_company() p on t.kind <> 'platform'
  where t.tenant_id = $1 returning id`,
)

const actOf = statement<{ id: string }>(
  'destruction_act_of',
  `select id from destruction_acts where tenant_id = $1 and at > now() - interval '30 days' and person_ids = $2::uuid[] limit 1`,
)

type Act = { personIds: readonly string[]; reason: DestructionReason; requestId: string | null }

/**
 * Writes the act of destruction (order РКН 179 п.3) before the rows go: who the operator and its processor were on that day, whose data, by which id, which
 * categories, from which system, how, why, by whom. Names of the people are not in it: the id leads through the log and the request (п.3 «в»: "other information").
 */
export async function writeAct(ctx: Ctx, act: Act): Promise<string> {
  const { classes, rows } = await countHeld(ctx, act.personIds)
  const counts = { facts: Object.values(classes).reduce((sum, each) => sum + each, 0), ...rows }
  return writeActOf(ctx, { ...act, categories: Object.keys(classes).sort(), counts })
}

type Counts = Act & { categories: readonly string[]; counts: Record<string, number> }

/** The same of what was counted elsewhere. Of the same people there is one act. */
export async function writeActOf(ctx: Ctx, { personIds, categories, counts, reason, requestId }: Counts): Promise<string> {
  const [known] = await ctx.run(actOf, [[...personIds]])
  if (known) return known.id
  const id = ctx.newId()
  const executorId = ctx.actor.kind === 'staff' ? ctx.me : null
  await ctx.run(add, [id, ctx.now(), [...personIds], [...categories], JSON.stringify(counts), reason, executorId, requestId]).catch(againWhenNumbered)
  return id
}

/** Another act took the number meanwhile. */
function againWhenNumbered(error: unknown): never {
  if (isPgError(error) && error.constraint === 'destruction_acts_tenant_id_number_key') throw new TryAgain()
  throw error
}
