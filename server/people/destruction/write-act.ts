import type { DestructionReason } from '../../../contract/privacy/destruction.ts'
import { countForAct, isPgError, TryAgain, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

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
  `select id from destruction_acts where tenant_id = $1 and at > $3::timestamptz - interval '30 days' and person_ids = $2::uuid[] limit 1`,
)

type Act = { personIds: readonly string[]; reason: DestructionReason; requestId: string | null }

/**
 * Writes the act of destruction (order РКН 179 п.3) before the rows go: who the operator and its processor were on that day, whose data, by which id, which
 * categories, from which system, how, why, by whom. Names of the people are not in it: the id leads through the log and the request (п.3 «в»: "other information").
 */
export async function writeAct(ctx: Ctx, act: Act): Promise<string> {
  return writeActOf(ctx, { ...act, ...(await countForAct(ctx, act.personIds)) })
}

type Counts = Act & { categories: readonly string[]; counts: Record<string, number> }

/** The same of what was counted elsewhere. Of the same people there is one act. */
export async function writeActOf(ctx: Ctx, { personIds, categories, counts, reason, requestId }: Counts): Promise<string> {
  const [known] = await ctx.run(actOf, [[...personIds], ctx.now()])
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
