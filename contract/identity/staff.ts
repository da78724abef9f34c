import { z } from 'zod'
import { get, patch, post } from '../endpoint.ts'
import { page, Paging } from '../paging.ts'
import { staffRoles } from '../permissions.ts'
import { Email, plain } from '../people/person.ts'

/** `invited`: has a letter and has not come yet; `expired`: the letter was not answered in time; `left`: may not sign in here any more. */
export const staffStates = ['active', 'invited', 'expired', 'left'] as const
export type StaffState = (typeof staffStates)[number]

/** Where and as what somebody works. Null outlet: every outlet of the company. A department belongs to an outlet. */
const Place = {
  role: z.enum(staffRoles),
  position: plain(120).min(2),
  outletId: z.uuid().nullable(),
  departmentId: z.uuid().nullable(),
}
const Name = plain(100)
export const StaffDraft = z.object({ surname: Name.min(1), given: Name.min(1), patronymic: Name.optional(), email: Email, ...Place })

export const StaffRow = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  name: z.string(),
  ...Place,
  position: z.string(),
  state: z.enum(staffStates),
  hasSecondFactor: z.boolean(),
  lastSeenAt: z.iso.datetime().nullable(),
  since: z.iso.datetime(),
  version: z.number().int(),
})
export type StaffRow = z.output<typeof StaffRow>

const Changed = z.object({ id: z.uuid(), version: z.number().int() })
const OfVersion = z.object({ employeeId: z.uuid(), version: z.number().int() })

export const staff = {
  list: get('/staff', {
    can: 'staff.read',
    purpose: 'employment',
    personal: true,
    summary: 'Directory of colleagues with their names, longest-serving first',
    input: z.object({ ...Paging, view: z.enum(['working', 'all']).default('working') }),
    output: page(StaffRow),
  }),
  invite: post('/staff', {
    can: 'staff.edit',
    purpose: 'employment',
    dangerous: true,
    summary: 'Invite by e-mail: the letter carries a link that is good once, for seven days',
    input: StaffDraft,
    output: Changed,
  }),
  edit: patch('/staff/:employeeId', {
    can: 'staff.edit',
    dangerous: true,
    summary: 'Change role, position, outlet or department; counts from their next click',
    input: OfVersion.extend(Place),
    output: Changed,
  }),
  correct: patch('/staff/:employeeId/person', {
    can: 'staff.edit',
    purpose: 'employment',
    dangerous: true,
    summary: 'Put a name or an e-mail right; another e-mail is proved by a letter before it lets anybody in',
    input: OfVersion.extend({ surname: Name.min(1), given: Name.min(1), patronymic: Name.optional(), email: Email }),
    output: Changed,
  }),
  inviteAgain: post('/staff/:employeeId/invite', {
    can: 'staff.edit',
    purpose: 'employment',
    dangerous: true,
    summary: 'A new letter: for who did not come, who comes back, and who forgot the password or lost the phone',
    input: OfVersion,
    output: Changed,
  }),
  deactivate: post('/staff/:employeeId/deactivate', {
    can: 'staff.edit',
    dangerous: true,
    summary: 'End the work of a member of staff, or take an invitation back; sessions end at once',
    input: OfVersion,
    output: Changed,
  }),
}
