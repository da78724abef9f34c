import { staff } from '../../../contract/identity/staff.ts'
import { handle, wrongState, type Ctx } from '../../kernel/index.ts'
import { endSessions } from '../sessions/end-sessions.ts'
import { endEmployment } from './employment.ts'
import { checkPlace, keepAnAdministrator, lockEmployee } from './one-employee.ts'

/** Role and place count from the next request on; open screens are asked to come again with the new rights. */
export const editStaff = handle(staff.edit, async (ctx, { employeeId, version, ...place }) => {
  const employee = await lockEmployee(ctx, employeeId, version)
  if (place.role !== 'administrator') await keepAnAdministrator(ctx, employee)
  await checkPlace(ctx, place)
  await ctx.db
    .updateTable('employees')
    .set({ ...place, version: version + 1 })
    .where('id', '=', employeeId)
    .execute()
  const changed = (Object.keys(place) as (keyof typeof place)[]).filter((name) => place[name] !== employee[name])
  ctx.audit('staff.edited', {
    persons: [employee.personId],
    object: { kind: 'employee', id: employeeId },
    details: { changed: changed.join(','), role: place.role, from: employee.role },
  })
  await reopenScreens(ctx, employeeId)
  return { id: employeeId, version: version + 1 }
})

/** The stream of an open screen was let in with the old rights: its session's event ends it, and the browser opens it anew with the new ones. */
async function reopenScreens(ctx: Ctx, employeeId: string): Promise<void> {
  const open = await ctx.db
    .selectFrom('sessions')
    .select('id')
    .where('employeeId', '=', employeeId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', ctx.now())
    .limit(100)
    .execute()
  for (const { id } of open) ctx.live({ kind: 'session', id, outletId: null, responsibleId: employeeId })
}

/** Sessions and ways in end with the commit; the account stays for their other companies. Of who has not come yet the invitation is taken back. */
export const deactivateStaff = handle(staff.deactivate, async (ctx, { employeeId, version }) => {
  const employee = await lockEmployee(ctx, employeeId, version)
  await keepAnAdministrator(ctx, employee)
  const { numUpdatedRows: takenBack } = await ctx.db
    .updateTable('invitations')
    .set({ expiresAt: ctx.now() })
    .where('employeeId', '=', employeeId)
    .where('acceptedAt', 'is', null)
    .where('expiresAt', '>', ctx.now())
    .executeTakeFirst()
  if (!employee.isActive && takenBack === 0n) throw wrongState('left')
  const ended = await endSessions(ctx, employeeId)
  await ctx.db.deleteFrom('accountTenants').where('employeeId', '=', employeeId).execute()
  await ctx.db
    .updateTable('employees')
    .set({ isActive: false, version: version + 1 })
    .where('id', '=', employeeId)
    .execute()
  await endEmployment(ctx, employee.personId)
  ctx.audit('staff.left', { persons: [employee.personId], object: { kind: 'employee', id: employeeId }, details: { sessionsEnded: ended, invitationTakenBack: takenBack > 0n } })
  return { id: employeeId, version: version + 1 }
})
