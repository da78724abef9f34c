/**
 * Two years of a dealer, told person by person in the order of their coming, handed out in batches, so that memory stays flat however many people there are.
 */
import type { DemoCompany, DemoNetwork } from './network.ts'
import { createRandom, weighted } from './random.ts'
import { stockOf } from './cars.ts'
import { arrivals } from './rhythm.ts'
import { type Outcome, tellSale } from './sales-story.ts'
import { tellService } from './service-story.ts'
import { type DemoBatch, type Dealership, dealershipOf, emptyBatch, put } from './telling.ts'
import { tellToday, todayCount } from './today.ts'
import { DAY } from './working-time.ts'

/** Twenty-four months. */
export const historyDays = 730

type Story = Outcome | 'service'
/**
 * Who is still here of those who came long ago: buyers and service clients by the law on accounting, and of the others only those whose consent or test drive holds them.
 * Most who merely asked were destroyed thirty days after, so they are few. Of the last weeks everybody is here, in the proportions in which people really come.
 */
const longAgo = weighted<Story>([
  ['service', 56],
  ['won', 19],
  ['lost', 13],
  ['no_deal', 12],
])
const lately = weighted<Story>([
  ['service', 45],
  ['won', 14],
  ['lost', 18],
  ['no_deal', 23],
])
const LATELY = 60 * DAY

/** `people`: how many of this dealer; at least `todayCount`. `now`: the moment the demo is shown at. `batchSize`: people in a batch. */
export type HistoryOptions = { people: number; now: Date; batchSize?: number }

function tellOne(shop: Dealership, at: number): void {
  const story = shop.now - at > LATELY ? longAgo(shop.random) : lately(shop.random)
  if (story === 'service') tellService(shop, at)
  else tellSale(shop, at, story)
}

/**
 * Batches of people with all their rows and open facts, in the order of their coming. The first batch also holds the dealer's stock.
 * The same network, people and moment give the same rows. Throws RangeError when there are fewer people than today needs.
 */
export function* dealerHistory(network: DemoNetwork, company: DemoCompany, { people, now, batchSize = 1000 }: HistoryOptions): Generator<DemoBatch> {
  if (people < todayCount) throw new RangeError(`a dealer has at least ${todayCount} people`)
  const random = createRandom(`${network.seed}/history/${company.key}`)
  const first = company.outlets[0]
  if (!first) throw new RangeError('the dealer has no outlet')
  const half = dealershipOf(random, company, network.models, now.getTime())
  const stock = stockOf(random.fork('stock'), company, network.models, half.vins, half.now)
  const shop: Dealership = { ...half, demoCars: stock.filter((car) => car.role === 'demo') }
  for (const car of stock) put(shop, 'stockVehicles', car)
  let told = 0
  for (const at of arrivals(random.fork('arrivals'), first, people - todayCount, historyDays, half.now - 2 * 3_600_000)) {
    tellOne(shop, at)
    if (++told % batchSize !== 0) continue
    yield shop.batch
    shop.batch = emptyBatch(company.tenant.tenantId)
  }
  tellToday(shop)
  yield shop.batch
}
