/**
 * npm run bench: the product beside a floor that does the same SQL without rights, row security, sealing or log.
 *   --json             one JSON object instead of tables
 *   --only card,lead   some parts only: card clients phone prefix typo lead interaction consent site-page lms import live site-form pack destroy log whole
 *   --full             a million people beside ten thousand: takes half an hour the first time
 *   --people 1000000   another number of people (100,000 when left out)
 *   --scale 10000      the reading parts once more with so many people: what growth costs
 *   --rows 100000      rows of the imported file; --events 1000000 events of the log; --gone 10000 people who are destroyed, half of all at most
 *   --profile folder   processor profiles of the product's processes
 *   --seconds 4        length of a round; --rounds 3 rounds of each side
 */
import os from 'node:os'
import { parseArgs } from 'node:util'
import { allPersonalData } from '../server/personal-data.ts'
import type { BenchCase } from './case.ts'
import { benchCases } from './cases.ts'
import { measureDestroy, type DestroyResult } from './destroy.ts'
import { startDriver, type Driver } from './driver.ts'
import { startFloor } from './floor.ts'
import { measureImport, type ImportResult } from './import.ts'
import { layersOf } from './layers.ts'
import { measureLive, type LiveResult } from './live.ts'
import { measureLog, type LogResult } from './log.ts'
import { measure, type CaseResult, type Meters } from './measure.ts'
import { watchMemory, type Memory } from './memory.ts'
import { networkVerdicts } from './network-verdicts.ts'
import { measurePack, type PackResult } from './pack.ts'
import { startProduct, type Product } from './product.ts'
import { searchesOf, tokensOf } from './queries.ts'
import { printCases, printImport, printLayers, printLive, printLog, printMemory, printScale, printVerdicts, printWhole, type LayersOfCase } from './report.ts'
import { printDestroy, printForm, printPack, printWeight } from './report-network.ts'
import { measureForm, type FormResult } from './site-form.ts'
import { measureWeight, type PageWeight } from './site-weight.ts'
import { verdictsOf, type Verdict } from './verdicts.ts'
import { measureWhole, type WholeResult } from './whole.ts'
import { openWorld, type World } from './world.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    people: { type: 'string' },
    scale: { type: 'string' },
    rows: { type: 'string', default: '100000' },
    events: { type: 'string', default: '1000000' },
    gone: { type: 'string', default: '10000' },
    profile: { type: 'string' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
  },
})
const peopleAsked = Number(values.people ?? (values.full ? 1_000_000 : 100_000))
const scaleAsked = values.scale ?? (values.full ? '10000' : undefined)
const DEMO_PEOPLE = 20_000
const CONNECTIONS = 16
const FORMS = { single: 100, burst: 300, connections: CONNECTIONS }
const reading = ['card', 'clients', 'phone', 'prefix', 'typo', 'consent']
const only = values.only?.split(',')
const isWanted = (name: string): boolean => !only || only.includes(name)
const say = values.json ? (): void => {} : console.error
let closers: (() => Promise<unknown>)[] = []
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void closeAll().finally(() => process.exit(1)))

/** Whoever calls while it goes on waits for the same end: a server that was started is never left behind. */
let closing: Promise<void> = Promise.resolve()
function closeAll(): Promise<void> {
  const all = closers
  closers = []
  closing = closing.then(async () => {
    for (const close of all.toReversed()) await close()
  })
  return closing
}

export type Findings = {
  people: number
  interactions: number
  cases: CaseResult[]
  layers: LayersOfCase[]
  memory: Memory
  import: ImportResult | null
  live: LiveResult | null
  weight: PageWeight[]
  form: FormResult | null
  pack: PackResult | null
  destroy: DestroyResult | null
  log: LogResult | null
}

let isMet = false

try {
  const findings = await measureWorld(peopleAsked, isWanted)
  const small = scaleAsked ? await measureWorld(Number(scaleAsked), (name) => isWanted(name) && reading.includes(name)) : null
  if (isWanted('whole')) say('starting everything on an empty folder, twice')
  const whole = isWanted('whole') ? await measureWhole(DEMO_PEOPLE) : null
  const verdicts = [...verdictsOf(findings, small, whole), ...networkVerdicts(findings)]
  isMet = verdicts.every((each) => each.isMet)
  if (values.json) console.log(JSON.stringify({ cores: os.availableParallelism(), ...findings, scale: small, whole, verdicts }))
  else print(findings, small, whole, verdicts)
} finally {
  await closeAll()
}
process.exit(isMet ? 0 : 1)

