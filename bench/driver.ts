import path from 'node:path'
import type { Side } from './case.ts'
import type { CaseInput } from './cases.ts'
import { startChild } from './children.ts'

export type DriverOptions = { ports: Record<Side, number>; sessions: string[]; machineKey: string; pollKeys: string[] }
export type Round = { case: string; side: Side; connections: number; ms: number }
export type RoundResult = { latenciesMs: number[]; tookMs: number; answersPerOp: number; problem?: string }
export type Driver = { pid: number; play: (round: Round) => Promise<RoundResult>; stop: () => Promise<void> }

/** Starts the process that asks. `play` throws an Error with what went wrong: a refused request is a fault of the bench, not a result. */
export async function startDriver(options: DriverOptions & CaseInput): Promise<Driver> {
  const child = startChild(path.join(import.meta.dirname, 'driver-process.ts'))
  child.process.send(options)
  await child.message('ready')
  return {
    pid: child.pid,
    stop: child.stop,
    async play(round) {
      child.process.send(round)
      const result = await child.message<RoundResult>('latenciesMs')
      if (result.problem) throw new Error(`${round.side}: ${result.problem}`)
      return result
    },
  }
}
