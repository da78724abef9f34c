import { policies } from '../../../contract/privacy/policy.ts'
import { handle, invalid, stale } from '../../kernel/index.ts'
import { normaliseEmail } from '../../vault/index.ts'

/** The published policy does not change by it: the screen then says that it no longer tells the contact as it is. */
export const editPolicyContact = handle(policies.editContact, async (ctx, { email, version }) => {
  const address = normaliseEmail(email)
  if (address === null) throw invalid('email', 'email_format')
  const held = await ctx.db.selectFrom('policyContacts').select(['email', 'version']).forUpdate().executeTakeFirst()
  if ((held?.version ?? 0) !== version) throw stale({ version: held?.version ?? 0, email: held?.email ?? '' })
  const next = version + 1
  if (held) await ctx.db.updateTable('policyContacts').set({ email: address, version: next }).execute()
  else await ctx.db.insertInto('policyContacts').values({ email: address, version: next }).execute()
  ctx.audit('privacy_policy.contact_edited', { details: { version: next } })
  return { version: next }
})
