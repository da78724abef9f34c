import type { Purpose } from '../../../../contract/purposes.ts'
import type { Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import type { FactClass } from '../../../vault/index.ts'

type Of = { personId: string }
export type GroundRow = Of & {
  id: string
  activityCode: string
  activityName: string
  purposes: Purpose[]
  classes: FactClass[]
  basis: string
  legalRef: string
  retentionDays: number
  retentionFrom: string
  destruction: string
  since: Date
  until: Date | null
  endedAt: Date | null
  endedReason: string | null
}
const grounds = statement<GroundRow>(
  'own_grounds',
  `
  select g.person_id "personId", g.id, a.code "activityCode", a.name "activityName", a.purposes, a.classes, g.basis, a.legal_ref "legalRef", a.retention_days "retentionDays",
    a.retention_from "retentionFrom", a.destruction, g.since, g.until, g.ended_at "endedAt", g.ended_reason "endedReason"
  from grounds g join activities a on a.tenant_id = $1 and a.id = g.activity_id
  where g.tenant_id = $1 and g.person_id = any ($2::uuid[]) order by g.ended_at is not null, g.since desc limit 1000`,
)

export type CarRow = Of & { id: string; model: string | null; year: number | null; relation: 'owns' | 'trade_in' | 'bought_here' }
const cars = statement<CarRow>(
  'own_cars',
  `
  select v.person_id "personId", v.id, m.name model, v.year, v.relation from person_vehicles v left join models m on m.id = v.model_id
  where v.tenant_id = $1 and v.person_id = any ($2::uuid[]) limit 500`,
)

export type RecordRow = Of & {
  id: string
  kind: 'lead' | 'deal' | 'test_drive' | 'interaction' | 'task' | 'request' | 'evidence'
  at: Date
  word: string | null
  about: string | null
}
const MAX_RECORDS = 5_000
/** Everything that was written down about them, whichever module keeps it. */
const records = statement<RecordRow>(
  'own_records',
  `
  select * from (
    select l.person_id "personId", l.id, 'lead'::text kind, l.received_at "at", l.interest word, m.name about from leads l left join models m on m.id = l.model_id where l.tenant_id = $1 and l.person_id = any ($2::uuid[])
    union all select d.person_id, d.id, 'deal', d.opened_at, d.stage, m.name from deals d left join models m on m.id = d.model_id where d.tenant_id = $1 and d.person_id = any ($2::uuid[])
    union all select t.person_id, t.id, 'test_drive', t.starts_at, t.status, m.name from test_drives t
      join stock_vehicles v on v.tenant_id = $1 and v.id = t.vehicle_id join models m on m.id = v.model_id where t.tenant_id = $1 and t.person_id = any ($2::uuid[])
    union all select i.person_id, i.id, 'interaction', i.at, i.kind, i.result from interactions i where i.tenant_id = $1 and i.person_id = any ($2::uuid[])
    union all select k.person_id, k.id, 'task', k.due_at, k.kind, null from tasks k where k.tenant_id = $1 and k.person_id = any ($2::uuid[])
    union all select r.person_id, r.id, 'request', r.received_at, r.kind, r.number::text from subject_requests r where r.tenant_id = $1 and r.person_id = any ($2::uuid[])
    union all select e.person_id, e.id, 'evidence', e.at, e.kind, e.state from consent_events e where e.tenant_id = $1 and e.person_id = any ($2::uuid[])
  ) all_of_it order by "at" desc, id desc limit ${MAX_RECORDS}`,
)

export type SourceRow = Of & { kind: 'lead' | 'import' | 'staff' | 'transfer' | 'company'; name: string | null; at: Date }
/** A lead says by which source it came; what no lead brought was written down by somebody here. */
const sources = statement<SourceRow>(
  'own_sources',
  `
  select l.person_id "personId", case when exists (select from grounds g where g.tenant_id = $1 and g.person_id = l.person_id and g.evidence ? 'transferId' and g.evidence ->> 'leadId' = l.id::text) then 'transfer'
      when exists (select from lead_file_rows r where r.tenant_id = $1 and r.lead_id = l.id) then 'import' else 'lead' end kind, s.name, min(l.received_at) "at"
  from leads l join lead_sources s on s.tenant_id = $1 and s.id = l.source_id where l.tenant_id = $1 and l.person_id = any ($2::uuid[]) group by 1, 2, 3
  union all select g.person_id, case when g.evidence ? 'transferId' then 'transfer' when g.evidence ? 'by' and e.id is not null then 'staff' else 'company' end, e.position, min(g.since)
  from grounds g left join employees e on e.tenant_id = $1 and e.id::text = g.evidence ->> 'by'
  where g.tenant_id = $1 and g.person_id = any ($2::uuid[]) and not g.evidence ? 'leadId' and not g.evidence ? 'dealId' and not g.evidence ? 'consentEventId' group by 1, 2, 3
  order by "at" limit 500`,
)

export type HeldRows = { grounds: GroundRow[]; cars: CarRow[]; records: RecordRow[]; sources: SourceRow[] }

export async function readHeld(ctx: Ctx, personIds: readonly string[]): Promise<HeldRows> {
  const [groundRows, carRows, recordRows, sourceRows] = await Promise.all([
    ctx.run(grounds, [personIds]),
    ctx.run(cars, [personIds]),
    ctx.run(records, [personIds]),
    ctx.run(sources, [personIds]),
  ])
  return { grounds: groundRows, cars: carRows, records: recordRows, sources: sourceRows }
}
