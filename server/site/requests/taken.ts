import type { RequestTaken } from '../../../contract/site/request.ts'
import { addWorkingMinutes, defaultPolicy, type OutletHours } from '../../crm/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

type Row = {
  number: number | null
  receivedAt: Date
  interest: string
  timeZone: string | null
  hours: OutletHours['week'] | null
  firstContactMinutes: number | null
  personId: string | null
}
const taken = statement<Row>(
  'site_request_taken',
  `
  select l.number, l.received_at "receivedAt", l.interest, o.time_zone "timeZone", o.hours, p.first_contact_minutes "firstContactMinutes", l.person_id "personId"
    from lead_sources s join leads l on l.tenant_id = $1 and l.source_id = s.id join outlets o on o.tenant_id = $1 and o.id = l.outlet_id
    left join lead_policies p on p.tenant_id = $1 and p.interest = l.interest
    where s.tenant_id = $1 and s.code = 'site' and l.external_ref = $2::text
  union all
  select null, m.received_at, '', null, null, null, null from intake_messages m where m.tenant_id = $1 and m.id = $2::uuid
  limit 1`,
)

/** What became of the form with this number; null when it was never sent. One that a human must look at first is answered like any other, without a number. */
export async function findTaken(ctx: Ctx, ref: string): Promise<(RequestTaken & { personId: string | null }) | null> {
  const [row] = await ctx.run(taken, [ref])
  if (!row) return null
  const { number, personId } = row
  const hours = row.hours && row.timeZone ? { timeZone: row.timeZone, week: row.hours } : null
  const answerBy = hours && addWorkingMinutes(hours, row.receivedAt, row.firstContactMinutes ?? defaultPolicy.firstContactMinutes)
  return { number: number === null ? null : Number(number), answerBy: answerBy?.toISOString() ?? null, timeZone: row.timeZone ?? 'Europe/Moscow', personId }
}
