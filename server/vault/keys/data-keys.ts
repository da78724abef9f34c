import type { KeyObject } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../platform/ids.ts'
import { commitmentOf, newKeyBytes, toKey, unwrapKey, wrapKey } from '../crypto/wrap.ts'
import { KeyCache } from './key-cache.ts'
import { KeyGone, type KeyStore } from './key-store.ts'

export type DataKey = { keyId: string; key: KeyObject }

export const STOCK_BATCH = 256
const LOW_STOCK = 64
/** A key of the stock is handed out within this time or never; with it the sweep needs to know no more than a key's age. */
export const STOCK_LIFE_MS = 60 * 60 * 1000

/** While an epoch is being destroyed or the root moved, its row is held for some moments. */
const MAKE_TRIES = 100
const MAKE_PAUSE_MS = 50

type Stock = { keys: (DataKey & { until: number })[]; refill: Promise<void> | null }

/** Random keys, one per person and class. They are made ahead, in one commit for many, so that sealing a new person waits for no disk. */
export class DataKeys {
  readonly cache: KeyCache
  readonly #store: KeyStore
  readonly #now: () => number
  readonly #batch: number
  readonly #stocks = new Map<string, Stock>()

  constructor(store: KeyStore, { now = Date.now, batch = STOCK_BATCH }: { now?: () => number; batch?: number } = {}) {
    this.#store = store
    this.#now = now
    this.#batch = batch
    this.cache = new KeyCache(now)
  }

  /** `count` fresh keys of a tenant, wrapped and committed in the key store already. */
  async take(tenantId: string, count: number): Promise<DataKey[]> {
    const stock = this.#stockOf(tenantId)
    const taken: DataKey[] = []
    while (taken.length < count) {
      const oldest = stock.keys.shift()
      if (!oldest) await this.#refill(tenantId, stock)
      else if (oldest.until > this.#now()) taken.push({ keyId: oldest.keyId, key: oldest.key })
    }
    // A refill that fails here is tried again by whoever finds the stock empty, and it is them it fails for.
    if (stock.keys.length < LOW_STOCK) this.#refill(tenantId, stock).catch(() => {})
    for (const { keyId, key } of taken) this.cache.set(`${tenantId}/${keyId}`, key, this.cache.generation)
    return taken
  }

  /** Opens keys by id; those destroyed are not in the answer. @throws DoesNotOpen when a wrap was changed. */
  async load(tenantId: string, keyIds: Iterable<string>): Promise<Map<string, KeyObject>> {
    const found = new Map<string, KeyObject>()
    const missing: string[] = []
    for (const keyId of new Set(keyIds)) {
      const key = this.cache.get(`${tenantId}/${keyId}`)
      if (key) found.set(keyId, key)
      else missing.push(keyId)
    }
    if (missing.length === 0) return found
    // A key whose epoch went between the reading and the unwrapping has been wrapped anew by then: it is read once more.
    const late = await this.#open(tenantId, missing, found)
    if (late.length > 0) await this.#open(tenantId, late, found)
    return found
  }

  /** Opens what is there into `found`. @returns those whose epoch is gone: one key that is lost does not take the others with it. */
  async #open(tenantId: string, keyIds: readonly string[], found: Map<string, KeyObject>): Promise<string[]> {
    const generation = this.cache.generation
    const { rows } = await this.#store.pool.query<{ key_id: string; e: number; wrapped: Buffer; commitment: Buffer }>({
      name: 'data-keys',
      text: 'select key_id, e, wrapped, commitment from data_keys where tenant_id = $1 and key_id = any($2::uuid[])',
      values: [tenantId, `{${keyIds.join(',')}}`],
    })
    const late: string[] = []
    for (const row of rows) {
      const under = await unlessGone(this.#store.tenantKey(tenantId, row.e))
      if (!under) {
        late.push(row.key_id)
        continue
      }
      const key = toKey(unwrapKey(under, tenantId, row.key_id, row.e, row.wrapped, row.commitment))
      this.cache.set(`${tenantId}/${row.key_id}`, key, generation)
      found.set(row.key_id, key)
    }
    return late
  }

  forget(tenantId: string, keyIds: readonly string[]): void {
    this.cache.forget(keyIds.map((keyId) => `${tenantId}/${keyId}`))
  }

  /** Drops what has grown old: cached keys and the stocks of tenants who seal nothing. */
  expire(): void {
    this.cache.expire()
    for (const [tenantId, stock] of this.#stocks) {
      stock.keys = stock.keys.filter(({ until }) => until > this.#now())
      if (stock.keys.length === 0 && !stock.refill) this.#stocks.delete(tenantId)
    }
  }

  #stockOf(tenantId: string): Stock {
    const known = this.#stocks.get(tenantId)
    if (known) return known
    const stock: Stock = { keys: [], refill: null }
    this.#stocks.set(tenantId, stock)
    return stock
  }

  #refill(tenantId: string, stock: Stock): Promise<void> {
    stock.refill ??= this.#make(tenantId, stock).finally(() => {
      stock.refill = null
    })
    return stock.refill
  }

  async #make(tenantId: string, stock: Stock): Promise<void> {
    for (let attempt = 1; attempt <= MAKE_TRIES; attempt++) {
      if (await this.#makeUnder(this.#store.current, tenantId, stock)) return
      // Another process has opened an epoch since, perhaps more than one.
      if (attempt > 1) await sleep(MAKE_PAUSE_MS)
      await this.#store.reload()
    }
    throw new Error('no epoch takes new keys')
  }

  /** @returns false when that epoch takes no keys: it is destroyed, or about to be. */
  async #makeUnder(e: number, tenantId: string, stock: Stock): Promise<boolean> {
    const now = this.#now()
    const under = await unlessGone(this.#store.tenantKey(tenantId, e))
    if (!under) return false
    const made = Array.from({ length: this.#batch }, () => ({ keyId: newId(now), bytes: newKeyBytes() }))
    const { rowCount } = await this.#store.pool.query({
      name: 'stock',
      text: stockText,
      values: [
        tenantId,
        e,
        made.map(({ keyId }) => keyId),
        made.map(({ keyId, bytes }) => wrapKey(under, tenantId, keyId, e, bytes)),
        made.map(({ bytes }) => commitmentOf(bytes)),
      ],
    })
    if (rowCount === 0) return false
    for (const { keyId, bytes } of made) stock.keys.push({ keyId, key: toKey(bytes), until: now + STOCK_LIFE_MS })
    return true
  }
}

// The lock meets the one under which an epoch is destroyed: whoever comes first, no key is left under an epoch that is gone.
const stockText = `insert into data_keys (tenant_id, key_id, e, wrapped, commitment)
  select $1, key_id, live.e, wrapped, commitment from unnest($3::uuid[], $4::bytea[], $5::bytea[]) as made (key_id, wrapped, commitment),
    (select e from epochs where e = $2 and destroyed_at is null for share skip locked) as live`

async function unlessGone(key: Promise<KeyObject>): Promise<KeyObject | null> {
  try {
    return await key
  } catch (error) {
    if (error instanceof KeyGone) return null
    throw error
  }
}
