import { readEntries, toEntry } from './log-entry.ts'
import type { Entry, LogSource, Tree } from './log-entry.ts'
import { headsAbove } from './tree-store.ts'
import type { ReadRows } from './tree-store.ts'

const PAGE = 1000
const HEADS_PAGE = 500
const STRAYS_SHOWN = 100
/** Longer than any transaction may last (statements end after 15 s, idle ones after 30 s): until then an event may rightly wait outside the tree. */
const GRACE_MINUTES = 10

/**
 * The log as the database has it. Give it one repeatable-read transaction: the sealer may go on meanwhile.
 * @param only one tenant, or all
 */
export function databaseSource(read: ReadRows, only?: string): LogSource {
  const trees = (table: 'log_leaves' | 'log_heads'): Promise<Tree[]> => listTrees(read, table, only)
  return {
    entries: async function* () {
      for (const tree of await trees('log_leaves')) yield* entriesOf(read, tree)
    },
    heads: (tree, above) => headsAbove(read, tree.tenantId, tree.generation, above, HEADS_PAGE),
    trees: () => trees('log_heads'),
    tiles: (tree, tiles) => readTiles(read, tree, tiles),
    unindexed: async (tenantId, eventIds) => (await read<{ id: string }>(unindexedSql, [tenantId, eventIds])).map(({ id }) => id),
    strays: (tenantId) => read(straysSql, [tenantId]),
  }
}

async function* entriesOf(read: ReadRows, tree: Tree): AsyncGenerator<Entry> {
  let next = readEntries(read, tree, 0, PAGE)
  for (;;) {
    const rows = await next
    const last = rows.at(-1)
    // The next page travels while this one is hashed.
    const isLast = !last || rows.length < PAGE
    if (!isLast) next = readEntries(read, tree, last.position + 1, PAGE)
    for (const row of rows) yield toEntry(row, tree.tenantId)
    if (isLast) return
  }
}

/** Loose scan of the primary key: one probe per tree. */
const listTrees = (read: ReadRows, table: 'log_leaves' | 'log_heads', only: string | undefined): Promise<Tree[]> =>
  read<Tree>(
    `with recursive tree (tenant_id, generation) as (
      (select tenant_id, generation from ${table} where $1::uuid is null or tenant_id = $1 order by tenant_id, generation limit 1)
      union all
      select n.tenant_id, n.generation from tree t cross join lateral (
        select tenant_id, generation from ${table} l where (l.tenant_id, l.generation) > (t.tenant_id, t.generation) and ($1::uuid is null or l.tenant_id = $1)
        order by l.tenant_id, l.generation limit 1
      ) n
    ) select tenant_id as "tenantId", generation from tree`,
    [only ?? null],
  )

async function readTiles(read: ReadRows, { tenantId, generation }: Tree, tiles: { level: number; position: number }[]): Promise<(Buffer | null)[]> {
  const rows = await read<{ hash: Buffer | null }>(
    `select t.hash from unnest($3::int[], $4::int8[]) with ordinality as w (level, position, nth)
     left join log_tiles t on t.tenant_id = $1 and t.generation = $2 and t.level = w.level and t.position = w.position order by w.nth`,
    [tenantId, generation, tiles.map((tile) => tile.level), tiles.map((tile) => tile.position)],
  )
  return rows.map(({ hash }) => hash)
}

const unindexedSql = `select e.id from log_events e where e.tenant_id = $1 and e.id = any($2::uuid[]) and exists (
  select from unnest(e.person_ids) as person (id) where not exists (
    select from log_event_persons p where p.tenant_id = $1 and p.person_id = person.id and p.at = e.at and p.event_id = e.id))`

const straysSql = `with last as (select upto, at from log_heads where tenant_id = $1 order by generation desc, size desc limit 1)
select e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, not e.xid < last.upto as "isBackdated"
from log_events e cross join last
where e.tenant_id = $1 and (e.xid < last.upto or e.at < last.at - interval '${GRACE_MINUTES} minutes')
  and not exists (select from log_leaves l where l.tenant_id = $1 and l.event_id = e.id)
order by e.at, e.id limit ${STRAYS_SHOWN}`
