/** Results as a person reads them. */
import type { ImportResult } from './import.ts'
import type { Layer } from './layers.ts'
import type { LogResult } from './log.ts'
import type { CaseResult, Measured } from './measure.ts'
import type { Memory } from './memory.ts'

export type LayersOfCase = { title: string; layers: Layer[] }

/** What the product promises beside throughput. */
const targets = { importRatio: 0.1, scale: 1.2, restMb: 350, loadMb: 700 }
const word = (isMet: boolean): string => (isMet ? 'met' : 'MISSED')
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

export function printImport({ rows, checkedPerS, importedPerS, floorPerS, ratio, firstQuarterS, lastQuarterS, workerMb }: ImportResult): void {
  console.log(
    `\nimport of ${rows.toLocaleString('en')} rows: checked ${checkedPerS.toFixed(0)}/s, imported ${importedPerS.toFixed(0)}/s, floor's bulk insert ${floorPerS.toFixed(0)}/s`,
  )
  console.log(`  from upload to the last row ${ratio.toFixed(3)} of the floor (target ${targets.importRatio})  ${word(ratio >= targets.importRatio)}`)
  console.log(
    `  first quarter ${firstQuarterS.toFixed(1)} s, last quarter ${lastQuarterS.toFixed(1)} s; worker ${workerMb.early.toFixed(0)} MB early, ${workerMb.highest.toFixed(0)} MB at its highest`,
  )
}

export function printLog({ events, phases }: LogResult): void {
  console.log(`\nlog of ${events.toLocaleString('en')} events`)
  for (const { name, tookMs, earlyMb, highestMb } of phases) {
    console.log(
      `  ${name.padEnd(8)}${(tookMs / 1000).toFixed(1)} s, ${((events / tookMs) * 1000).toFixed(0)}/s; memory ${earlyMb.toFixed(0)} MB early, ${highestMb.toFixed(0)} MB at its highest`,
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
