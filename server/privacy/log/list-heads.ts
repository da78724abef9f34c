import { z } from 'zod'
import { log } from '../../../contract/audit/log.ts'
import { checkHeads, listHeads as readHeads } from '../../audit/index.ts'
import { handle, invalid } from '../../kernel/index.ts'
import { readOf } from './read-log.ts'

type Place = { generation: number; size: number }
const Place = z.tuple([z.number().int().min(1).max(2_147_483_647), z.number().int().min(0)])

export const listHeads = handle(log.heads, async (ctx, { cursor, limit }) => {
  const found = await readHeads(readOf(ctx), ctx.tenantId, { after: placeOf(cursor), limit: limit + 1 })
  const heads = found.slice(0, limit)
  const checked = await checkHeads(readOf(ctx), ctx.tenantId, heads, found[limit] ?? null)
  const last = heads.at(-1)
  return {
    rows: heads.map((head, at) => ({ ...head, status: checked[at] ? ('holds' as const) : ('broken' as const) })),
    nextCursor: found.length > limit && last ? Buffer.from(JSON.stringify([last.generation, last.size])).toString('base64url') : null,
  }
})

/** Heads have no instant and id to go on from, but a tree and a size. */
function placeOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  try {
    const [generation, size] = Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return { generation, size }
  } catch {
    throw invalid('cursor', 'format')
  }
}
