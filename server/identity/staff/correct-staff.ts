import { staff } from '../../../contract/identity/staff.ts'
import { handle, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { endSessions } from '../sessions/end-sessions.ts'
import { accountOf, asTaken, contactOf, sendInvitation } from './invite.ts'
import { keepAnAdministrator, lockEmployee, type Employee } from './one-employee.ts'

/** The web may not read payloads, so it writes the whole contact anew: of a colleague it is the name and the e-mail. */
const put = statement<{ version: number }>(
  'staff_contact',
  `update facts set version = version + 1, key_id = $3, payload = $4 where tenant_id = $1 and person_id = $2 and class = 'contact' and record_id = $2 and version = $5 returning version`,
)
const versionOf = statement<{ version: number }>(
  'staff_contact_version',
  `select version from facts where tenant_id = $1 and person_id = $2 and class = 'contact' and record_id = $2 for update`,
)

/**
 * A colleague's name or e-mail is put right (152-ФЗ art. 14 ч.1, art. 20). Another e-mail is another way in, so whoever has it must prove it: they get a
 * letter and set a password, or bring the one they have there. The account of the old address is not touched: it may be their way into other companies.
 */
export const correctStaff = handle(staff.correct, async (ctx, { employeeId, version, ...named }) => {
  const employee = await lockEmployee(ctx, employeeId, version)
  const contact = contactOf({ ...named, patronymic: named.patronymic })
  const accountId = await accountOf(ctx, named.email)
  const isMoved = accountId !== employee.accountId
  await sealContact(ctx, employee.personId, contact)
  await ctx.db
    .updateTable('employees')
    .set({ version: version + 1 })
    .where('id', '=', employeeId)
    .execute()
  if (isMoved) await moveIn(ctx, employee, accountId)
  ctx.audit('staff.corrected', { persons: [employee.personId], object: { kind: 'employee', id: employeeId }, details: { emailChanged: isMoved } })
  return { id: employeeId, version: version + 1 }
})

async function sealContact(ctx: Ctx, personId: string, facts: ReturnType<typeof contactOf>): Promise<void> {
  const [now] = await ctx.run(versionOf, [personId])
  const last = now?.version ?? 0
  const [sealed] = await ctx.vault.seal(ctx.asker, ctx.tenantId, [{ personId, class: 'contact', recordId: personId, version: last + 1, facts }])
  const [done] = sealed ? await ctx.run(put, [personId, sealed.keyId, sealed.payload, last]) : []
  if (!done) throw new Error('the contact of a colleague was not there to be corrected')
}

/** Until the letter is answered nobody comes in: neither by the old address nor by the new one. */
async function moveIn(ctx: Ctx, employee: Employee, accountId: string): Promise<void> {
  await keepAnAdministrator(ctx, employee)
  await endSessions(ctx, employee.id)
  await ctx.db.deleteFrom('accountTenants').where('employeeId', '=', employee.id).execute()
  await ctx.db.updateTable('employees').set({ accountId, isActive: false }).where('id', '=', employee.id).execute().catch(asTaken)
  await sendInvitation(ctx, { employeeId: employee.id, personId: employee.personId, kind: 'join' })
}
