import type { KeyObject } from 'node:crypto'
import type pg from 'pg'
import { newKeyBytes, toKey, unwrapKey, wrapKey } from '../crypto/wrap.ts'
import type { Root } from './root.ts'

/** The platform's own keys (sign-in tokens, secrets of accounts) live beside the tenants'. */
export const PLATFORM = '00000000-0000-0000-0000-000000000000'
const INDEX_EPOCH = 1
/** Whoever opens an epoch, or moves all of them under another root. */
export const OPENING = 7264003

/** Thrown when a key is gone for ever: destroyed with its subject or its epoch. */
export class KeyGone extends Error {
  constructor() {
    super('the key is destroyed')
  }
}

/** Epoch, tenant and index keys: unwrapped once, kept as key objects, never written anywhere in clear. */
export class KeyStore {
  readonly pool: pg.Pool
  readonly root: Root
  readonly #epochs = new Map<number, KeyObject>()
  readonly #tenants = new Map<string, KeyObject>()
  readonly #indexes = new Map<string, Buffer>()
  #current = 0

  constructor(pool: pg.Pool, root: Root) {
    this.pool = pool
    this.root = root
  }

  /** The epoch under which new keys are wrapped. */
  get current(): number {
    return this.#current
  }

  /** Opens every live epoch; makes the first one in a new key store. @throws Error with a sentence when the root does not fit. */
  async open(): Promise<void> {
    const { rows } = await this.pool.query<{ found: boolean }>('select exists (select from epochs) as found')
    if (!rows[0]?.found) await this.openEpoch(1)
    await this.reload()
  }

  /** Reads epochs that another process has opened or destroyed meanwhile. */
  async reload(): Promise<void> {
    const { rows } = await this.pool.query<{ e: number; root: string; wrapped: Buffer | null }>('select e, root, wrapped from epochs order by e')
    for (const { e, root, wrapped } of rows) {
      if (wrapped === null) this.#forget(e)
      else if (!this.#epochs.has(e)) {
        if (root !== this.root.id) throw new Error(`The key store is under another root key (${root}) than ROOT_KEY names (${this.root.id}).`)
        this.#epochs.set(e, toKey(await this.root.unwrap(e, wrapped)))
      }
    }
    this.#current = rows.at(-1)?.e ?? 0
  }

  /** Opens epoch `e`; does nothing when someone else was faster. The root key comes first: a crash leaves a root key without an epoch, never the reverse. */
  async openEpoch(e: number): Promise<void> {
    const client = await this.pool.connect()
    try {
      await client.query('begin')
      await client.query('select pg_advisory_xact_lock($1)', [OPENING])
      const { rows } = await client.query<{ e: number; root: string }>('select e, root from epochs order by e desc limit 1')
      if ((rows[0]?.e ?? 0) < e) {
        if (rows[0] && rows[0].root !== this.root.id) throw new Error(`The root key was changed to ${rows[0].root}: start the vault anew with ROOT_KEY naming it.`)
        await this.root.create(e)
        await client.query('insert into epochs (e, root, wrapped, rewrapped_at) values ($1, $2, $3, $4)', [
          e,
          this.root.id,
          await this.root.wrap(e, newKeyBytes()),
          e === 1 ? new Date() : null,
        ])
      }
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }

  /** The tenant's key of an epoch, made when it is missing. @throws KeyGone when the epoch is destroyed. */
  async tenantKey(tenantId: string, e: number = this.#current): Promise<KeyObject> {
    const known = this.#tenants.get(`${e}/${tenantId}`)
    if (known) return known
    const epochKey = await this.#epochKey(e)
    const made = wrapKey(epochKey, tenantId, 'tenant', e, newKeyBytes())
    await this.pool.query(
      'insert into tenant_keys (tenant_id, e, wrapped) select $1, $2, $3 where exists (select from epochs where e = $2 and destroyed_at is null) on conflict do nothing',
      [tenantId, e, made],
    )
    const { rows } = await this.pool.query<{ wrapped: Buffer }>('select wrapped from tenant_keys where tenant_id = $1 and e = $2', [tenantId, e])
    if (!rows[0]) throw new KeyGone()
    const key = toKey(unwrapKey(epochKey, tenantId, 'tenant', e, rows[0].wrapped))
    this.#tenants.set(`${e}/${tenantId}`, key)
    return key
  }

  /** The root (32 bytes) of a tenant's search tokens; of the platform: of sign-in tokens and account secrets. Callers derive from it and do not keep it. */
  async indexRoot(tenantId: string): Promise<Buffer> {
    const known = this.#indexes.get(tenantId)
    if (known) return known
    const row = (await this.#wrappedIndex(tenantId)) ?? (await this.#makeIndex(tenantId))
    const root = unwrapKey(await this.tenantKey(tenantId, row.e), tenantId, 'index', row.e, row.wrapped)
    this.#indexes.set(tenantId, root)
    return root
  }

  async #wrappedIndex(tenantId: string): Promise<{ e: number; wrapped: Buffer } | undefined> {
    const { rows } = await this.pool.query<{ e: number; wrapped: Buffer }>('select e, wrapped from index_keys where tenant_id = $1 and epoch = $2', [tenantId, INDEX_EPOCH])
    return rows[0]
  }

  /** Under the newest epoch that lives, not the newest we had heard of. The lock meets the one under which an epoch is destroyed. */
  async #makeIndex(tenantId: string): Promise<{ e: number; wrapped: Buffer }> {
    await this.reload()
    const e = this.#current
    const made = wrapKey(await this.tenantKey(tenantId, e), tenantId, 'index', e, newKeyBytes())
    await this.pool.query(
      `insert into index_keys (tenant_id, epoch, e, wrapped) select $1, $2, live.e, $4 from (select e from epochs where e = $3 and destroyed_at is null for share) as live
        on conflict do nothing`,
      [tenantId, INDEX_EPOCH, e, made],
    )
    const row = await this.#wrappedIndex(tenantId)
    if (!row) throw new KeyGone()
    return row
  }

  async #epochKey(e: number): Promise<KeyObject> {
    if (!this.#epochs.has(e)) await this.reload()
    const key = this.#epochs.get(e)
    if (!key) throw new KeyGone()
    return key
  }

  #forget(e: number): void {
    this.#epochs.delete(e)
    for (const name of this.#tenants.keys()) if (name.startsWith(`${e}/`)) this.#tenants.delete(name)
  }
}
