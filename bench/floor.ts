import path from 'node:path'
import type { DatabaseConnection } from '../server/platform/config/runtime.ts'
import type { BenchDistributor } from './distributor.ts'
import type { Filled } from './fill.ts'
import { startChild, type BenchChild } from './children.ts'

export type FloorOptions = {
  database: DatabaseConnection
  tenantId: string
  operatorId: string
  leadActivityId: string
  dealer: Pick<Filled, 'tenantId' | 'outletId' | 'importerId' | 'leadActivityId'>
  distributor: BenchDistributor
  /** How the modules read what they hold about a person, as they declare it for the answer to the person. */
  reads: { table: string; sql: string }[]
}

/** Starts the floor and answers with its port. */
export async function startFloor(options: FloorOptions): Promise<BenchChild & { port: number }> {
  const child = startChild(path.join(import.meta.dirname, 'floor-server.ts'))
  child.process.send(options)
  const { port } = await child.message<{ port: number }>('port')
  return { ...child, port }
}
