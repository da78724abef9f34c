import { sessions } from '../../../contract/identity/session.ts'
import { handle } from '../../kernel/index.ts'

/** Kept with the account: the same person reads the same language on every device and at every company. */
export const chooseLanguage = handle(sessions.speak, async (ctx, { language }) => {
  const { accountId } = await ctx.db.selectFrom('employees').select('accountId').where('id', '=', ctx.me).executeTakeFirstOrThrow()
  await ctx.db.updateTable('accounts').set({ language }).where('id', '=', accountId).execute()
  ctx.audit('account.language_chosen', { object: { kind: 'account', id: accountId }, details: { language } })
  return {}
})
