/** What the product promises, in one list: printed beside the figures, told in the JSON, and a promise that is missed ends the run with exit code 1. */
import type { Findings } from './run.ts'
import type { WholeResult } from './whole.ts'

export type Verdict = { name: string; value: number; unit: string; target: number; isMet: boolean }

export const targets = {
  importRatio: 0.1,
  /** Time of the last quarter of an import over the first's. */ linear: 1.25,
  /** Memory at its highest over what it was early, beside a floor of so many megabytes that no growth is seen below. */ flat: 1.5,
  flatMb: 96,
  /** Time of an act with a hundred times the people. */ scale: 1.2,
  restMb: 350,
  loadMb: 700,
  /** A page of the site with its style sheet, on the wire. */ pageBytes: 60 * 1024,
  /** From the form of the distributor's site to the dealer's tray. */ formMs: 1_000,
  formRatio: 0.1,
  packMs: 10_000,
}

const sumOf = (parts: Record<string, number>): number => Object.values(parts).reduce((sum, part) => sum + part, 0)
export const atLeast = (name: string, value: number, target: number, unit = 'of the floor'): Verdict => ({ name, value, unit, target, isMet: value >= target })
export const atMost = (name: string, value: number, target: number, unit: string): Verdict => ({ name, value, unit, target, isMet: value <= target })

/** Growth of memory, 1 when it stays under what is too little to tell. */
export const growthOf = ({ early, highest }: { early: number; highest: number }): number => (highest - early <= targets.flatMb ? 1 : highest / early)

export function verdictsOf(findings: Findings, small: Findings | null, whole: WholeResult | null): Verdict[] {
  const verdicts = findings.cases.flatMap(({ title, ratio, target, p99Ratio, targetP99 }) => [
    atLeast(title, ratio, target),
    ...(targetP99 === null ? [] : [atMost(`${title}: p99`, p99Ratio, targetP99, 'times the floor’s')]),
  ])
  const { import: imported, log, memory } = findings
  if (imported) {
    verdicts.push(
      atLeast('import', imported.ratio, targets.importRatio),
      atMost('import: last quarter', imported.lastQuarterS / imported.firstQuarterS, targets.linear, 'times the first'),
    )
    for (const [name, mb] of Object.entries(imported.memoryMb)) verdicts.push(atMost(`import: memory of ${name}`, growthOf(mb), targets.flat, 'times what it was early'))
  }
  for (const { name, earlyMb, highestMb } of log?.phases ?? [])
    verdicts.push(atMost(`log: memory while one does ${name}`, growthOf({ early: earlyMb, highest: highestMb }), targets.flat, 'times what it was early'))
  verdicts.push(atMost('memory at rest', sumOf(memory.restMb), targets.restMb, 'MB'), atMost('memory under load', sumOf(memory.loadMb), targets.loadMb, 'MB'))
  if (whole) verdicts.push(atMost('memory of the whole installation at rest', sumOf(whole.restMb), targets.restMb, 'MB'))
  for (const { title, product, name } of small?.cases ?? []) {
    const after = findings.cases.find((each) => each.name === name)?.product
    if (!after) continue
    verdicts.push(atMost(`growth: ${title}`, sumOf(after.cpuMsPerOp) / sumOf(product.cpuMsPerOp), targets.scale, 'times the processor time'))
    verdicts.push(atMost(`growth: ${title}, median`, after.p50Ms / product.p50Ms, targets.scale, 'times the median'))
  }
  return verdicts
}
