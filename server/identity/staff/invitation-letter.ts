import { z } from 'zod'
import { identityLetters as english } from '../../../i18n/en/identity-letters.ts'
import { identityLetters as russian } from '../../../i18n/ru/identity-letters.ts'
import type { Ctx } from '../../kernel/index.ts'
import { Revealed } from '../../vault/index.ts'

/** The payload of a job `mail` that carries an invitation: ids and a sealed token, nothing of the person. */
export const InvitationMail = z.object({
  letter: z.literal('invitation'),
  personId: z.uuid(),
  invitationId: z.uuid(),
  token: z.string().max(1_000),
  language: z.enum(['ru', 'en']),
})
export type Letter = { to: Revealed<string>; subject: string; text: string }

/**
 * What the job `mail` sends for an invitation; null when there is nothing to send any more (accepted, taken back, expired).
 * The address is opened by the vault for the purpose of employment, and only if it is still the one that the account signs in with: an address
 * that somebody put in later must not receive the link to another human's account.
 * @param publicUrl the product's address without a slash at the end. The token follows `#`, which browsers send to no server.
 */
export async function invitationLetter(ctx: Ctx, payload: unknown, publicUrl: string): Promise<Letter | null> {
  const { personId, invitationId, token, language } = InvitationMail.parse(payload)
  const invitation = await ctx.db
    .selectFrom('invitations')
    .innerJoin('employees', 'employees.id', 'invitations.employeeId')
    .innerJoin('tenants', 'tenants.tenantId', 'employees.tenantId')
    .innerJoin('accounts', 'accounts.id', 'employees.accountId')
    .select(['invitations.kind', 'invitations.expiresAt', 'invitations.acceptedAt', 'tenants.name', 'accounts.loginToken', 'employees.personId'])
    .where('invitations.id', '=', invitationId)
    .executeTakeFirst()
  if (!invitation || invitation.acceptedAt || invitation.expiresAt <= ctx.now() || invitation.personId !== personId) return null
  const [person] = await ctx.vault.reveal(ctx.asker, ctx.tenantId, { purpose: 'employment', personIds: [personId], classes: ['contact'], masked: false, door: ctx.door })
  const contact = person?.state === 'open' ? person.facts.find((fact) => fact.class === 'contact') : undefined
  if (contact?.class !== 'contact') return null
  const address = await signInAddress(ctx, Revealed.open(contact.facts).emails, invitation.loginToken)
  if (!address) return null
  const secret = (await ctx.vault.unprotect(`invitation:${invitationId}`, Buffer.from(token, 'base64'))).toString()
  const words = (language === 'ru' ? russian : english)[invitation.kind === 'reset' ? 'reset' : 'invitation']
  // A line break in a name would begin a header of its own.
  const company = invitation.name.replace(/\s+/g, ' ').slice(0, 120)
  return { to: address, subject: words.subject(company), text: words.text({ company, link: `${publicUrl}/invitation#${secret}`, until: invitation.expiresAt }) }
}

async function signInAddress(ctx: Ctx, emails: readonly { address: string; typed: string }[], loginToken: Buffer): Promise<Revealed<string> | null> {
  for (const { address, typed } of emails) if ((await ctx.vault.loginToken(typed)).equals(loginToken)) return new Revealed(address)
  return null
}
