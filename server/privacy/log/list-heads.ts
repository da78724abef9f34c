import { z } from 'zod'
import { log } from '../../../contract/audit/log.ts'
import { checkHeads, listHeads as readHeads } from '../../audit/index.ts'
import { cursorFor, handle } from '../../kernel/index.ts'
import { readOf } from './read-log.ts'

/** Heads have no instant and id to go on from, but a tree and a size. */
const places = cursorFor(z.object({ generation: z.number().int().min(1).max(2_147_483_647), size: z.number().int().min(0) }))

export const listHeads = handle(log.heads, async (ctx, { cursor, limit }) => {
  const found = await readHeads(readOf(ctx), ctx.tenantId, { after: places.read(cursor), limit: limit + 1 })
  const heads = found.slice(0, limit)
  const checked = await checkHeads(readOf(ctx), ctx.tenantId, heads, found[limit] ?? null)
  const last = heads.at(-1)
  return {
    rows: heads.map((head, at) => ({ ...head, status: checked[at] ? ('holds' as const) : ('broken' as const) })),
    nextCursor: found.length > limit && last ? places.of({ generation: last.generation, size: last.size }) : null,
  }
})
