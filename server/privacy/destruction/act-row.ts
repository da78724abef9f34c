import type { DestructionReason } from '../../../contract/privacy/destruction.ts'
import { proveEvent } from '../../audit/index.ts'
import { namesOfStaff } from '../../identity/index.ts'
import { notFound, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { Revealed } from '../../vault/index.ts'
import { readOf } from '../log/read-log.ts'

export type ActColumns = {
  id: string
  number: number
  at: Date
  operatorName: string
  operatorAddress: string
  operatorInn: string
  operatorOgrn: string
  processorName: string | null
  processorAddress: string | null
  personIds: string[]
  categories: string[]
  counts: Record<string, number>
  system: 'crm' | 'dnm' | 'platform'
  method: 'keys_and_rows'
  reason: DestructionReason
  executorId: string | null
  executorPosition: string | null
  requestId: string | null
  requestNumber: number | null
  personTold: 'told' | 'untold' | null
  eventId: string | null
}
const one = statement<ActColumns>(
  'destruction_act_one',
  `
  select a.id, a.number, a.at, a.operator_name "operatorName", a.operator_address "operatorAddress", a.operator_inn "operatorInn", a.operator_ogrn "operatorOgrn", a.processor_name "processorName",
    a.processor_address "processorAddress", a.person_ids "personIds", a.categories, a.counts, a.system, a.method, a.reason, a.executor_id "executorId", a.executor_position "executorPosition",
    a.request_id "requestId", (select r.number from subject_requests r where r.tenant_id = $1 and r.id = a.request_id) "requestNumber",
    (select r.kind from request_events r where r.tenant_id = $1 and r.request_id = a.request_id and r.kind in ('told', 'untold') and not r.details ? 'letter' order by r.at limit 1) "personTold",
    coalesce((select e.id from log_events e where e.tenant_id = $1 and e.object_id = a.id and e.event = 'person.destroyed' limit 1),
      (select e.event_id from log_event_persons e join log_events l on l.tenant_id = $1 and l.id = e.event_id and l.event = 'person.destroyed' where e.tenant_id = $1 and e.person_id = a.person_ids[1] limit 1)) "eventId"
  from destruction_acts a where a.tenant_id = $1 and a.id = $2`,
)

export async function oneAct(ctx: Ctx, actId: string): Promise<ActColumns> {
  const [row] = await ctx.run(one, [actId])
  if (!row) throw notFound()
  return row
}

/** Where in the log's tree the destruction stands, with the signed head that covers it; null until the sealer has been there, a second or two. */
export const proofOf = async (ctx: Ctx, { eventId }: ActColumns) => (eventId === null ? null : ((await proveEvent(readOf(ctx), ctx.tenantId, eventId)) ?? null))

const YEARS_KEPT = 3

/** Order РКН 179 п.8: three years from the moment of destruction. */
export function keptUntil({ at }: Pick<ActColumns, 'at'>): string {
  const until = new Date(at)
  until.setUTCFullYear(until.getUTCFullYear() + YEARS_KEPT)
  return until.toISOString().slice(0, 10)
}

export type Signer = { position: string; name: Revealed<string> | null }

/** Who signs: the one who did it, or, for the nightly job, the one responsible for the processing today. The name is opened now and kept nowhere. */
export async function signerOf(ctx: Ctx, act: ActColumns): Promise<Signer | null> {
  const staff = ctx.db.selectFrom('employees').select(['personId', 'position'])
  const employee = act.executorId
    ? await staff.where('id', '=', act.executorId).executeTakeFirst()
    : await staff.where('role', '=', 'privacy_officer').where('isActive', '=', true).orderBy('createdAt').limit(1).executeTakeFirst()
  if (!employee) return null
  return { position: act.executorPosition ?? employee.position, name: (await namesOfStaff(ctx, [employee.personId])).get(employee.personId) ?? null }
}
