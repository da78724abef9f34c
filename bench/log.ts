import path from 'node:path'
import type { DatabaseConnection } from '../server/platform/config/runtime.ts'
import { startChild } from './children.ts'

export type LogOptions = {
  /** As the owner. */ database: DatabaseConnection
  /** As the login that may seal. */ sealer: DatabaseConnection
  folder: string
  /** Any tenant of the database; a tree of its own is best. */ tenantId: string
  events: number
}
export type LogPhase = { name: string; tookMs: number; earlyMb: number; highestMb: number }
/** `floorMs`: the same rows into a bare table without leaves, in the same batches. */
export type LogResult = { events: number; phases: LogPhase[]; floorMs: number; problem?: string }

/** Writes so many events, seals them and verifies them. The product must not run meanwhile: its sealer would do the work. */
export async function measureLog(options: LogOptions): Promise<LogResult> {
  const child = startChild(path.join(import.meta.dirname, 'log-process.ts'))
  try {
    const told = child.message<LogResult>('phases')
    child.process.send(options)
    const result = await told
    if (result.problem) throw new Error(result.problem)
    return result
  } finally {
    await child.stop()
  }
}
