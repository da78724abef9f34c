import type pg from 'pg'
import { append, emptyRange, leafHash, TILE_HEIGHT, TILE_WIDTH } from './merkle.ts'
import type { CompactRange, Tile } from './merkle.ts'
import { headHash } from './note.ts'
import type { ReadSpans, Span } from './proof.ts'

/** Runs one statement and gives its rows. `pg` fits through `rowsOf`; an act gives its own. Counts are asked for as float8, so they arrive as numbers (exact to 2^53). */
export type ReadRows = <Row>(sql: string, values: unknown[]) => Promise<Row[]>

export const rowsOf =
  (connection: Pick<pg.ClientBase, 'query'>): ReadRows =>
  async <Row>(sql: string, values: unknown[]) =>
    (await connection.query(sql, values)).rows as Row[]

/** Row of log_heads. `upto` is a transaction number in decimal. */
export type HeadRow = { generation: number; size: number; root: Buffer; at: Date; upto: string; cluster: string; note: string }

const headColumns = 'generation, size::float8 as size, root, at, upto::text as upto, cluster, note'

/** The head of the tenant's newest tree, or null when nothing was ever sealed. */
export async function lastHead(read: ReadRows, tenantId: string): Promise<HeadRow | null> {
  const [head] = await read<HeadRow>(`select ${headColumns} from log_heads where tenant_id = $1 order by generation desc, size desc limit 1`, [tenantId])
  return head ?? null
}

/** Heads of one tree, ascending, with more than `above` leaves. */
export const headsAbove = (read: ReadRows, tenantId: string, generation: number, above: number, limit: number): Promise<HeadRow[]> =>
  read<HeadRow>(`select ${headColumns} from log_heads where tenant_id = $1 and generation = $2 and size > $3 order by size limit $4`, [tenantId, generation, above, limit])

/** Reads stored hashes of a tree: leaves at level 0, tiles above. @throws Error when one is missing. */
export function spanReader(read: ReadRows, tenantId: string, generation: number): ReadSpans {
  return async (spans) => {
    if (spans.length === 0) return []
    const rows = await read<{ span: number; hash: Buffer }>(spansSql, [tenantId, generation, spans.map((s) => s.level), spans.map((s) => s.from), spans.map((s) => s.to)])
    const found: Buffer[][] = spans.map(() => [])
    for (const { span, hash } of rows) found[span - 1]?.push(hash)
    spans.forEach(({ level, from, to }, i) => {
      if (found[i]?.length !== to - from) throw new Error(`the tree of ${tenantId} lacks hashes of level ${level} in ${from}–${to - 1}`)
    })
    return found
  }
}

// Lateral, so that each span is one short index scan; a span never exceeds a tile.
const spansSql = `select s.span::int as span, h.hash
from unnest($3::int[], $4::int8[], $5::int8[]) with ordinality as s (level, lo, hi, span)
cross join lateral (
  (select position, leaf as hash from log_leaves where s.level = 0 and tenant_id = $1 and generation = $2 and position >= s.lo and position < s.hi order by position limit ${TILE_WIDTH})
  union all
  (select position, hash from log_tiles where s.level > 0 and tenant_id = $1 and generation = $2 and level = s.level and position >= s.lo and position < s.hi
    order by position limit ${TILE_WIDTH})
) h
order by s.span, h.position`

/** The right edge of a tree of `size` leaves, from at most 255 stored hashes per level. */
export async function readEdge(read: ReadSpans, size: number): Promise<CompactRange> {
  const spans: Span[] = []
  for (let level = Math.floor(Math.log2(Math.max(size, 1)) / TILE_HEIGHT); level >= 0; level -= 1) {
    const from = Math.floor(size / TILE_WIDTH ** (level + 1)) * TILE_WIDTH
    const to = Math.floor(size / TILE_WIDTH ** level)
    if (from < to) spans.push({ level, from, to })
  }
  const range = emptyRange()
  const hashes = await read(spans)
  spans.forEach(({ level }, i) => hashes[i]?.forEach((hash) => append(range, hash, level * TILE_HEIGHT)))
  return range
}

/** Stores tiles that a batch has completed. */
export async function writeTiles(read: ReadRows, tenantId: string, generation: number, tiles: readonly Tile[]): Promise<void> {
  if (tiles.length === 0) return
  await read(
    `insert into log_tiles (tenant_id, generation, level, position, hash) select $1, $2, level, position, hash from unnest($3::int[], $4::int8[], $5::bytea[]) as t (level, position, hash)`,
    [tenantId, generation, tiles.map((t) => t.level), tiles.map((t) => t.position), tiles.map((t) => t.hash)],
  )
}

/** The first leaf of every tree but the first: it holds the hash of the last head before. */
export const linkLeaf = (previousNote: string): Buffer => leafHash(headHash(previousNote))
