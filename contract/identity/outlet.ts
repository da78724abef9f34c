import { z } from 'zod'
import { After } from '../after.ts'
import { get, patch, post } from '../endpoint.ts'
import { plain } from '../people/person.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]
export const departmentKinds = ['call_centre', 'sales', 'used_cars', 'service', 'credit_insurance', 'marketing', 'management'] as const
export type DepartmentKind = (typeof departmentKinds)[number]

/** A name of the IANA time-zone database that this runtime knows. Offsets such as `+03:00` are none: they do not follow the law of the place. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}

const Opening = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
/** `24:00` is the end of the day. */
const Closing = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/)
const Day = z
  .tuple([Opening, Closing])
  .refine(([open, close]) => open < close, 'closes_before_opening')
  .nullable()
const weekShape = { mon: Day, tue: Day, wed: Day, thu: Day, fri: Day, sat: Day, sun: Day }

/** Opening and closing on the outlet's wall, null when closed that day. Open on one day at least: else no clock of a lead could ever run out. */
export const WeekHours = z.object(weekShape).refine((week) => weekdays.some((day) => week[day] !== null), 'never_open')
export type WeekHours = z.output<typeof WeekHours>

export const OutletDraft = z.object({ name: plain(120).min(2), address: plain(500).min(5), timeZone: z.string().max(60).refine(isTimeZone, 'time_zone'), hours: WeekHours })
export const Department = z.object({ id: z.uuid(), outletId: z.uuid(), kind: z.enum(departmentKinds), name: z.string(), version: z.number().int() })
export const Outlet = z.object({
  id: z.uuid(),
  name: z.string(),
  address: z.string(),
  timeZone: z.string(),
  hours: z.object(weekShape),
  version: z.number().int(),
  departments: z.array(Department),
})

const OutletId = { outletId: z.uuid() }
const Version = { version: z.number().int() }

export const outlets = {
  list: get('/outlets', {
    can: 'tenant.read',
    summary: 'Outlets of the company with their departments, by name; at most 200',
    input: z.object({}),
    output: z.object({ outlets: z.array(Outlet) }),
  }),
  create: post('/outlets', { can: 'outlet.edit', summary: 'Add an outlet', input: OutletDraft, output: After }),
  edit: patch('/outlets/:outletId', {
    can: 'outlet.edit',
    summary: 'Change name, address, zone or working hours; clocks of leads count anew from then on',
    input: OutletDraft.extend({ ...OutletId, ...Version }),
    output: After,
  }),
}

export const departments = {
  create: post('/outlets/:outletId/departments', {
    can: 'outlet.edit',
    summary: 'Add a department to an outlet',
    input: z.object({ ...OutletId, kind: z.enum(departmentKinds), name: plain(120).min(2) }),
    output: After,
  }),
  rename: patch('/departments/:departmentId', {
    can: 'outlet.edit',
    summary: 'Rename a department',
    input: z.object({ departmentId: z.uuid(), name: plain(120).min(2), ...Version }),
    output: After,
  }),
}
