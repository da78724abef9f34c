import type pg from 'pg'
import type { Peer } from './asking.ts'
import type { DataKeys } from './keys/data-keys.ts'
import type { KeyStore } from './keys/key-store.ts'
import type { Asker } from './protocol.ts'
import type { Quota } from './quota.ts'
import type { Trace } from './trace.ts'

/** All that the vault's acts work with. */
export type VaultContext = {
  main: pg.Pool
  store: KeyStore
  dataKeys: DataKeys
  trace: Trace
  quota: Quota
  /** Ids of invented people, as `tenant/person`. */
  canaries: Set<string>
  /** Where the number of destructions is left outside the databases; null: nowhere. */
  anchorFile: string | null
  now: () => number
}

/** One question: who asks, through which process, about which tenant. */
export type Question = { asker: Asker; tenantId: string; peer: Peer }
