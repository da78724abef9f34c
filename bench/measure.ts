/** Product and floor in turns, so that whatever else the machine does disturbs both alike. */
import type { BenchCase, Side } from './case.ts'
import { cpuMs } from './children.ts'
import type { Driver } from './driver.ts'

export type Measured = { opsPerS: number; p50Ms: number; p99Ms: number; ops: number; /** Processor time per act, by process. */ cpuMsPerOp: Record<string, number> }
export type CaseResult = {
  name: string
  title: string
  product: Measured
  floor: Measured
  ratio: number
  /** The floor's processor time over the product's: less disturbed by other work of the machine than throughput. */ cpuRatio: number
  p99Ratio: number
  target: number
  targetP99: number | null
  isMet: boolean
}
/** Names and pids of what works for a side; PostgreSQL counts with its backends. */
export type Meters = Record<Side, { name: string; pid: number; withChildren?: boolean }[]>
export type MeasureOptions = { connections: number; rounds: number; roundMs: number }

export async function measure(driver: Driver, meters: Meters, asked: BenchCase, { rounds, roundMs, ...usual }: MeasureOptions): Promise<CaseResult> {
  const connections = asked.connections ?? usual.connections
  const latencies: Record<Side, number[]> = { product: [], floor: [] }
  const tookMs: Record<Side, number> = { product: 0, floor: 0 }
  const spent: Record<Side, Record<string, number>> = { product: {}, floor: {} }
  for (const side of ['product', 'floor'] as const) await driver.play({ case: asked.name, side, connections, ms: roundMs / 2 })
  for (let round = 0; round < rounds; round++) {
    // Whoever begins is not always the same.
    for (const side of round % 2 ? (['floor', 'product'] as const) : (['product', 'floor'] as const)) {
      const before = readMeters(meters[side])
      const result = await driver.play({ case: asked.name, side, connections, ms: roundMs })
      const after = readMeters(meters[side])
      for (const name of Object.keys(after)) spent[side][name] = (spent[side][name] ?? 0) + (after[name] ?? 0) - (before[name] ?? 0)
      latencies[side].push(...result.latenciesMs)
      tookMs[side] += result.tookMs
    }
  }
  const [product, floor] = [summary(latencies.product, tookMs.product, spent.product), summary(latencies.floor, tookMs.floor, spent.floor)]
  const ratio = product.opsPerS / floor.opsPerS
  const p99Ratio = product.p99Ms / floor.p99Ms
  return {
    name: asked.name,
    title: asked.title,
    product,
    floor,
    ratio,
    cpuRatio: cpuOf(floor) / cpuOf(product),
    p99Ratio,
    target: asked.target,
    targetP99: asked.targetP99,
    isMet: ratio >= asked.target && (asked.targetP99 === null || p99Ratio <= asked.targetP99),
  }
}

const cpuOf = ({ cpuMsPerOp }: Measured): number => Object.values(cpuMsPerOp).reduce((sum, ms) => sum + ms, 0)

export const readMeters = (meters: Meters[Side]): Record<string, number> => Object.fromEntries(meters.map(({ name, pid, withChildren }) => [name, cpuMs(pid, withChildren)]))

function summary(latenciesMs: number[], tookMs: number, spent: Record<string, number>): Measured {
  const sorted = latenciesMs.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return {
    ops: sorted.length,
    opsPerS: (sorted.length / tookMs) * 1000,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    cpuMsPerOp: Object.fromEntries(Object.entries(spent).map(([name, ms]) => [name, ms / sorted.length])),
  }
}
