import { z } from 'zod'
import { get, post } from '../endpoint.ts'
import { Masked } from '../people/person.ts'

export const testDriveStatuses = ['booked', 'done', 'cancelled', 'no_show'] as const
export type TestDriveStatus = (typeof testDriveStatuses)[number]

/** Slots lie on the full hours of the outlet's wall clock. */
export const SLOT_MINUTES = 60
/** How far ahead a slot can be booked, in days. */
export const BOOKING_DAYS = 90

/** One drive on the day's grid. Whoever may not see the client sees only that the hour is taken. */
export const GridDrive = z.object({
  id: z.uuid().nullable(),
  startsAt: z.iso.datetime(),
  minutes: z.number().int(),
  status: z.enum(testDriveStatuses),
  personId: z.uuid().nullable(),
  masked: Masked.nullable(),
  dealId: z.uuid().nullable(),
  leadId: z.uuid().nullable(),
  responsibleId: z.uuid().nullable(),
  version: z.number().int().nullable(),
})
export type GridDrive = z.output<typeof GridDrive>

export const GridCar = z.object({
  vehicleId: z.uuid(),
  model: z.string(),
  trim: z.string(),
  colour: z.string(),
  vinTail: z.string(),
  drives: z.array(GridDrive),
})
export type GridCar = z.output<typeof GridCar>

export const TestDriveDay = z.object({
  outletId: z.uuid(),
  outlet: z.string(),
  timeZone: z.string(),
  /** A calendar date of the outlet. */
  date: z.iso.date(),
  /** Beginnings of the hours when the outlet is open that day; empty when it is closed. */
  slots: z.array(z.iso.datetime()),
  cars: z.array(GridCar),
})
export type TestDriveDay = z.output<typeof TestDriveDay>

export const TestDriveDraft = z.object({
  vehicleId: z.uuid(),
  /** Exactly the beginning of a slot. */
  startsAt: z.iso.datetime({ offset: true }),
  personId: z.uuid(),
  leadId: z.uuid().nullable().default(null),
  dealId: z.uuid().nullable().default(null),
  /** Left out: whoever leads the deal or the client, else whoever asks. */
  responsibleId: z.uuid().optional(),
})
export type TestDriveDraft = z.output<typeof TestDriveDraft>

const Versioned = z.object({ testDriveId: z.uuid(), version: z.number().int() })
const After = z.object({ id: z.uuid(), version: z.number().int(), status: z.enum(testDriveStatuses) })

export const testDrives = {
  day: get('/test-drives/day', {
    can: 'test_drive.read',
    purpose: 'request_handling',
    personal: true,
    summary: 'Cars × hours of one day: free, taken, and by whom (masked) where the asker may see the client',
    input: z.object({ date: z.iso.date().optional(), outletId: z.uuid().optional() }),
    output: TestDriveDay,
  }),
  book: post('/test-drives', {
    can: 'test_drive.edit',
    purpose: 'request_handling',
    summary: 'Book a slot; of two who book it at once the second is told',
    input: TestDriveDraft,
    output: After,
  }),
  cancel: post('/test-drives/:testDriveId/cancel', {
    can: 'test_drive.edit',
    purpose: 'request_handling',
    summary: 'Cancel; the slot is free again',
    input: Versioned,
    output: After,
  }),
  done: post('/test-drives/:testDriveId/done', { can: 'test_drive.edit', purpose: 'request_handling', summary: 'The client has driven', input: Versioned, output: After }),
  noShow: post('/test-drives/:testDriveId/no-show', { can: 'test_drive.edit', purpose: 'request_handling', summary: 'The client did not come', input: Versioned, output: After }),
  restore: post('/test-drives/:testDriveId/restore', {
    can: 'test_drive.edit',
    purpose: 'request_handling',
    summary: 'Undo of a cancellation or a no-show, if the slot is still free',
    input: Versioned,
    output: After,
  }),
}
