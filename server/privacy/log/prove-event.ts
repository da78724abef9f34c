import { log } from '../../../contract/audit/log.ts'
import { proveEvent as readProof } from '../../audit/index.ts'
import { handle, notFound, wrongState } from '../../kernel/index.ts'
import { readOf } from './read-log.ts'

/** A bundle that anyone with the log's public key can check, and that shows no other event. */
export const proveEvent = handle(log.proof, async (ctx, { eventId }) => {
  const event = await ctx.db.selectFrom('logEvents').select('id').where('id', '=', eventId).executeTakeFirst()
  if (!event) throw notFound()
  const bundle = await readProof(readOf(ctx), ctx.tenantId, eventId)
  if (!bundle) throw wrongState('not_sealed')
  return log.proof.output.parse(bundle)
})
