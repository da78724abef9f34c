import { join } from 'node:path'
import type pg from 'pg'
import { openPool } from '../platform/db/pool.ts'
import { wordsOf } from '../platform/words-of.ts'
import type { Peer } from './asking.ts'
import type { VaultContext } from './context.ts'
import { DataKeys } from './keys/data-keys.ts'
import { KeyStore, PLATFORM } from './keys/key-store.ts'
import { passRestoreGate } from './keys/restore-gate.ts'
import { openRoot } from './keys/root.ts'
import { isRotationDue, rotateEpoch, type Rotation } from './keys/rotate.ts'
import { sweep } from './keys/sweep.ts'
import { tie } from './keys/tie.ts'
import { defaultLimits, Quota, type Limits } from './quota.ts'
import { listen } from './server.ts'
import { toLogEvent, Trace } from './trace.ts'

export { openBulkSealer, type BulkSealer } from './bulk.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const MAIN_CONNECTIONS = 6
const KEYS_CONNECTIONS = 3

/** What the launcher's VaultRuntime holds, and what a test may turn. */
export type VaultOptions = {
  vaultSocket: string
  vaultTokens: Record<Peer, string>
  /** The main database, as the login that may become infotech_vault. */
  database: pg.PoolConfig
  keystore: pg.PoolConfig
  /** A file's path, or `openbao+https://host:port/<mount>/keys/<name>`. */
  rootKey: string
  /** Outside both databases: here the number of destructions is left, so that no restore can turn it back. */
  headsDir?: string
  limits?: Partial<Limits>
  now?: () => number
  log?: (message: string, about?: Record<string, unknown>) => void
}
export type RunningVault = { socket: string; rotate: () => Promise<Rotation | null>; sweep: () => Promise<number>; close: () => Promise<void> }

/**
 * Opens the keys, passes the restore gate and listens.
 * @throws Error with a sentence: the root does not fit the key store, or the key store is older than its destructions.
 */
export async function startVault(options: VaultOptions): Promise<RunningVault> {
  const { log = () => {}, now = Date.now, headsDir, vaultSocket: socket, vaultTokens: tokens } = options
  const anchorFile = headsDir === undefined ? null : join(headsDir, 'shreds.json')
  const main = openPool(options.database, MAIN_CONNECTIONS, 'generic')
  const keys = openPool(options.keystore, KEYS_CONNECTIONS, 'generic')
  const end = async (): Promise<void> => void (await Promise.allSettled([main.end(), keys.end()]))
  try {
    const store = new KeyStore(keys, openRoot(options.rootKey))
    await store.open()
    const removed = await passRestoreGate(keys, main, anchorFile)
    if (removed > 0) log('destroyed again after a restore', { rows: removed })
    if (!(await tie(keys, main))) log('the key store belongs to another main database: keys are not swept')
    const vault: VaultContext = {
      main,
      store,
      dataKeys: new DataKeys(store, { now }),
      trace: new Trace(main),
      quota: new Quota(main, { ...defaultLimits, ...options.limits }, now),
      canaries: await readCanaries(keys),
      anchorFile,
      now,
    }
    const server = await listen(vault, { socket, tokens, onError: (error, method) => log('a request failed', { method, error: wordsOf(error) }) })
    const chores = startChores(vault, log)
    return {
      socket,
      rotate: () => rotate(vault, chores.signal),
      sweep: () => sweep(store, main, { now: now() }),
      async close() {
        await chores.stop()
        await server.close()
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}

async function readCanaries(keys: pg.Pool): Promise<Set<string>> {
  const { rows } = await keys.query<{ name: string }>(`select tenant_id || '/' || person_id as name from canaries`)
  return new Set(rows.map((row) => row.name))
}

/** Rotates, and tells every tenant's log that its keys were changed. */
async function rotate(vault: VaultContext, signal: AbortSignal): Promise<Rotation | null> {
  const rotation = await rotateEpoch(vault.store, { signal })
  const tenants = (rotation?.tenants ?? []).filter((tenantId) => tenantId !== PLATFORM)
  const events = tenants.map((tenantId) =>
    toLogEvent({ event: 'keys.rotated', tenantId, actor: platform, door: 'vault rotation', purpose: null, personIds: [], details: { epoch: rotation?.epoch ?? 0 } }, vault.now()),
  )
  for (let i = 0; i < events.length; i += 500) await vault.trace.write(events.slice(i, i + 500))
  return rotation
}
const platform = { kind: 'platform', id: null, role: 'platform' } as const

/** What the process does by itself: forgets each minute, looks each hour whether keys are due for rotation or sweeping. */
function startChores(vault: VaultContext, log: NonNullable<VaultOptions['log']>): { signal: AbortSignal; stop: () => Promise<void> } {
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()
  const run = (name: string, chore: () => Promise<void>): void => {
    running = running
      .then(() => (stopping.signal.aborted ? undefined : chore()))
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) log(`${name} failed and will be tried again`, { error: wordsOf(error) })
      })
  }
  const minutely = async (): Promise<void> => {
    vault.dataKeys.expire()
    vault.quota.expire()
    await vault.store.reload()
    vault.canaries = await readCanaries(vault.store.pool)
  }
  const hourly = async (): Promise<void> => {
    if (await isRotationDue(vault.store)) await rotate(vault, stopping.signal)
    const swept = await sweep(vault.store, vault.main, { now: vault.now() })
    if (swept > 0) log('keys of uncommitted work swept', { keys: swept })
  }
  const timers = [
    setInterval(() => run('minutely work', minutely), MINUTE_MS),
    setInterval(() => run('hourly work', hourly), HOUR_MS),
    setTimeout(() => run('hourly work', hourly), MINUTE_MS),
  ]
  return {
    signal: stopping.signal,
    async stop() {
      stopping.abort()
      for (const timer of timers) clearTimeout(timer)
      await running
    },
  }
}
