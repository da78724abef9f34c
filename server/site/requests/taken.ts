import type { RequestTaken, SiteInterest } from '../../../contract/site/request.ts'
import { addWorkingMinutes, defaultPolicy, type OutletHours } from '../../crm/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

type LeadRow = {
  number: string
  receivedAt: Date
  interest: SiteInterest
  model: string | null
  timeZone: string
  hours: OutletHours['week']
  firstContactMinutes: number | null
  personId: string | null
}
const columns = `l.number, l.received_at "receivedAt", l.interest, m.name model, o.time_zone "timeZone", o.hours, p.first_contact_minutes "firstContactMinutes", l.person_id "personId"`
const joins = `join outlets o on o.tenant_id = $1 and o.id = l.outlet_id left join models m on m.id = l.model_id left join lead_policies p on p.tenant_id = $1 and p.interest = l.interest`

const byRef = statement<LeadRow>(
  'site_request_by_ref',
  `
  select ${columns} from lead_sources s join leads l on l.tenant_id = $1 and l.source_id = s.id ${joins} where s.tenant_id = $1 and s.code = 'site' and l.external_ref = $2::text`,
)
const byLead = statement<LeadRow>('site_request_by_lead', `select ${columns} from leads l ${joins} where l.tenant_id = $1 and l.id = $2`)
const kept = statement<{ id: string }>('site_request_kept', `select id from intake_messages where tenant_id = $1 and id = $2`)

export type Taken = RequestTaken & { personId: string | null; interest: SiteInterest | null; model: string | null }

const toTaken = ({ number, receivedAt, interest, model, timeZone, hours, firstContactMinutes, personId }: LeadRow): Taken => ({
  number: Number(number),
  answerBy: addWorkingMinutes({ timeZone, week: hours }, receivedAt, firstContactMinutes ?? defaultPolicy.firstContactMinutes).toISOString(),
  timeZone,
  personId,
  interest,
  model,
})

/** What became of the form with this number; null when it was never sent. One that a human must look at first is answered like any other, without a number. */
export async function findTaken(ctx: Ctx, ref: string): Promise<Taken | null> {
  const [[lead], [message]] = await Promise.all([ctx.run(byRef, [ref]), ctx.run(kept, [ref])])
  if (lead) return toTaken(lead)
  return message ? { number: null, answerBy: null, timeZone: 'Europe/Moscow', personId: null, interest: null, model: null } : null
}

/** The same by the lead, for the letter. */
export async function takenOf(ctx: Ctx, leadId: string): Promise<Taken | null> {
  const [lead] = await ctx.run(byLead, [leadId])
  return lead ? toTaken(lead) : null
}
