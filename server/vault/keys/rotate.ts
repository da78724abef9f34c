import type pg from 'pg'
import { unwrapKey, wrapKey } from '../crypto/wrap.ts'
import type { KeyStore } from './key-store.ts'
import type { Root } from './root.ts'

const REWRAP_BATCH = 5_000
const ROTATING = 7264004
/** An epoch is destroyed once this many newer ones are open: 28 days at one epoch in 14. */
const LIVING_EPOCHS = 2
export const EPOCH_LIFE_MS = 14 * 24 * 60 * 60 * 1000

export type Rotation = { epoch: number; tenants: string[]; keys: number; destroyed: number[] }

/**
 * Opens the next epoch (or goes on with a rotation that was cut short), wraps every key anew and destroys epochs that have
 * served. Runs beside live work: reading needs no more than the key's own row, whatever epoch it names.
 * @returns null when another process is rotating.
 */
export async function rotateEpoch(store: KeyStore, { signal }: { signal?: AbortSignal } = {}): Promise<Rotation | null> {
  return alone(store.pool, async () => {
    const { rows } = await store.pool.query<{ e: number; done: boolean }>('select e, rewrapped_at is not null as done from epochs order by e desc limit 1')
    const newest = rows[0] ?? { e: 0, done: true }
    const epoch = newest.done ? newest.e + 1 : newest.e
    await store.openEpoch(epoch)
    await store.reload()
    const tenants = (await store.pool.query<{ tenant_id: string }>('select distinct tenant_id from tenant_keys order by tenant_id')).rows.map((row) => row.tenant_id)
    let keys = 0
    for (const tenantId of tenants) keys += await rewrapTenant(store, tenantId, epoch, signal)
    await store.pool.query('update epochs set rewrapped_at = now() where e = $1', [epoch])
    return { epoch, tenants, keys, destroyed: await destroyOldEpochs(store, epoch) }
  })
}

/** Moves every live epoch key under another root in one transaction. Afterwards ROOT_KEY must name the new root. */
export async function rotateRoot(store: KeyStore, to: Root): Promise<{ epochs: number }> {
  if (to.id === store.root.id) throw new Error('The new root is the old one: name another file or another transit key.')
  const client = await store.pool.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query<{ e: number; wrapped: Buffer }>('select e, wrapped from epochs where wrapped is not null order by e for update')
    for (const { e, wrapped } of rows) {
      await to.create(e)
      await client.query('update epochs set root = $2, wrapped = $3 where e = $1', [e, to.id, await to.wrap(e, await store.root.unwrap(e, wrapped))])
    }
    await client.query('commit')
    for (const { e } of rows) await store.root.destroy(e)
    return { epochs: rows.length }
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

/** Is the newest epoch older than 14 days, or its rotation unfinished? */
export async function isRotationDue(store: KeyStore): Promise<boolean> {
  const { rows } = await store.pool.query<{ due: boolean }>(
    `select rewrapped_at is null or opened_at < now() - $1 * interval '1 millisecond' as due from epochs order by e desc limit 1`,
    [EPOCH_LIFE_MS],
  )
  return rows[0]?.due ?? false
}

async function rewrapTenant(store: KeyStore, tenantId: string, epoch: number, signal: AbortSignal | undefined): Promise<number> {
  const under = await store.tenantKey(tenantId, epoch)
  const { rows: indexes } = await store.pool.query<{ epoch: number; e: number; wrapped: Buffer }>('select epoch, e, wrapped from index_keys where tenant_id = $1 and e < $2', [
    tenantId,
    epoch,
  ])
  for (const index of indexes) {
    const root = unwrapKey(await store.tenantKey(tenantId, index.e), tenantId, 'index', index.e, index.wrapped)
    await store.pool.query('update index_keys set e = $3, wrapped = $4 where tenant_id = $1 and epoch = $2', [
      tenantId,
      index.epoch,
      epoch,
      wrapKey(under, tenantId, 'index', epoch, root),
    ])
  }
  let keys = 0
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    signal?.throwIfAborted()
    const { rows } = await store.pool.query<WrappedRow>('select key_id, e, wrapped, commitment from data_keys where tenant_id = $1 and key_id > $2 order by key_id limit $3', [
      tenantId,
      after,
      REWRAP_BATCH,
    ])
    const last = rows.at(-1)
    if (!last) return keys
    after = last.key_id
    keys += await rewrapBatch(
      store,
      tenantId,
      epoch,
      rows.filter((row) => row.e < epoch),
    )
  }
}

type WrappedRow = { key_id: string; e: number; wrapped: Buffer; commitment: Buffer }

/** A key destroyed meanwhile has no row to update and stays destroyed. */
async function rewrapBatch(store: KeyStore, tenantId: string, epoch: number, rows: WrappedRow[]): Promise<number> {
  if (rows.length === 0) return 0
  const under = await store.tenantKey(tenantId, epoch)
  const wrapped: Buffer[] = []
  for (const [i, row] of rows.entries()) {
    // Some milliseconds of work at most, then those who wait for an answer have their turn.
    if (i % 128 === 127) await new Promise(setImmediate)
    const key = unwrapKey(await store.tenantKey(tenantId, row.e), tenantId, row.key_id, row.e, row.wrapped, row.commitment)
    wrapped.push(wrapKey(under, tenantId, row.key_id, epoch, key))
    key.fill(0)
  }
  const { rowCount } = await store.pool.query(
    'update data_keys d set e = $2, wrapped = made.wrapped from unnest($3::uuid[], $4::bytea[]) as made (key_id, wrapped) where d.tenant_id = $1 and d.key_id = made.key_id and d.e < $2',
    [tenantId, epoch, rows.map((row) => row.key_id), wrapped],
  )
  return rowCount ?? 0
}

/** First the row, then the root key: after a crash between the two the next rotation destroys the root key again. */
async function destroyOldEpochs(store: KeyStore, epoch: number): Promise<number[]> {
  const { rows } = await store.pool.query<{ e: number; is_live: boolean }>('select e, destroyed_at is null as is_live from epochs where e <= $1 order by e', [
    epoch - LIVING_EPOCHS,
  ])
  const destroyed: number[] = []
  for (const { e, is_live: isLive } of rows) {
    if (isLive) {
      await rewrapStragglers(store, e, epoch)
      await store.pool.query('with gone as (delete from tenant_keys where e = $1) update epochs set wrapped = null, destroyed_at = now() where e = $1', [e])
      destroyed.push(e)
    }
    if (isLive || e > epoch - 2 * LIVING_EPOCHS) await store.root.destroy(e)
  }
  await store.reload()
  return destroyed
}

/** Keys made under an old epoch by a process that had not heard of the new one when their tenant's turn was over. */
async function rewrapStragglers(store: KeyStore, e: number, epoch: number): Promise<void> {
  for (;;) {
    const { rows } = await store.pool.query<WrappedRow & { tenant_id: string }>('select tenant_id, key_id, e, wrapped, commitment from data_keys where e = $1 limit $2', [
      e,
      REWRAP_BATCH,
    ])
    if (rows.length === 0) return
    for (const tenantId of new Set(rows.map((row) => row.tenant_id)))
      await rewrapBatch(
        store,
        tenantId,
        epoch,
        rows.filter((row) => row.tenant_id === tenantId),
      )
  }
}

async function alone<T>(pool: pg.Pool, run: () => Promise<T>): Promise<T | null> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [ROTATING])
    if (!rows[0]?.mine) return null
    try {
      return await run()
    } finally {
      await client.query('select pg_advisory_unlock($1)', [ROTATING])
    }
  } finally {
    client.release()
  }
}
