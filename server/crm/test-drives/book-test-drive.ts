import type { z } from 'zod'
import { BOOKING_DAYS, SLOT_MINUTES, testDrives, type TestDriveDraft } from '../../../contract/crm/test-drive.ts'
import { handle, invalid, may, orConflict, Refusal, seer, type Ctx } from '../../kernel/index.ts'
import { assertHeld, visiblePerson } from '../../people/index.ts'
import { dateIn } from '../../platform/calendar/zone.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'
import type { OutletHours } from '../clock/working-hours.ts'
import { slotsOf } from './slots.ts'

type Draft = z.output<typeof TestDriveDraft>
const DAY_MS = 86_400_000

const insert = statement(
  'test_drive_insert',
  `
  with touched as (update persons set updated_at = $11 where tenant_id = $1 and id = $3)
  insert into test_drives (tenant_id, id, person_id, lead_id, deal_id, vehicle_id, outlet_id, responsible_id, starts_at, minutes, status) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'booked')`,
)

/** Books a slot of a demonstration car for a client who is held on a live ground. The unique index decides between two who want the same hour. */
export const bookTestDrive = handle(testDrives.book, async (ctx, draft) => {
  const person = await visiblePerson(ctx, draft.personId)
  if (person.restrictedAt) throw new Refusal('restricted')
  await assertHeld(ctx, person.id)
  const [car, dealLeader] = await Promise.all([demoCar(ctx, draft.vehicleId), dealOf(ctx, draft), leadOf(ctx, draft)])
  const startsAt = slotAt(ctx, car, draft.startsAt)
  const responsibleId = draft.responsibleId ?? dealLeader ?? person.responsibleId ?? ctx.me
  await assertStaff(ctx, responsibleId)
  const id = ctx.newId()
  await orConflict('test_drives_slot_key', 'slot_taken', () =>
    ctx.run(insert, [id, person.id, draft.leadId, draft.dealId, car.id, car.outletId, responsibleId, startsAt, SLOT_MINUTES, ctx.now()]),
  )
  ctx.audit('test_drive.booked', {
    persons: [person.id],
    object: { kind: 'test_drive', id },
    details: { vehicleId: car.id, startsAt: startsAt.toISOString(), dealId: draft.dealId, leadId: draft.leadId },
  })
  tellDrive(ctx, { id, outletId: car.outletId })
  ctx.live({ kind: 'person', id: person.id, outletId: person.outletId, responsibleId: person.responsibleId })
  return { id, version: 1, status: 'booked' as const }
})

/** Everyone of the outlet hears that an hour was taken or is free again, not by whom: the id opens nothing to whoever may not see the client. */
export const tellDrive = (ctx: Ctx, drive: { id: string; outletId: string }): void => ctx.live({ kind: 'test_drive', id: drive.id, outletId: drive.outletId, responsibleId: null })

type DemoCar = { id: string; outletId: string; timeZone: string; week: OutletHours['week'] }
// A shared lock: the car is not taken out of the demonstration fleet while somebody books it.
const carOf = statement<DemoCar>(
  'test_drive_car',
  `
  select v.id, v.outlet_id "outletId", o.time_zone "timeZone", o.hours week from stock_vehicles v join outlets o on o.tenant_id = $1 and o.id = v.outlet_id
  where v.tenant_id = $1 and v.id = $2 and v.role = 'demo' and v.status = 'in_stock' and ($3::uuid is null or v.outlet_id = $3) for key share of v`,
)

async function demoCar(ctx: Ctx, vehicleId: string): Promise<DemoCar> {
  const [car] = await ctx.run(carOf, [vehicleId, ctx.actor.outletId])
  if (!car) throw invalid('vehicleId', 'unknown')
  return car
}

/** @throws Refusal invalid startsAt: past, too far ahead, or not the beginning of a slot in the outlet's hours */
function slotAt(ctx: Ctx, { timeZone, week }: DemoCar, text: string): Date {
  const startsAt = new Date(text)
  const ahead = startsAt.getTime() - ctx.now().getTime()
  if (ahead <= 0) throw invalid('startsAt', 'past')
  if (ahead > BOOKING_DAYS * DAY_MS) throw invalid('startsAt', 'too_far')
  if (!slotsOf({ timeZone, week }, dateIn(timeZone, startsAt)).some((slot) => slot.getTime() === startsAt.getTime())) throw invalid('startsAt', 'not_a_slot')
  return startsAt
}

const deal = statement<{ responsibleId: string }>(
  'test_drive_deal',
  `select d.responsible_id "responsibleId" from deals d where d.tenant_id = $1 and d.id = $5 and d.person_id = $6 and ${seenText('d', 2)}`,
)
const lead = statement<{ id: string }>('test_drive_lead', `select l.id from leads l where l.tenant_id = $1 and l.id = $5 and l.person_id = $6 and ${seenText('l', 2)}`)

/** Who leads the deal that the drive belongs to. */
async function dealOf(ctx: Ctx, { dealId, personId }: Draft): Promise<string | null> {
  if (dealId === null) return null
  const [row] = may(ctx.actor, 'deal.read') ? await ctx.run(deal, [...seerValues(seer(ctx.actor, 'deal.read_all')), dealId, personId]) : []
  if (!row) throw invalid('dealId', 'unknown')
  return row.responsibleId
}

async function leadOf(ctx: Ctx, { leadId, personId }: Draft): Promise<void> {
  if (leadId === null) return
  const [row] = await ctx.run(lead, [...seerValues(seer(ctx.actor, 'lead.read_all')), leadId, personId])
  if (!row) throw invalid('leadId', 'unknown')
}

async function assertStaff(ctx: Ctx, employeeId: string): Promise<void> {
  if (employeeId === ctx.actor.id) return
  if (!(await ctx.db.selectFrom('employees').select('id').where('id', '=', employeeId).where('isActive', '=', true).executeTakeFirst())) throw invalid('responsibleId', 'unknown')
}
