import { intake } from '../../../../contract/crm/intake.ts'
import { handle, invalid } from '../../../kernel/index.ts'
import { receiveAdf } from './receive-adf.ts'
import { messageIdOf, referenceKey } from './take-in.ts'

/** ADF by HTTP, with an integration key and the source's code. The same document again is the same delivery. */
export const adfDoor = handle(intake.adf, async (ctx, { source: code, body }) => {
  const source = await ctx.db.selectFrom('leadSources').select('id').where('code', '=', code).where('isActive', '=', true).executeTakeFirst()
  if (!source) throw invalid('source', 'unknown')
  const key = await referenceKey(ctx)
  const idOf = (index: number): string => messageIdOf(key, ['adf', source.id, body, String(index)])
  return receiveAdf(ctx, { sourceId: source.id, document: body, original: { format: 'adf', bytes: Buffer.from(body) }, idOf })
})
