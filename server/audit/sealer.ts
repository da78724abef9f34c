import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { countLeaves, listGenerations, readLatest, writeHeads, writeLeaves } from './heads-folder.ts'
import type { LogKey } from './log-key.ts'
import { parseHead } from './note.ts'
import { sealBatch } from './seal-batch.ts'
import { headsAbove, lastHead, rowsOf } from './tree-store.ts'
import type { HeadRow, ReadRows } from './tree-store.ts'

export type SealerOptions = {
  /** Of a login that may become infotech_sealer. */
  pool: pg.Pool
  key: LogKey
  /** Where heads are published: a folder outside the database, best on another machine. */
  headsDir: string
  now?: () => Date
  /** Keys destroyed so far, written into each head. */
  shreds?: () => Promise<number>
  /** Events per tree head, 1 to 10,000. */
  batchSize?: number
}
export type Sealed = { tenants: number; events: number; failures: { tenantId: string; error: unknown }[] }

export const MAX_BATCH = 10_000
const PUBLISH_PAGE = 500

/**
 * Seals every settled event of every tenant and publishes the heads. The database comes first: heads that a crash kept from the folder follow at the next run.
 * Safe to run in several processes: each tenant is sealed under an advisory lock. A tenant that fails is named in `failures` and keeps nobody waiting.
 * @param published what is known to be in the folder, by tenant: spares looking again; empty at the start of a process
 */
export async function sealOnce(options: SealerOptions, published = new Map<string, string>()): Promise<Sealed> {
  const sealed: Sealed = { tenants: 0, events: 0, failures: [] }
  const waiting = await asSealer(options.pool, waitingTenants)
  for (const { tenantId, hasEvents, head } of waiting) {
    try {
      const events = hasEvents ? await sealTenant(options, tenantId) : 0
      if (events > 0 || head !== (published.get(tenantId) ?? null)) published.set(tenantId, await publish(options, tenantId))
      sealed.tenants += events > 0 ? 1 : 0
      sealed.events += events
    } catch (error) {
      sealed.failures.push({ tenantId, error })
    }
  }
  return sealed
}

/** Seals once a second until the signal comes; then ends after the batch in hand. `report` hears what was sealed and what failed. */
export async function runSealer(options: SealerOptions, signal: AbortSignal, report: (outcome: Sealed | { error: unknown }) => void, intervalMs = 1000): Promise<void> {
  const published = new Map<string, string>()
  while (!signal.aborted) {
    try {
      report(await sealOnce(options, published))
    } catch (error) {
      report({ error })
    }
    await sleep(intervalMs, undefined, { signal }).catch(() => undefined)
  }
}

async function sealTenant(options: SealerOptions, tenantId: string): Promise<number> {
  const limit = Math.min(options.batchSize ?? MAX_BATCH, MAX_BATCH)
  const shreds = (await options.shreds?.()) ?? null
  let events = 0
  for (;;) {
    const batch = await asSealer(options.pool, (read) =>
      sealBatch(read, { tenantId, key: options.key, limit, shreds, now: options.now ?? (() => new Date()), published: () => lastPublished(options.headsDir, tenantId) }),
    )
    events += batch
    if (batch < limit) return events
  }
}

/** Brings the folder up to the database: leaves, then the heads that speak of them. Gives the name of the head that is there then. */
async function publish({ pool, headsDir }: SealerOptions, tenantId: string): Promise<string> {
  const head = await asSealer(pool, (read) => lastHead(read, tenantId))
  if (!head) return ''
  const name = `${head.generation}/${head.size}`
  let size = parseHead((await readLatest(headsDir, tenantId, head.generation)) ?? '')?.size ?? 0
  if (size >= head.size) return name
  await publishLeaves({ pool, headsDir }, tenantId, head)
  while (size < head.size) {
    const from = size
    const heads = await asSealer(pool, (read) => headsAbove(read, tenantId, head.generation, from, PUBLISH_PAGE))
    await writeHeads(headsDir, tenantId, head.generation, heads)
    size = heads.at(-1)?.size ?? head.size
  }
  return name
}

async function publishLeaves({ pool, headsDir }: Pick<SealerOptions, 'pool' | 'headsDir'>, tenantId: string, { generation, size }: HeadRow): Promise<void> {
  for (let from = await countLeaves(headsDir, tenantId, generation); from < size; from += MAX_BATCH) {
    const start = from
    const rows = await asSealer(pool, (read) =>
      read<{ leaf: Buffer }>('select leaf from log_leaves where tenant_id = $1 and generation = $2 and position >= $3 order by position limit $4', [
        tenantId,
        generation,
        start,
        MAX_BATCH,
      ]),
    )
    await writeLeaves(
      headsDir,
      tenantId,
      generation,
      start,
      rows.map(({ leaf }) => leaf),
    )
  }
}

async function lastPublished(headsDir: string, tenantId: string): Promise<string | null> {
  const generation = (await listGenerations(headsDir, tenantId)).at(-1)
  return generation === undefined ? null : await readLatest(headsDir, tenantId, generation)
}

/** A loose scan of the index: one probe per tenant, however many events there are. */
const waitingSql = `with recursive tenant (id) as (
  (select tenant_id from log_events order by tenant_id limit 1)
  union all
  select (select e.tenant_id from log_events e where e.tenant_id > t.id order by e.tenant_id limit 1) from tenant t where t.id is not null
)
select t.id as "tenantId", h.generation || '/' || h.size as head,
  (h.cluster is distinct from c.cluster or h.upto > c.next or exists (select from log_events e where e.tenant_id = t.id and e.xid >= h.upto and e.xid < c.settled)) as "hasEvents"
from tenant t
cross join (select system_identifier::text as cluster, pg_snapshot_xmax(pg_current_snapshot()) as next, pg_snapshot_xmin(pg_current_snapshot()) as settled from pg_control_system()) c
left join lateral (select cluster, upto, generation, size from log_heads where tenant_id = t.id order by generation desc, size desc limit 1) h on true
where t.id is not null`

const waitingTenants = (read: ReadRows): Promise<{ tenantId: string; hasEvents: boolean; head: string | null }[]> => read(waitingSql, [])

/** One transaction in the sealer's role. */
async function asSealer<T>(pool: pg.Pool, work: (read: ReadRows) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    await client.query('set local role infotech_sealer')
    const result = await work(rowsOf(client))
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: unknown) => (broken = failure instanceof Error ? failure : new Error(String(failure))))
    throw error
  } finally {
    client.release(broken)
  }
}
