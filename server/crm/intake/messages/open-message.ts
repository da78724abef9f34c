import { intake } from '../../../../contract/crm/intake.ts'
import { handle, notFound } from '../../../kernel/index.ts'
import { referenceKey } from '../doors/take-in.ts'
import { draftOf } from './draft-of.ts'
import { withoutHeldWords } from './held-words.ts'

/** Opens the sealed original. The vault checks the right (and, where it belongs to a person by now, their ground) and writes the trace before it answers. */
export const openMessage = handle(intake.open, async (ctx, { messageId }) => {
  const row = await ctx.db.selectFrom('intakeMessages').select(['format', 'problem']).where('id', '=', messageId).executeTakeFirst()
  if (!row) throw notFound()
  const [key, original] = await Promise.all([referenceKey(ctx), ctx.vault.openRecord(ctx.asker, ctx.tenantId, { purpose: ctx.purpose, recordId: messageId, door: ctx.door })])
  return original.mapAsync((bytes) => draftOf(row.format, row.problem === 'suspected_spam' ? withoutHeldWords(bytes) : bytes, key))
})
