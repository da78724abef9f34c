import { randomBytes } from 'node:crypto'
import { sessions } from '../../../contract/identity/session.ts'
import { handle, invalid, Refusal, wrongState, type Ctx } from '../../kernel/index.ts'
import { Revealed } from '../../vault/index.ts'
import { namesOfStaff } from '../staff/names-of-staff.ts'
import { recoveryHash } from './sign-in.ts'
import { base32, matchingStep, newTotpSecret } from './totp.ts'

const RECOVERY_CODES = 10

/** Begins enrolment. The authenticator that is in use works on until the new one is proved. */
export const enrol = handle(sessions.enrol, async (ctx) => {
  const accountId = accountOf(ctx)
  const secret = newTotpSecret()
  await ctx.db
    .updateTable('accounts')
    .set({ totpPending: await ctx.vault.protect(`totp:${accountId}`, secret) })
    .where('id', '=', accountId)
    .execute()
  const { personId } = await ctx.db.selectFrom('employees').select('personId').where('id', '=', ctx.me).executeTakeFirstOrThrow()
  const name = (await namesOfStaff(ctx, [personId])).get(personId) ?? new Revealed('')
  return { secret: base32(secret), uri: name.map((who) => uriOf(secret, who)) }
})

/** Of Google's Key URI Format, which every authenticator reads; the parameters are the defaults of RFC 6238. */
const uriOf = (secret: Buffer, who: string): string =>
  `otpauth://totp/${encodeURIComponent(`Infotech:${who}`)}?secret=${base32(secret)}&issuer=Infotech&algorithm=SHA1&digits=6&period=30`

/** The first code proves that the new authenticator shows what the server expects. Recovery codes are new as well. */
export const confirmEnrolment = handle(sessions.confirmEnrolment, async (ctx, { code }) => {
  const accountId = accountOf(ctx)
  const { totpPending } = await ctx.db.selectFrom('accounts').select('totpPending').where('id', '=', accountId).forUpdate().executeTakeFirstOrThrow()
  if (!totpPending) throw wrongState('not_begun')
  const step = matchingStep(await ctx.vault.unprotect(`totp:${accountId}`, totpPending), code, ctx.now(), null)
  if (step === undefined) throw invalid('code', 'wrong_code')
  const codes = newRecoveryCodes()
  await ctx.db
    .updateTable('accounts')
    .set({ totpSealed: totpPending, totpPending: null, totpConfirmedAt: ctx.now(), totpLastStep: step, recoveryHashes: codes.map(recoveryHash) })
    .where('id', '=', accountId)
    .execute()
  ctx.audit('account.secured', { object: { kind: 'account', id: accountId } })
  return { recoveryCodes: codes }
})

export const renewRecovery = handle(sessions.renewRecovery, async (ctx) => {
  const accountId = accountOf(ctx)
  const codes = newRecoveryCodes()
  const { numUpdatedRows } = await ctx.db
    .updateTable('accounts')
    .set({ recoveryHashes: codes.map(recoveryHash) })
    .where('id', '=', accountId)
    .where('totpConfirmedAt', 'is not', null)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw wrongState('no_second_factor')
  ctx.audit('account.recovery_renewed', { object: { kind: 'account', id: accountId } })
  return { recoveryCodes: codes }
})

/** 80 random bits each, as `abcd-efgh-ijkl-mnop`. */
const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () =>
    base32(randomBytes(10))
      .toLowerCase()
      .replace(/(.{4})(?=.)/g, '$1-'),
  )

function accountOf(ctx: Ctx): string {
  if (ctx.actor.accountId === null) throw new Refusal('not_signed_in')
  return ctx.actor.accountId
}
