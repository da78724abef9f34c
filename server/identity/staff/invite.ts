import { staff } from '../../../contract/identity/staff.ts'
import { handle, invalid, isPgError, Refusal, type Ctx } from '../../kernel/index.ts'
import { hashToken, newToken, normaliseEmail, normaliseName, typedNameOf, type Contact } from '../../vault/index.ts'
import { addEmployeePerson } from './employment.ts'
import { checkPlace, lockEmployee } from './one-employee.ts'

/** Seven days: long enough for a holiday weekend, short enough for a letter that lies in a mailbox. */
const INVITATION_MS = 7 * 86_400_000

/**
 * Invites by e-mail: person, account (when the address is new here), place of work and letter in one transaction. Until the invitation is
 * accepted nobody works: not active, and the account has no way into this company. Whether the address was known to other companies is told to nobody.
 */
export const inviteStaff = handle(staff.invite, async (ctx, { surname, given, patronymic, email, ...place }) => {
  const contact = contactOf({ surname, given, patronymic, email })
  await checkPlace(ctx, place)
  const id = ctx.newId()
  const accountId = await accountOf(ctx, email)
  const personId = await addEmployeePerson(ctx, { employeeId: id, outletId: place.outletId, contact })
  await ctx.db
    .insertInto('employees')
    .values({ id, accountId, personId, ...place, isActive: false, createdAt: ctx.now() })
    .execute()
    .catch(asTaken)
  await sendInvitation(ctx, { employeeId: id, personId, kind: 'join' })
  ctx.audit('staff.invited', { persons: [personId], object: { kind: 'employee', id }, details: { role: place.role, outletId: place.outletId, departmentId: place.departmentId } })
  return { id, version: 1 }
})

/** For who did not come or comes back: a letter to join. For who works here: a letter to set a new password. */
export const inviteAgain = handle(staff.inviteAgain, async (ctx, { employeeId, version }) => {
  const employee = await lockEmployee(ctx, employeeId, version)
  const kind = employee.isActive ? 'reset' : 'join'
  await sendInvitation(ctx, { employeeId, personId: employee.personId, kind })
  await ctx.db
    .updateTable('employees')
    .set({ version: version + 1 })
    .where('id', '=', employeeId)
    .execute()
  ctx.audit('staff.invited', { persons: [employee.personId], object: { kind: 'employee', id: employeeId }, details: { kind } })
  return { id: employeeId, version: version + 1 }
})

type Named = { surname: string; given: string; patronymic: string | undefined; email: string }
export function contactOf({ surname, given, patronymic, email }: Named): Contact {
  const address = normaliseEmail(email)
  if (!address) throw invalid('email', 'email_format')
  const name = (at: string, typed: string): string => {
    const clean = normaliseName(typed)
    if (!clean) throw invalid(at, 'name_format')
    return clean
  }
  const kept = { surname: name('surname', surname), given: name('given', given), patronymic: patronymic ? name('patronymic', patronymic) : undefined }
  return {
    ...kept,
    typedName: typedNameOf({ surname, given, patronymic }, kept),
    phones: [],
    emails: [{ address, typed: email }],
  }
}

/** The account of an address, made when there is none. One human has one, however many companies invite them. */
export async function accountOf(ctx: Ctx, email: string): Promise<string> {
  const loginToken = await ctx.vault.loginToken(email)
  await ctx.db
    .insertInto('accounts')
    .values({ id: ctx.newId(), loginToken, createdAt: ctx.now() })
    .onConflict((conflict) => conflict.column('loginToken').doNothing())
    .execute()
  return (await ctx.db.selectFrom('accounts').select('id').where('loginToken', '=', loginToken).executeTakeFirstOrThrow()).id
}

export function asTaken(error: unknown): never {
  if (isPgError(error) && error.constraint === 'employees_tenant_id_account_id_key') throw new Refusal('taken', { fields: [{ at: 'email', why: 'works_here' }] })
  throw error
}

/** A letter speaks the language its reader has chosen; who has never been here gets the writer's. */
async function languageOf(ctx: Ctx, employeeId: string): Promise<string> {
  const reader = await ctx.db
    .selectFrom('employees')
    .innerJoin('accounts', 'accounts.id', 'employees.accountId')
    .select('accounts.language')
    .where('employees.id', '=', employeeId)
    .executeTakeFirst()
  return reader?.language ?? ctx.caller.language
}

/** A new link; older ones of the same person stop working. The token waits in the queue sealed, so that whoever reads the database cannot accept. */
export async function sendInvitation(ctx: Ctx, to: { employeeId: string; personId: string; kind: 'join' | 'reset' }): Promise<void> {
  const [invitationId, token] = [ctx.newId(), newToken(ctx.tenantId)]
  await ctx.db
    .updateTable('invitations')
    .set({ expiresAt: ctx.now() })
    .where('employeeId', '=', to.employeeId)
    .where('acceptedAt', 'is', null)
    .where('expiresAt', '>', ctx.now())
    .execute()
  await ctx.db
    .insertInto('invitations')
    .values({ id: invitationId, employeeId: to.employeeId, kind: to.kind, tokenHash: hashToken(token), expiresAt: new Date(ctx.now().getTime() + INVITATION_MS) })
    .execute()
  const sealed = await ctx.vault.protect(`invitation:${invitationId}`, Buffer.from(token))
  ctx.emit('mail', { letter: 'invitation', personId: to.personId, invitationId, token: sealed.toString('base64'), language: await languageOf(ctx, to.employeeId) })
  ctx.audit('mail.queued', { persons: [to.personId], object: { kind: 'invitation', id: invitationId }, details: { letter: 'invitation' } })
}
