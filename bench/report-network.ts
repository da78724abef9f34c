/** Results of the site, the answer to a person and destruction as a person reads them. */
import type { DestroyResult } from './destroy.ts'
import type { PackResult } from './pack.ts'
import { word } from './report.ts'
import type { FormResult } from './site-form.ts'
import type { PageWeight } from './site-weight.ts'
import { growthOf, targets } from './verdicts.ts'

export function printWeight(pages: readonly PageWeight[]): void {
  console.log('\npages of the site, one visitor at a time')
  for (const { page, p50Ms, p99Ms, pageBytes, styleBytes } of pages) {
    const bytes = pageBytes + styleBytes
    console.log(
      `  ${page.padEnd(20)}p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms; ${(bytes / 1024).toFixed(1)} KB transferred (page ${(pageBytes / 1024).toFixed(1)}, style ${(styleBytes / 1024).toFixed(1)}), target ${targets.pageBytes / 1024}  ${word(bytes <= targets.pageBytes)}`,
    )
  }
}

export function printForm({ single, floorSingle, burst }: FormResult): void {
  const isFast = single.p99Ms <= targets.formMs && single.missed === 0
  console.log(
    `\nfrom a form of the distributor's site to the dealer's open tray, ${single.requests} requests one by one: p50 ${single.p50Ms.toFixed(1)} ms, p99 ${single.p99Ms.toFixed(1)} ms, target ${targets.formMs}, never told ${single.missed}  ${word(isFast)}`,
  )
  console.log(
    `  the visitor has an answer after ${single.answeredP50Ms.toFixed(1)} ms; the floor's plain inserts of both sides p50 ${floorSingle.p50Ms.toFixed(1)} ms, p99 ${floorSingle.p99Ms.toFixed(1)} ms`,
  )
  console.log(
    `  ${burst.requests} at once by ${burst.connections} connections: accepted after ${(burst.acceptedMs / 1000).toFixed(1)} s, all ${burst.arrived} at the dealer after ${(burst.arrivedMs / 1000).toFixed(1)} s; floor ${(burst.floorMs / 1000).toFixed(1)} s, ratio ${burst.ratio.toFixed(3)} (target ${targets.formRatio})  ${word(burst.ratio >= targets.formRatio && burst.arrived === burst.requests)}`,
  )
  const parts = Object.entries(burst.cpuMsPerRequest).map(([name, ms]) => `${name} ${ms.toFixed(1)}`)
  console.log(`  processor time per request of the burst, ms: ${parts.join(', ')}`)
}

export function printPack({ events, packs, p50Ms, worstMs, floorP50Ms, pdfBytes, jsonBytes }: PackResult): void {
  console.log(
    `\nanswer to a person with ${events.toLocaleString('en')} events, ${packs} times: p50 ${(p50Ms / 1000).toFixed(1)} s, worst ${(worstMs / 1000).toFixed(1)} s, target ${targets.packMs / 1000}; the floor reads the same rows in ${floorP50Ms.toFixed(0)} ms; PDF ${(pdfBytes / 1024).toFixed(0)} KB, JSON ${(jsonBytes / 1024).toFixed(0)} KB  ${word(worstMs <= targets.packMs)}`,
  )
}

export function printDestroy({ people, perS, floorPerS, ratio, firstQuarterS, lastQuarterS, memoryMb, left }: DestroyResult): void {
  console.log(
    `\ndestruction of ${people.toLocaleString('en')} people: ${perS.toFixed(0)}/s, floor's bulk deletes ${floorPerS.toFixed(0)}/s, ratio ${ratio.toFixed(3)}; rows of theirs left ${left}  ${word(left === 0)}`,
  )
  console.log(`  first quarter ${firstQuarterS.toFixed(1)} s, last quarter ${lastQuarterS.toFixed(1)} s  ${word(lastQuarterS / firstQuarterS <= targets.linear)}`)
  for (const [name, mb] of Object.entries(memoryMb))
    console.log(`  ${name.padEnd(8)}${mb.early.toFixed(0)} MB early, ${mb.highest.toFixed(0)} MB at its highest  ${word(growthOf(mb) <= targets.flat)}`)
}
