import type pg from 'pg'
import { look } from '../db.ts'
import { STOCK_LIFE_MS } from './data-keys.ts'
import type { KeyStore } from './key-store.ts'
import { isTied } from './tie.ts'

const SWEEP_BATCH = 5_000
/**
 * A key is handed out within an hour of its making or never, and no transaction lives an hour. So a key older than both
 * together that no row names belongs to a transaction that never committed, or to a stock that was never used.
 */
const SWEEP_AFTER_MS = 2 * STOCK_LIFE_MS

/** Of the keys that an earlier sweep found named; notes and cars that were deleted since are far fewer. */
const SURVIVORS = 1_000
const LOST_SHARE = 0.1

/**
 * Deletes keys that no row names, tenant by tenant, from where the last sweep ended (`all`: from the beginning).
 * @returns how many were deleted.
 * @throws Error with a sentence, before anything is deleted, when this is not the database the keys belong to, or an older copy of it.
 */
export async function sweep(store: KeyStore, main: pg.Pool, { now = Date.now(), all = false }: { now?: number; all?: boolean } = {}): Promise<number> {
  const { rows: tenants } = await store.pool.query<{ tenant_id: string; since: Date | null }>(
    'select t.tenant_id, s.upto as since from (select distinct tenant_id from tenant_keys) t left join sweeps s using (tenant_id) order by t.tenant_id',
  )
  if (!(await isTied(store.pool, main)))
    throw new Error('The key store belongs to another main database: no key was deleted. Give this database a key store of its own, or bring back the one the keys belong to.')
  const upto = now - SWEEP_AFTER_MS
  for (const { tenant_id: tenantId, since } of tenants) await refuseOlderCopy(store, main, tenantId, floorOf(since?.getTime() ?? 0))
  let gone = 0
  for (const { tenant_id: tenantId, since } of tenants) {
    gone += await sweepTenant(store, main, tenantId, floorOf(all ? 0 : (since?.getTime() ?? 0)), floorOf(upto))
    await store.pool.query('insert into sweeps (tenant_id, upto) values ($1, $2) on conflict (tenant_id) do update set upto = excluded.upto', [tenantId, new Date(upto)])
  }
  return gone
}

/** Whoever was named at the last sweep and is not now, without having been destroyed, is missing from the database. */
async function refuseOlderCopy(store: KeyStore, main: pg.Pool, tenantId: string, since: string): Promise<void> {
  const { rows } = await store.pool.query<{ key_id: string }>('select key_id from data_keys where tenant_id = $1 and key_id < $2 order by key_id desc limit $3', [
    tenantId,
    since,
    SURVIVORS,
  ])
  const lost = await unnamed(
    main,
    tenantId,
    rows.map((row) => row.key_id),
  )
  if (lost.length > rows.length * LOST_SHARE)
    throw new Error(
      `Of the ${rows.length} keys that tenant ${tenantId} used last, ${lost.length} belong to nothing in this database: it seems to be an older copy. No key was deleted; restore a newer one.`,
    )
}

/** The first uuid v7 of a millisecond. */
const floorOf = (ms: number): string => {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

async function sweepTenant(store: KeyStore, main: pg.Pool, tenantId: string, from: string, to: string): Promise<number> {
  let gone = 0
  let after = from
  for (;;) {
    const { rows } = await store.pool.query<{ key_id: string }>('select key_id from data_keys where tenant_id = $1 and key_id > $2 and key_id < $3 order by key_id limit $4', [
      tenantId,
      after,
      to,
      SWEEP_BATCH,
    ])
    const last = rows.at(-1)
    if (!last) return gone
    after = last.key_id
    const idle = await unnamed(
      main,
      tenantId,
      rows.map((row) => row.key_id),
    )
    if (idle.length > 0) gone += (await store.pool.query('delete from data_keys where tenant_id = $1 and key_id = any($2::uuid[])', [tenantId, idle])).rowCount ?? 0
  }
}

async function unnamed(main: pg.Pool, tenantId: string, keyIds: string[]): Promise<string[]> {
  const [named] = await look(main, tenantId, [
    {
      name: 'sweep',
      text: `select key_id from facts where tenant_id = $1 and key_id = any($2::uuid[])
      union select key_id from intake_messages where tenant_id = $1 and key_id = any($2::uuid[])
      union select key_id from files where tenant_id = $1 and key_id = any($2::uuid[])
      union select key_id from cookie_choices where tenant_id = $1 and key_id = any($2::uuid[])`,
      values: [keyIds],
    },
  ])
  const kept = new Set((named ?? []).map((row) => row.key_id))
  return keyIds.filter((keyId) => !kept.has(keyId))
}
