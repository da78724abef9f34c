import type { Purpose } from '../../../../contract/purposes.ts'
import type { Ctx } from '../../../kernel/index.ts'
import { sourcesOf, type PersonSource } from '../../../people/index.ts'
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

export type HeldRows = { grounds: GroundRow[]; cars: CarRow[]; records: RecordRow[]; sources: PersonSource[] }

export async function readHeld(ctx: Ctx, personIds: readonly string[]): Promise<HeldRows> {
  const [groundRows, carRows, recordRows, sourceRows] = await Promise.all([
    ctx.run(grounds, [personIds]),
    ctx.run(cars, [personIds]),
    ctx.run(records, [personIds]),
    sourcesOf(ctx, personIds),
  ])
  return { grounds: groundRows, cars: carRows, records: recordRows, sources: sourceRows }
}
