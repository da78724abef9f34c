/** Results as a person reads them. */
import type { ImportResult } from './import.ts'
import type { Layer } from './layers.ts'
import type { LogResult } from './log.ts'
import type { CaseResult, Measured } from './measure.ts'
import type { LiveResult } from './live.ts'
import type { Memory } from './memory.ts'
import { growthOf, targets, type Verdict } from './verdicts.ts'
import type { WholeResult } from './whole.ts'

export type LayersOfCase = { title: string; layers: Layer[] }

export const word = (isMet: boolean): string => (isMet ? 'met' : 'MISSED')
const cell = (value: number, digits: number, width = 10): string => value.toFixed(digits).padStart(width)
const cpu = ({ cpuMsPerOp }: Measured): string =>
  Object.entries(cpuMsPerOp)
    .map(([name, ms]) => `${name} ${ms.toFixed(2)}`)
    .join(', ')
const sumOf = (parts: Record<string, number>): number => Object.values(parts).reduce((sum, part) => sum + part, 0)

export function printCases(results: readonly CaseResult[]): void {
  console.log(`${'part'.padEnd(46)}${['product/s', 'floor/s', 'ratio', 'by cpu', 'target', 'p99 ms', 'floor p99', 'times'].map((name) => name.padStart(10)).join('')}`)
  for (const { title, product, floor, ratio, cpuRatio, p99Ratio, target, isMet } of results) {
    const numbers = [
      cell(product.opsPerS, 0),
      cell(floor.opsPerS, 0),
      cell(ratio, 2),
      cell(cpuRatio, 2),
      cell(target, 2),
      cell(product.p99Ms, 1),
      cell(floor.p99Ms, 1),
      cell(p99Ratio, 1),
    ]
    console.log(`${title.padEnd(46)}${numbers.join('')}  ${word(isMet)}`)
  }
  console.log('\nprocessor time per act, ms')
  for (const { title, product, floor } of results) console.log(`  ${title}\n    product: ${cpu(product)}\n    floor:   ${cpu(floor)}`)
}

export function printLayers(cases: readonly LayersOfCase[]): void {
  if (cases.length > 0) console.log('\nwhere the time of one act goes when nobody else asks, ms')
  for (const { title, layers } of cases) {
    console.log(`  ${title}: ${layers.reduce((sum, { msPerOp }) => sum + msPerOp, 0).toFixed(2)}`)
    for (const { name, msPerOp } of layers) if (msPerOp >= 0.01) console.log(`  ${cell(msPerOp, 2)}  ${name}`)
  }
}

export function printImport({ rows, checkedPerS, importedPerS, floorPerS, ratio, firstQuarterS, lastQuarterS, memoryMb }: ImportResult): void {
  console.log(
    `\nimport of ${rows.toLocaleString('en')} rows: checked ${checkedPerS.toFixed(0)}/s, imported ${importedPerS.toFixed(0)}/s, floor's bulk insert ${floorPerS.toFixed(0)}/s`,
  )
  console.log(`  from upload to the last row ${ratio.toFixed(3)} of the floor (target ${targets.importRatio})  ${word(ratio >= targets.importRatio)}`)
  const growth = lastQuarterS / firstQuarterS
  console.log(`  first quarter ${firstQuarterS.toFixed(1)} s, last quarter ${lastQuarterS.toFixed(1)} s  ${word(growth <= targets.linear)}`)
  for (const [name, mb] of Object.entries(memoryMb))
    console.log(`  ${name.padEnd(8)}${mb.early.toFixed(0)} MB early, ${mb.highest.toFixed(0)} MB at its highest  ${word(growthOf(mb) <= targets.flat)}`)
}

export function printLog({ events, phases, floorMs }: LogResult): void {
  console.log(`\nlog of ${events.toLocaleString('en')} events; the floor's bare inserts took ${(floorMs / 1000).toFixed(1)} s`)
  for (const { name, tookMs, earlyMb, highestMb } of phases) {
    console.log(
      `  ${name.padEnd(8)}${(tookMs / 1000).toFixed(1)} s, ${((events / tookMs) * 1000).toFixed(0)}/s; ${(floorMs / tookMs).toFixed(2)} of the floor; memory ${earlyMb.toFixed(0)} MB early, ${highestMb.toFixed(0)} MB at its highest  ${word(growthOf({ early: earlyMb, highest: highestMb }) <= targets.flat)}`,
    )
  }
}

export function printMemory({ restMb, loadMb }: Memory): void {
  const line = (parts: Record<string, number>, target: number): string =>
    `${sumOf(parts).toFixed(0)} MB (${Object.entries(parts)
      .map(([name, mb]) => `${name} ${mb.toFixed(0)}`)
      .join(', ')}), target ${target}  ${word(sumOf(parts) <= target)}`
  console.log(`\nmemory at rest    ${line(restMb, targets.restMb)}\nmemory under load ${line(loadMb, targets.loadMb)}`)
}

/** Times of one act under load, with few people and with many. */
export function printScale(small: { people: number; cases: CaseResult[] }, large: { people: number; cases: CaseResult[] }): void {
  console.log(`\ngrowth from ${small.people.toLocaleString('en')} to ${large.people.toLocaleString('en')} people, time of one act by processor, times (target ${targets.scale})`)
  for (const { name, title, product } of small.cases) {
    const after = large.cases.find((each) => each.name === name)?.product
    if (!after) continue
    const times = sumOf(after.cpuMsPerOp) / sumOf(product.cpuMsPerOp)
    console.log(`  ${title.padEnd(46)}${cell(times, 2)}  (throughput ${(product.opsPerS / after.opsPerS).toFixed(2)})  ${word(times <= targets.scale)}`)
  }
}

export function printLive({ leads, p50Ms, p99Ms, missed }: LiveResult): void {
  console.log(`\nfrom a lead's request to the event in an open tray, ${leads} leads one by one: p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, never told ${missed}`)
}

export function printWhole({ firstStartS, fillS, secondStartS, people, restMb, databasesMb }: WholeResult): void {
  console.log(
    `\nnpm start: first ${firstStartS.toFixed(1)} s (of them ${fillS.toFixed(1)} s filling in ${people.toLocaleString('en')} people), second ${secondStartS.toFixed(1)} s`,
  )
  const parts = Object.entries(restMb).map(([name, mb]) => `${name} ${mb.toFixed(0)}`)
  console.log(`  at rest ${sumOf(restMb).toFixed(0)} MB (${parts.join(', ')}), databases beside it ${databasesMb.toFixed(0)} MB  ${word(sumOf(restMb) <= targets.restMb)}`)
}

/** The promises once more, so that a run ends with what was missed. */
export function printVerdicts(verdicts: readonly Verdict[], cores: number): void {
  const missed = verdicts.filter(({ isMet }) => !isMet)
  console.log(`\n${verdicts.length - missed.length} of ${verdicts.length} promises met on ${cores} cores`)
  for (const { name, value, unit, target } of missed) console.log(`  MISSED ${name}: ${value.toFixed(2)} ${unit}, promised ${target}`)
}
