import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { logKey, sealOnce, type SealerOptions } from '../server/audit/index.ts'
import { testPool, type FreshDatabase } from './database.ts'

/** The sealer of a test: `seal()` puts all that is committed by now under a signed head. `key` and `headsDir` are what a verifier needs. */
export type TestSealer = SealerOptions & { folder: string; keyFile: string; seal: () => Promise<void>; close: () => Promise<void> }

export function openSealer(database: FreshDatabase, owner: pg.Pool): TestSealer {
  const folder = mkdtempSync(path.join(tmpdir(), 'infotech-log-'))
  const keyFile = path.join(folder, 'log.key')
  const options = { pool: testPool(database.worker, 2), key: logKey(keyFile), headsDir: path.join(folder, 'heads') }
  options.pool.on('error', () => undefined)
  const close = async (): Promise<void> => {
    await options.pool.end()
    rmSync(folder, { recursive: true, force: true })
  }
  const seal = async (): Promise<void> => {
    await settled(owner)
    await sealOnce(options)
  }
  return { ...options, folder, keyFile, seal, close }
}

/** Tests beside this one share the cluster and its transaction numbers: the sealer leaves what may still be in flight to its next round. */
async function settled(owner: pg.Pool): Promise<void> {
  const {
    rows: [from],
  } = await owner.query<{ next: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as next')
  for (const deadline = Date.now() + 20_000; ; await sleep(10)) {
    const {
      rows: [now],
    } = await owner.query<{ is_settled: boolean }>('select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as is_settled', [from?.next])
    if (now?.is_settled) return
    if (Date.now() > deadline) throw new Error('a transaction beside this test has been open for 20 s')
  }
}
