/** One act of a person at work, as it is asked of both sides. */
export type Side = 'product' | 'floor'
export type Step = {
  method: 'GET' | 'POST'
  path: string
  body?: Record<string, unknown>
  /** Who asks: somebody of the staff when left out; the machine that brings leads; the system of the so-manieth dealer; a visitor of the site, at the page's own address. */
  as?: 'machine' | 'visitor' | { dealer: number }
  isChange?: boolean
}
export type BenchCase = {
  name: string
  title: string
  /** Least share of the floor's throughput; p99 at most so many times the floor's. */
  target: number
  targetP99: number | null
  steps: (side: Side, n: number) => Step[]
  /** Rows that the last answer must have at least, by the name they go under (an empty one: the answer is the rows); null: an id or number. */
  rows: { name: string; least: number } | null
  /** Words that the last answer must have. */
  says?: string
  /** So many ask at once, when it is not the usual number. */
  connections?: number
}

/** A step prime to every list length, so that all of it is walked through and neighbours are not asked for in a row. */
const STRIDE = 7919
export const pick = <T>(list: readonly T[], n: number): T => list[(n * STRIDE) % list.length] as T
