import type { LogKey } from './log-key.ts'
import { append, emptyRange, rootOf } from './merkle.ts'
import type { CompactRange, Tile } from './merkle.ts'
import { headHash, openHead, parseHead, signHead } from './note.ts'
import { lastHead, linkLeaf, readEdge, spanReader, writeTiles } from './tree-store.ts'
import type { HeadRow, ReadRows } from './tree-store.ts'

export type Batch = {
  tenantId: string
  key: LogKey
  /** At most so many events. */
  limit: number
  shreds: number | null
  now: () => Date
  /** The newest note in the folder of heads: the only witness that the database was set back. */
  published: () => Promise<string | null>
}

/** Transaction numbers of this cluster: below `settled` nothing is in flight any more, `next` was never given out. */
type Instant = { settled: string; next: string; cluster: string }
/** Where the tree goes on. `upto`: all events of older transactions are in it. */
type Tree = { generation: number; range: CompactRange; upto: string; previousNote: string | null; isNew: boolean; tiles: Tile[] }

/**
 * Appends settled events of one tenant to its tree and signs the new head; gives how many. Runs in the caller's transaction.
 * An event belongs to the batch when its transaction is older than every one still in flight, so none can appear later in a place already passed.
 * @returns 0 also when another process is sealing this tenant.
 */
export async function sealBatch(read: ReadRows, batch: Batch): Promise<number> {
  const [lock] = await read<{ taken: boolean }>(`select pg_try_advisory_xact_lock(hashtextextended('log ' || $1, 0)) as taken`, [batch.tenantId])
  if (!lock?.taken) return 0
  // After the lock, and before the events are read: what is settled now is visible to every later statement.
  const [instant] = await read<Instant>(
    `select pg_snapshot_xmin(pg_current_snapshot())::text as settled, pg_snapshot_xmax(pg_current_snapshot())::text as next, system_identifier::text as cluster from pg_control_system()`,
    [],
  )
  if (!instant) throw new Error('the database does not tell its transaction numbers')
  const tree = await openTree(read, batch, instant)
  // A new tree takes over all that is left, whatever transaction numbers another cluster has given it.
  const isTakingOver = tree.generation > 1 && tree.upto === '0'
  const rows = await appendEvents(read, batch, tree, isTakingOver ? null : instant.settled)
  if (rows.length === 0 && !tree.isNew) return 0
  for (const { leaf } of rows) tree.tiles.push(...append(tree.range, leaf))
  await writeTiles(read, batch.tenantId, tree.generation, tree.tiles)
  const last = rows.at(-1)
  await writeHead(read, batch, tree, instant.cluster, !last?.hasMore ? instant.settled : isTakingOver ? '0' : last.xid)
  return rows.length
}

async function openTree(read: ReadRows, batch: Batch, instant: Instant): Promise<Tree> {
  const head = await lastHead(read, batch.tenantId)
  const published = trusted(await batch.published(), batch)
  if (!head && !published) return { generation: 1, range: emptyRange(), upto: '0', previousNote: null, isNew: false, tiles: [] }
  if (!head || head.cluster !== instant.cluster || BigInt(head.upto) > BigInt(instant.next) || (await isSetBack(read, batch.tenantId, head, published))) {
    return await newTree(read, batch, head, published)
  }
  const range = await readEdge(spanReader(read, batch.tenantId, head.generation), head.size)
  if (!rootOf(range).equals(head.root)) throw new Error(`the stored tree of ${batch.tenantId} does not give the root of its head of ${head.size}: run log:verify`)
  return { generation: head.generation, range, upto: head.upto, previousNote: head.note, isNew: false, tiles: [] }
}

/** Only a head that our own key has signed may say that the database was set back. */
function trusted(note: string | null, { tenantId, key }: Batch): string | null {
  return note && openHead(note, key.publicKey)?.tenantId === tenantId ? note : null
}

/** Has the folder a head that this database does not remember? Then it was restored to an earlier time, and going on would sign two different trees of one size. */
async function isSetBack(read: ReadRows, tenantId: string, head: HeadRow, published: string | null): Promise<boolean> {
  if (published === null || published === head.note) return false
  const there = parseHead(published)
  if (!there) return false
  const [same] = await read<{ note: string }>('select note from log_heads where tenant_id = $1 and generation = $2 and size = $3', [tenantId, there.generation, there.size])
  return same?.note !== published
}

/** Opens the next generation; its first leaf binds the newest head known of the tree before. */
async function newTree(read: ReadRows, batch: Batch, head: HeadRow | null, published: string | null): Promise<Tree> {
  const there = published === null ? null : parseHead(published)
  const isFolderAhead = !head || (there && (there.generation > head.generation || (there.generation === head.generation && there.size >= head.size)))
  const previousNote = isFolderAhead ? published : head.note
  if (previousNote === null) throw new Error('a new tree needs the head of the old one')
  const generation = Math.max(head?.generation ?? 0, there?.generation ?? 0) + 1
  const leaf = linkLeaf(previousNote)
  await read('insert into log_leaves (tenant_id, generation, position, event_id, leaf) values ($1, $2, 0, null, $3)', [batch.tenantId, generation, leaf])
  const range = emptyRange()
  return { generation, range, upto: '0', previousNote, isNew: true, tiles: append(range, leaf) }
}

type SealedRow = { leaf: Buffer; xid: string; hasMore: boolean }

/**
 * Takes the events, their leaves and whom they looked at in one statement. What is in some tree already stays out, so nothing is sealed twice. People are
 * noted in the order of their index, which is a third less work than to jump about in it.
 */
async function appendEvents(read: ReadRows, { tenantId, limit }: Batch, tree: Tree, before: string | null): Promise<SealedRow[]> {
  return await read<SealedRow>(
    `with waiting as materialized (
      select id, xid, at, person_ids, leaf, row_number() over (order by xid, id) as nth
      from (
        select id, xid, at, person_ids, leaf from log_events e
        where tenant_id = $1 and xid >= $4::xid8 ${before === null ? '' : 'and xid < $6::xid8'}
          and not exists (select from log_leaves l where l.tenant_id = $1 and l.event_id = e.id)
        order by xid, id limit $5::int8 + 1
      ) oldest
    ), settled as materialized (
      select id, xid, at, person_ids, leaf, nth - 1 + $3::int8 as position from waiting where nth <= $5::int8
    ), leaves as (
      insert into log_leaves (tenant_id, generation, position, event_id, leaf) select $1, $2, position, id, leaf from settled
    ), persons as (
      insert into log_event_persons (tenant_id, person_id, at, event_id) select distinct $1::uuid, person_id, at, id from settled, unnest(person_ids) as person_id
      order by person_id, at, id
    )
    select leaf, xid::text as xid, (select count(*) from waiting) > $5::int8 as "hasMore" from settled order by position`,
    [tenantId, tree.generation, tree.range.size, tree.upto, limit, ...(before === null ? [] : [before])],
  )
}

async function writeHead(read: ReadRows, { tenantId, key, shreds, now }: Batch, tree: Tree, cluster: string, upto: string): Promise<void> {
  const previous = tree.previousNote === null ? null : headHash(tree.previousNote)
  const head = { tenantId, generation: tree.generation, size: tree.range.size, root: rootOf(tree.range), at: now(), previous, shreds }
  await read(
    `insert into log_heads (tenant_id, generation, size, root, at, upto, cluster, note) values ($1, $2, $3, $4, $5, $6::xid8, $7, $8)
     on conflict (tenant_id, generation, size) do nothing`,
    [tenantId, tree.generation, head.size, head.root, head.at, upto, cluster, signHead(head, key)],
  )
}
