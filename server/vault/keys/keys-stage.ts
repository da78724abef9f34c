/** For the tests of keys: somebody who may read, whom they read, and another process that holds the same store. */
import type pg from 'pg'
import { openPool } from '../../platform/db/pool.ts'
import type { RevealRequest } from '../protocol.ts'
import type { VaultStage } from '../vault-stage.ts'
import { KeyStore } from './key-store.ts'
import { openRoot } from './root.ts'

export const ask = (personIds: string[], more: Partial<RevealRequest> = {}): RevealRequest => ({
  purpose: 'sale',
  personIds,
  classes: ['contact'],
  masked: false,
  door: 'test',
  ...more,
})
export const count = async (pool: pg.Pool, text: string, values: unknown[] = []): Promise<number> =>
  Number((await pool.query(`select count(*) from ${text}`, values)).rows[0].count)

export async function annaAndClient(stage: VaultStage) {
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  const personId = await stage.person(vault, dealer, anna)
  const read = async () => (await vault.reveal(anna.asker, dealer.tenantId, ask([personId])))[0]?.state
  return { dealer, anna, vault, personId, read }
}

export async function otherStore(stage: VaultStage, rootKey = stage.options.rootKey): Promise<{ store: KeyStore; end: () => Promise<void> }> {
  const pool = openPool(stage.database.keys, 3)
  const store = new KeyStore(pool, openRoot(rootKey))
  await store.open()
  return { store, end: () => pool.end() }
}
