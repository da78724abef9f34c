import path from 'node:path'
import type { DatabaseConnection } from '../server/platform/config/runtime.ts'
import { startChild, type BenchChild } from './children.ts'

export type FloorOptions = { database: DatabaseConnection; tenantId: string; operatorId: string; leadActivityId: string }

/** Starts the floor and answers with its port. */
export async function startFloor(options: FloorOptions): Promise<BenchChild & { port: number }> {
  const child = startChild(path.join(import.meta.dirname, 'floor-server.ts'))
  child.process.send(options)
  const { port } = await child.message<{ port: number }>('port')
  return { ...child, port }
}
