import { testDrives, type TestDriveStatus } from '../../../contract/crm/test-drive.ts'
import { handle, invalid, seer, type Ctx } from '../../kernel/index.ts'
import { maskedPeople } from '../../people/index.ts'
import { dateIn } from '../../platform/calendar/zone.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'
import type { OutletHours } from '../clock/working-hours.ts'
import { slotsOf } from './slots.ts'

const MAX_CARS = 100
const MAX_DRIVES = 1_000

const cars = statement<{ vehicleId: string; model: string; trim: string; colour: string; vinTail: string }>(
  'test_drive_cars',
  `
  select v.id "vehicleId", m.name model, v.trim, v.colour, right(v.vin, 6) "vinTail" from stock_vehicles v join models m on m.id = v.model_id
  where v.tenant_id = $1 and v.outlet_id = $2 and v.role = 'demo' and v.status = 'in_stock' order by m.name, v.trim, v.id limit ${MAX_CARS}`,
)

type Drive = {
  id: string
  vehicleId: string
  startsAt: Date
  minutes: number
  status: TestDriveStatus
  personId: string | null
  dealId: string | null
  leadId: string | null
  responsibleId: string
  version: number
  isSeen: boolean
}
const drives = statement<Drive>(
  'test_drive_day',
  `
  select t.id, t.vehicle_id "vehicleId", t.starts_at "startsAt", t.minutes, t.status, t.person_id "personId", t.deal_id "dealId", t.lead_id "leadId", t.responsible_id "responsibleId", t.version,
    (p.id is not null and (${seenText('p', 2)})) "isSeen"
  from test_drives t left join persons p on p.tenant_id = $1 and p.id = t.person_id
  where t.tenant_id = $1 and t.outlet_id = $5 and t.starts_at >= $6 and t.starts_at < $7 and t.status <> 'cancelled' order by t.starts_at limit ${MAX_DRIVES}`,
)

/** Cars × hours of one day. Everyone of the outlet sees which hours are taken; by whom only whoever may see that client. */
export const showDay = handle(testDrives.day, async (ctx, asked) => {
  const outlet = await outletOf(ctx, asked.outletId)
  const date = asked.date ?? dateIn(outlet.timeZone, ctx.now())
  const slots = slotsOf(outlet.hours, date)
  const [first, last] = [slots[0], slots.at(-1)]
  const [found, taken] = await Promise.all([
    ctx.run(cars, [outlet.id]),
    first && last ? ctx.run(drives, [...seerValues(seer(ctx.actor, 'person.read_all')), outlet.id, first, new Date(last.getTime() + 1)]) : [],
  ])
  const people = await maskedPeople(
    ctx,
    taken.flatMap((drive) => (drive.isSeen ? [drive.personId] : [])),
  )
  const tell = ({ vehicleId: _car, isSeen, startsAt, minutes, status, ...own }: Drive) => ({
    ...(isSeen ? { ...own, masked: people.get(own.personId) ?? null } : unseen),
    startsAt: startsAt.toISOString(),
    minutes,
    status,
  })
  return {
    outletId: outlet.id,
    outlet: outlet.name,
    timeZone: outlet.timeZone,
    date,
    slots: slots.map((slot) => slot.toISOString()),
    cars: found.map((car) => ({ ...car, drives: taken.filter(({ vehicleId }) => vehicleId === car.vehicleId).map(tell) })),
  }
})

const unseen = { id: null, personId: null, masked: null, dealId: null, leadId: null, responsibleId: null, version: null }

export type DriveOutlet = { id: string; name: string; timeZone: string; hours: OutletHours }

/** The outlet asked for, else one's own, else the dealer's first. Whoever belongs to an outlet looks only at that one. @throws Refusal invalid outletId */
async function outletOf(ctx: Ctx, outletId: string | undefined): Promise<DriveOutlet> {
  const own = ctx.actor.outletId
  if (outletId !== undefined && own !== null && own !== outletId) throw invalid('outletId', 'unknown')
  const wanted = outletId ?? own
  const query = ctx.db.selectFrom('outlets').select(['id', 'name', 'timeZone', 'hours']).orderBy('createdAt').orderBy('id').limit(1)
  const row = await (wanted ? query.where('id', '=', wanted) : query).executeTakeFirst()
  if (!row) throw invalid('outletId', 'unknown')
  return { id: row.id, name: row.name, timeZone: row.timeZone, hours: { timeZone: row.timeZone, week: row.hours as OutletHours['week'] } }
}
