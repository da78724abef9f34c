import type pg from 'pg'
import { openPool } from '../platform/db/pool.ts'
import { addressHasher } from './acts/hash-addresses.ts'
import { loginToken, protect } from './acts/platform.ts'
import { sealItems } from './acts/seal.ts'
import { DataKeys } from './keys/data-keys.ts'
import { KeyStore } from './keys/key-store.ts'
import { openRoot } from './keys/root.ts'
import type { AddressTokens, Sealed, SealItem } from './protocol.ts'

/** Ten thousand people take some ten thousand keys: fewer, larger commits. */
const BULK_BATCH = 4_096

/** Seals without a question being asked: for the seed, which runs in the launcher before anyone can sign in. It cannot open anything. */
export type BulkSealer = {
  seal(tenantId: string, items: readonly SealItem[]): Promise<Sealed[]>
  loginToken(email: string): Promise<Buffer>
  protect(context: string, bytes: Buffer): Promise<Buffer>
  /** Keyed hashes of canonical addresses, in the order given: what objections are kept by. */
  addressTokens(tenantId: string, addresses: { emails: readonly string[]; phones: readonly string[] }): Promise<AddressTokens>
  /** Names invented people whose opening is reported. */
  addCanaries(tenantId: string, personIds: readonly string[]): Promise<void>
  close(): Promise<void>
}

/** @throws Error with a sentence when the root does not fit the key store. */
export async function openBulkSealer({ keystore, rootKey }: { keystore: pg.PoolConfig; rootKey: string }): Promise<BulkSealer> {
  const pool = openPool(keystore, 2)
  const store = new KeyStore(pool, openRoot(rootKey))
  const dataKeys = new DataKeys(store, { batch: BULK_BATCH })
  try {
    await store.open()
  } catch (error) {
    await pool.end()
    throw error
  }
  return {
    seal: (tenantId, items) => sealItems({ store, dataKeys }, tenantId, items, []),
    loginToken: (email) => loginToken(store, email),
    protect: (context, bytes) => protect(store, context, bytes),
    addressTokens: async (tenantId, addresses) => (await addressHasher(store, tenantId, 'objection'))(addresses),
    addCanaries: async (tenantId, personIds) => {
      await pool.query('insert into canaries (tenant_id, person_id) select $1, unnest($2::uuid[]) on conflict do nothing', [tenantId, personIds])
    },
    close: () => pool.end(),
  }
}
