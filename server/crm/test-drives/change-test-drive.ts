import type { AuditEvent } from '../../../contract/audit-events.ts'
import { testDrives, type TestDriveStatus } from '../../../contract/crm/test-drive.ts'
import { handle, invalid, notFound, orConflict, seer, stale, wrongState, type Ctx } from '../../kernel/index.ts'
import { assertHeld, keepOnGround, startTerm } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'
import { tellDrive } from './book-test-drive.ts'

type Drive = {
  id: string
  personId: string
  outletId: string
  startsAt: Date
  status: TestDriveStatus
  version: number
  personOutletId: string | null
  leadsId: string | null
  isCarThere: boolean
}
/** A test drive is seen by whoever sees its client. */
const locked = statement<Drive>(
  'test_drive_locked',
  `
  select t.id, t.person_id "personId", t.outlet_id "outletId", t.starts_at "startsAt", t.status, t.version, p.outlet_id "personOutletId", p.responsible_id "leadsId",
    (v.role = 'demo' and v.status = 'in_stock') "isCarThere"
  from test_drives t join persons p on p.tenant_id = $1 and p.id = t.person_id join stock_vehicles v on v.tenant_id = $1 and v.id = t.vehicle_id
  where t.tenant_id = $1 and t.id = $5 and ${seenText('p', 2)} for update of t`,
)

async function lockDrive(ctx: Ctx, id: string, version: number): Promise<Drive> {
  const [drive] = await ctx.run(locked, [...seerValues(seer(ctx.actor, 'person.read_all')), id])
  if (!drive) throw notFound()
  if (drive.version !== version) throw stale({ version: drive.version, status: drive.status })
  return drive
}

export const cancelTestDrive = handle(testDrives.cancel, async (ctx, { testDriveId, version }) => {
  const drive = await lockDrive(ctx, testDriveId, version)
  if (drive.status !== 'booked') throw wrongState(drive.status)
  return change(ctx, drive, 'cancelled', 'test_drive.cancelled')
})

/** The client has driven. Where the register has the line, the signed agreement of the drive holds them for its own term (ГК РФ art. 196, 689). */
export const finishTestDrive = handle(testDrives.done, async (ctx, { testDriveId, version }) => {
  const drive = await begun(ctx, testDriveId, version)
  const line = await ctx.db.selectFrom('activities').select('bases').where('code', '=', 'test_drive').executeTakeFirst()
  if (line?.bases.includes('contract')) {
    const evidence = { testDriveId: drive.id }
    await keepOnGround(ctx, drive.personId, { activityCode: 'test_drive', basis: 'contract', evidence })
    await startTerm(ctx, drive.personId, evidence)
  }
  return change(ctx, drive, 'done', 'test_drive.finished')
})

export const missTestDrive = handle(testDrives.noShow, async (ctx, { testDriveId, version }) => change(ctx, await begun(ctx, testDriveId, version), 'no_show', 'test_drive.missed'))

/** Nobody has driven, and nobody is missed, before the hour has begun. */
async function begun(ctx: Ctx, testDriveId: string, version: number): Promise<Drive> {
  const drive = await lockDrive(ctx, testDriveId, version)
  if (drive.status !== 'booked') throw wrongState(drive.status)
  if (drive.startsAt > ctx.now()) throw wrongState('too_early')
  return drive
}

/** Undo of a cancellation before the hour begins, or of a no-show at any time; the slot must still be free and the car still there. */
export const restoreTestDrive = handle(testDrives.restore, async (ctx, { testDriveId, version }) => {
  const drive = await lockDrive(ctx, testDriveId, version)
  if (drive.status !== 'cancelled' && drive.status !== 'no_show') throw wrongState(drive.status)
  if (drive.status === 'cancelled' && drive.startsAt <= ctx.now()) throw wrongState('too_late')
  if (!drive.isCarThere) throw invalid('vehicleId', 'unknown')
  await assertHeld(ctx, drive.personId)
  return orConflict('test_drives_slot_key', 'slot_taken', () => change(ctx, drive, 'booked', 'test_drive.restored'))
})

async function change(ctx: Ctx, drive: Drive, status: TestDriveStatus, event: AuditEvent): Promise<{ id: string; version: number; status: TestDriveStatus }> {
  const version = drive.version + 1
  await ctx.db.updateTable('testDrives').set({ status, version }).where('id', '=', drive.id).execute()
  ctx.audit(event, { persons: [drive.personId], object: { kind: 'test_drive', id: drive.id }, details: { from: drive.status } })
  tellDrive(ctx, drive)
  ctx.live({ kind: 'person', id: drive.personId, outletId: drive.personOutletId, responsibleId: drive.leadsId })
  return { id: drive.id, version, status }
}
