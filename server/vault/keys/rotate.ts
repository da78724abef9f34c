import type pg from 'pg'
import { unwrapKey, wrapKey } from '../crypto/wrap.ts'
import { OPENING, type KeyStore } from './key-store.ts'
import type { Root } from './root.ts'

const REWRAP_BATCH = 5_000
const ROTATING = 7264004
/** So many epochs live, the newest among them: copies of the key store open for 14 to 28 days at one epoch in 14. */
const LIVING_EPOCHS = 2
export const EPOCH_LIFE_MS = 14 * 24 * 60 * 60 * 1000

export type Rotation = { epoch: number; tenants: string[]; keys: number; destroyed: number[] }

export type RotationOptions = {
  signal?: AbortSignal
  /** 1: every epoch but the new one is destroyed at once, and with it whatever older copies of the key store could open. */
  living?: number
}

/**
 * Opens the next epoch (or goes on with a rotation that was cut short), wraps every key anew and destroys epochs that have
 * served. Runs beside live work: reading needs no more than the key's own row, whatever epoch it names.
 * @returns null when another process is rotating.
 */
export async function rotateEpoch(store: KeyStore, { signal, living = LIVING_EPOCHS }: RotationOptions = {}): Promise<Rotation | null> {
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
    return { epoch, tenants, keys, destroyed: await destroyOldEpochs(store, epoch, living) }
  })
}

/** Moves every live epoch key under another root in one transaction. Afterwards ROOT_KEY must name the new root. @returns null while keys are being rotated. */
export async function rotateRoot(store: KeyStore, to: Root): Promise<{ epochs: number } | null> {
  if (to.id === store.root.id) throw new Error('The new root is the old one: name another file or another transit key.')
  return alone(store.pool, () => moveEpochs(store, to))
}

async function moveEpochs(store: KeyStore, to: Root): Promise<{ epochs: number }> {
  const client = await store.pool.connect()
  try {
    await client.query('begin')
    // An epoch that was opened meanwhile would stay behind, under a root that is about to be destroyed.
    await client.query('select pg_advisory_xact_lock($1)', [OPENING])
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
  const { rows: indexes } = await store.pool.query<WrappedIndex>('select tenant_id, epoch, e, wrapped from index_keys where tenant_id = $1 and e < $2', [tenantId, epoch])
  for (const index of indexes) await rewrapIndex(store, store.pool, index, epoch)
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
      store.pool,
      tenantId,
      epoch,
      rows.filter((row) => row.e < epoch),
    )
  }
}

type WrappedRow = { key_id: string; e: number; wrapped: Buffer; commitment: Buffer }
type WrappedIndex = { tenant_id: string; epoch: number; e: number; wrapped: Buffer }
type On = Pick<pg.PoolClient, 'query'>

async function rewrapIndex(store: KeyStore, on: On, index: WrappedIndex, epoch: number): Promise<void> {
  const { tenant_id: tenantId, e, wrapped } = index
  const root = unwrapKey(await store.tenantKey(tenantId, e), tenantId, 'index', e, wrapped)
  const anew = wrapKey(await store.tenantKey(tenantId, epoch), tenantId, 'index', epoch, root)
  await on.query('update index_keys set e = $3, wrapped = $4 where tenant_id = $1 and epoch = $2', [tenantId, index.epoch, epoch, anew])
}

/** A key destroyed meanwhile has no row to update and stays destroyed. */
async function rewrapBatch(store: KeyStore, on: On, tenantId: string, epoch: number, rows: WrappedRow[]): Promise<number> {
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
  const { rowCount } = await on.query(
    'update data_keys d set e = $2, wrapped = made.wrapped from unnest($3::uuid[], $4::bytea[]) as made (key_id, wrapped) where d.tenant_id = $1 and d.key_id = made.key_id and d.e < $2',
    [tenantId, epoch, rows.map((row) => row.key_id), wrapped],
  )
  return rowCount ?? 0
}

/** First the row, then the root key: after a crash between the two the next rotation destroys the root key again. */
async function destroyOldEpochs(store: KeyStore, epoch: number, living: number): Promise<number[]> {
  const { rows } = await store.pool.query<{ e: number; is_live: boolean }>('select e, destroyed_at is null as is_live from epochs where e <= $1 order by e', [epoch - living])
  const destroyed: number[] = []
  for (const { e, is_live: isLive } of rows) {
    if (isLive) {
      await destroyEpoch(store, e, epoch)
      destroyed.push(e)
    }
    if (isLive || e > epoch - 2 * LIVING_EPOCHS) await store.root.destroy(e)
  }
  await store.reload()
  return destroyed
}

/** With its row held no key comes under it any more (data-keys.ts), so that what is wrapped anew now is the last of it. */
async function destroyEpoch(store: KeyStore, e: number, epoch: number): Promise<void> {
  const client = await store.pool.connect()
  try {
    await client.query('begin')
    await client.query('select from epochs where e = $1 for no key update', [e])
    await rewrapStragglers(store, client, e, epoch)
    await client.query('delete from tenant_keys where e = $1', [e])
    await client.query('update epochs set wrapped = null, destroyed_at = now() where e = $1', [e])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

/** Keys made under an old epoch by a process that had not heard of the new one when their tenant's turn was over. */
async function rewrapStragglers(store: KeyStore, client: pg.PoolClient, e: number, epoch: number): Promise<void> {
  const { rows: indexes } = await client.query<WrappedIndex>('select tenant_id, epoch, e, wrapped from index_keys where e = $1', [e])
  for (const index of indexes) await rewrapIndex(store, client, index, epoch)
  for (;;) {
    const { rows } = await client.query<WrappedRow & { tenant_id: string }>('select tenant_id, key_id, e, wrapped, commitment from data_keys where e = $1 limit $2', [
      e,
      REWRAP_BATCH,
    ])
    if (rows.length === 0) return
    for (const tenantId of new Set(rows.map((row) => row.tenant_id)))
      await rewrapBatch(
        store,
        client,
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
