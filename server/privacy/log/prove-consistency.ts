import { log } from '../../../contract/audit/log.ts'
import { proveConsistency as readProof } from '../../audit/index.ts'
import { handle, invalid, notFound } from '../../kernel/index.ts'
import { readOf } from './read-log.ts'

/** A bundle by which whoever kept an old head sees that nothing before it was changed since; it shows no event. */
export const proveConsistency = handle(log.consistency, async (ctx, { generation, from, to }) => {
  if (from > to) throw invalid('from', 'after_to')
  const bundle = await readProof(readOf(ctx), ctx.tenantId, { generation, from, to })
  if (!bundle) throw notFound()
  return bundle
})