async function measureWorld(people: number, wants: (name: string) => boolean): Promise<Findings> {
  const world = await openWorld(people, say)
  closers.push(world.close)
  const { filled, sessions, machineKey, pollKeys } = world
  const searches = searchesOf(filled.known)
  const tokens = await tokensOf(world.keys, world.rootKey, filled.tenantId, searches)
  const cases = benchCases({ filled, searches, tokens }).filter(({ name }) => wants(name))
  const floor = await startFloor({
    database: world.floor,
    tenantId: filled.tenantId,
    operatorId: filled.operators[0] ?? '',
    leadActivityId: filled.leadActivityId,
    dealer: { tenantId: filled.tenantId, outletId: filled.outletId, importerId: filled.importerId, leadActivityId: filled.leadActivityId },
    distributor: filled.distributor,
    reads: allPersonalData.flatMap(({ table, read }) => (read ? [{ table, sql: read.sql }] : [])),
  })
  closers.push(floor.stop)
  const driver = await startDriver({ ports: { product: world.webPort, floor: floor.port }, sessions, machineKey, pollKeys, filled, searches, tokens })
  closers.push(driver.stop)
  const found = await underLoad(world, driver, floor, cases, wants)
  const layers = await layerByLayer(world, driver, cases)
  const destroy = wants('destroy') ? await destroyed(world, Math.min(Number(values.gone), Math.floor(people / 2))) : null
  let log: LogResult | null = null
  if (wants('log')) {
    say(`sealing and verifying ${Number(values.events).toLocaleString('en')} events`)
    log = await measureLog({ database: world.owner, sealer: world.sealer, folder: world.folder, tenantId: filled.tenantId, events: Number(values.events) })
  }
  await closeAll()
  return { people: filled.people, interactions: filled.interactions, ...found, layers, destroy, log }
}

async function underLoad(
  world: World,
  driver: Driver,
  floor: { pid: number; port: number },
  cases: BenchCase[],
  wants: (name: string) => boolean,
): Promise<Pick<Findings, 'cases' | 'memory' | 'import' | 'live' | 'weight' | 'form' | 'pack'>> {
  const product = await startProduct(world, { profiles: values.profile })
  closers.push(product.stop)
  const memory = await watchMemory(product)
  const results: CaseResult[] = []
  for (const asked of cases) {
    say(`measuring: ${asked.title}`)
    results.push(
      await measure(driver, metersOf(world, product, driver, floor.pid), asked, {
        connections: CONNECTIONS,
        rounds: Number(values.rounds),
        roundMs: Number(values.seconds) * 1000,
      }),
    )
  }
  if (wants('live')) say('listening for leads')
  const live = wants('live') ? await measureLive(world) : null
  if (wants('import')) say(`importing ${Number(values.rows).toLocaleString('en')} rows`)
  const imported = wants('import') ? await measureImport(world, product, Number(values.rows)) : null
  const weight = wants('site-page') ? await measureWeight(world) : []
  if (wants('site-form')) say('requests by the site')
  const form = wants('site-form') ? await measureForm(world, floor.port, { ...FORMS, meters: metersOf(world, product, driver, floor.pid).product }) : null
  if (wants('pack')) say('answering a person')
  const pack = wants('pack') ? await measurePack(world, floor.port) : null
  const used = memory.stop()
  await product.stop()
  closers.pop()
  return { cases: results, memory: used, import: imported, live, weight, form, pack }
}

/** Last of all that asks about people: afterwards some are gone. */
async function destroyed(world: World, people: number): Promise<DestroyResult> {
  say(`destroying ${people.toLocaleString('en')} people`)
  const product = await startProduct(world, { profiles: values.profile })
  closers.push(product.stop)
  const result = await measureDestroy(world, product, people)
  await product.stop()
  closers.pop()
  return result
}

function metersOf({ postgresPids }: World, { web, vault, worker }: Product, driver: Driver, floorPid: number): Meters {
  const postgres = { name: 'postgres', pid: postgresPids[0] ?? 0, withChildren: true }
  const keystore = { name: 'key store', pid: postgresPids[1] ?? 0, withChildren: true }
  const asking = { name: 'asking', pid: driver.pid }
  return {
    product: [{ name: 'web', pid: web.pid }, { name: 'vault', pid: vault.pid }, { name: 'worker', pid: worker.pid }, asking, postgres, keystore],
    floor: [{ name: 'floor', pid: floorPid }, asking, postgres],
  }
}

async function layerByLayer(world: World, driver: Driver, cases: BenchCase[]): Promise<LayersOfCase[]> {
  if (cases.length === 0) return []
  say('telling the layers apart')
  const product = await startProduct(world, { isProbed: true })
  closers.push(product.stop)
  const layers: LayersOfCase[] = []
  for (const asked of cases) layers.push({ title: asked.title, layers: await layersOf(driver, product, asked) })
  await product.stop()
  closers.pop()
  return layers
}

function print(findings: Findings, small: Findings | null, whole: WholeResult | null, verdicts: Verdict[]): void {
  console.log(`\n${findings.people.toLocaleString('en')} people, ${findings.interactions.toLocaleString('en')} interactions, ${CONNECTIONS} connections\n`)
  if (findings.cases.length > 0) printCases(findings.cases)
  if (findings.import) printImport(findings.import)
  if (findings.live) printLive(findings.live)
  if (findings.weight.length > 0) printWeight(findings.weight)
  if (findings.form) printForm(findings.form)
  if (findings.pack) printPack(findings.pack)
  if (findings.destroy) printDestroy(findings.destroy)
  if (findings.log) printLog(findings.log)
  printMemory(findings.memory)
  if (small) printScale(small, findings)
  if (whole) printWhole(whole)
  printLayers(findings.layers)
  printVerdicts(verdicts, os.availableParallelism())
}
