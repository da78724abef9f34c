import { persons, type evidenceKinds } from '../../../contract/people/person.ts'
import type { Purpose } from '../../../contract/purposes.ts'
import { handle, notFound, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { WrappedPerson } from '../../vault/index.ts'
import { hiddenContact } from './show-people.ts'
import { toPerson, visiblePerson } from './visible-person.ts'

type GroundRow = {
  id: string
  activityCode: string
  activityName: string
  purposes: Purpose[]
  basis: string
  legalRef: string
  since: Date
  until: Date | null
  endedAt: Date | null
  endedReason: string | null
  kind: (typeof evidenceKinds)[number] | null
  number: number | null
  at: Date | null
}
const groundsOf = statement<GroundRow>(
  'card_grounds',
  `
  select g.id, a.code "activityCode", a.name "activityName", a.purposes, g.basis, a.legal_ref "legalRef", g.since, g.until, g.ended_at "endedAt", g.ended_reason "endedReason",
    case when g.evidence ? 'dealId' then 'deal' when g.evidence ? 'consentEventId' then 'consent' when g.evidence ? 'transferId' then 'transfer' when g.evidence ? 'testDriveId' then 'test_drive' when g.evidence ? 'leadFileId' then 'file'
      when g.evidence ? 'leadId' then 'lead' when g.evidence ? 'requestId' then 'request' when g.evidence ? 'by' or g.evidence ? 'employeeId' then 'staff' end kind,
    coalesce((select d.number from deals d where d.tenant_id = $1 and d.id = (g.evidence ->> 'dealId')::uuid), (select l.number from leads l where l.tenant_id = $1 and l.id = (g.evidence ->> 'leadId')::uuid),
      (select r.number from subject_requests r where r.tenant_id = $1 and r.id = (g.evidence ->> 'requestId')::uuid))::int number,
    coalesce((select c.at from consent_events c where c.tenant_id = $1 and c.id = (g.evidence ->> 'consentEventId')::uuid),
      (select t.starts_at from test_drives t where t.tenant_id = $1 and t.id = (g.evidence ->> 'testDriveId')::uuid),
      (select f.created_at from lead_files f where f.tenant_id = $1 and f.id = (g.evidence ->> 'leadFileId')::uuid)) at
  from grounds g join activities a on a.tenant_id = $1 and a.id = g.activity_id where g.tenant_id = $1 and g.person_id = $2 order by g.since desc limit 100`,
)

type CarRow = { id: string; modelId: string | null; model: string | null; year: number | null; relation: 'owns' | 'trade_in' | 'bought_here'; since: string | null }
const carsOf = statement<CarRow>(
  'card_cars',
  `
  select v.id, v.model_id "modelId", m.name model, v.year, v.relation, v.since from person_vehicles v left join models m on m.id = v.model_id
  where v.tenant_id = $1 and v.person_id = $2 order by v.since desc nulls last limit 50`,
)

/** The card: masked contact, grounds with their terms, cars with tails of VIN and plate, and the day of destruction. */
export const showCard = handle(persons.card, async (ctx, { personId }) => {
  const [person, grounds, cars, [opened]] = await Promise.all([visiblePerson(ctx, personId), ctx.run(groundsOf, [personId]), ctx.run(carsOf, [personId]), look(ctx, personId)])
  if (!opened || opened.state === 'not_found') throw notFound()
  const masks = new Map((opened.state === 'open' ? opened.cars : []).map(({ recordId, masked }) => [recordId, masked]))
  return {
    ...toPerson(person),
    version: person.version,
    createdAt: person.createdAt.toISOString(),
    restrictedAt: person.restrictedAt?.toISOString() ?? null,
    state: opened.state,
    masked: opened.state === 'open' ? opened.masked : hiddenContact,
    grounds: grounds.map(({ kind, number, at, ...ground }) => ({
      ...ground,
      since: ground.since.toISOString(),
      until: ground.until?.toISOString() ?? null,
      endedAt: ground.endedAt?.toISOString() ?? null,
      evidence: kind && { kind, number, at: at?.toISOString() ?? null },
    })),
    vehicles: cars.map((car) => ({
      ...car,
      vinTail: masks.get(car.id)?.map(({ vinTail }) => vinTail) ?? null,
      plateMasked: masks.get(car.id)?.map(({ plateMasked }) => plateMasked) ?? null,
    })),
  }
})

const look = (ctx: Ctx, personId: string): Promise<WrappedPerson[]> =>
  ctx.vault.reveal(ctx.asker, ctx.tenantId, { purpose: ctx.purpose, personIds: [personId], classes: ['contact', 'vehicle'], masked: true, door: ctx.door })
