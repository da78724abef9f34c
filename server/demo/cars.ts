/** Cars: what the dealer has in stock, and what people own. */
import { colours } from './model-range.ts'
import { vinOf } from './legal-ids.ts'
import type { DemoCompany, DemoModel, DemoOutlet } from './network.ts'
import { type Random, weighted } from './random.ts'
import type { Row } from './rows.ts'
import { DAY, localDate } from './working-time.ts'

/** The twelve letters that exist in both alphabets (ГОСТ Р 50577). */
const plateLetters = 'АВЕКМНОРСТУХ'

const letter = (random: Random): string => plateLetters[random.int(0, plateLetters.length - 1)] ?? 'А'
/** A plate of the company's region, in Cyrillic: А123ВС377. */
export const plateOf = (random: Random, region: string): string => `${letter(random)}${String(random.int(1, 999)).padStart(3, '0')}${letter(random)}${letter(random)}${region}`

/** Serial numbers of one dealer's cars: no VIN comes twice. */
export type Factory = { vin: (model: DemoModel, year: number) => string }
export function factory(line: string): Factory {
  let serial = 0
  return { vin: (model, year) => vinOf(model.descriptor, year, line, ++serial) }
}

export const modelPicker = (models: readonly DemoModel[]): ((random: Random) => DemoModel) => weighted(models.map((model) => [model, model.share] as const))

export const kopecks = (roubles: number): number => roubles * 100

type Kind = { condition: 'new' | 'used'; role: 'sale' | 'demo'; status: 'in_stock' | 'in_transit' | 'reserved' }
const demoCar: Kind = { condition: 'new', role: 'demo', status: 'in_stock' }
const used: Kind = { condition: 'used', role: 'sale', status: 'in_stock' }
const fresh: Kind = { condition: 'new', role: 'sale', status: 'in_stock' }
const coming: Kind = { condition: 'new', role: 'sale', status: 'in_transit' }
const reserved: Kind = { condition: 'new', role: 'sale', status: 'reserved' }
const repeat = (kind: Kind, times: number): Kind[] => Array.from({ length: times }, () => kind)
const atFirst = [...repeat(demoCar, 5), ...repeat(fresh, 46), ...repeat(coming, 12), ...repeat(reserved, 7), ...repeat(used, 16)]
const atSecond = [...repeat(demoCar, 3), ...repeat(fresh, 18), ...repeat(reserved, 3)]

function stockCar(random: Random, outlet: DemoOutlet, model: DemoModel, kind: Kind, vins: Factory, now: number): Row<'stockVehicles'> {
  const thisYear = new Date(now).getUTCFullYear()
  const isUsed = kind.condition === 'used'
  const year = isUsed ? thisYear - random.int(1, 6) : thisYear - (random.chance(0.15) ? 1 : 0)
  const trim = random.pick(model.trims)
  // A used car keeps 88 % of its price from year to year.
  const price = isUsed ? Math.round((trim.priceRoubles * 0.88 ** (thisYear - year + 1)) / 10_000) * 10_000 : trim.priceRoubles
  const arrived = now - random.int(1, isUsed ? 70 : 120) * DAY
  return {
    tenantId: outlet.tenantId,
    id: random.uuid(arrived),
    outletId: outlet.id,
    modelId: model.id,
    vin: vins.vin(model, year),
    condition: kind.condition,
    role: kind.role,
    status: kind.status,
    year,
    colour: random.pick(colours),
    trim: trim.name,
    priceKopecks: kopecks(price),
    mileageKm: isUsed ? (thisYear - year) * random.int(9_000, 22_000) : kind.role === 'demo' ? random.int(600, 6_000) : random.int(3, 40),
    arrivedOn: kind.status === 'in_transit' ? null : localDate(outlet, arrived),
  }
}

/** The dealer's cars on the day of `now`: in the hall, on the way, reserved, with mileage, and those for test drives. Sold cars belong to people and are not here. */
export function stockOf(random: Random, company: DemoCompany, models: readonly DemoModel[], vins: Factory, now: number): Row<'stockVehicles'>[] {
  const pick = modelPicker(models)
  return company.outlets.flatMap((outlet, place) =>
    (place === 0 ? atFirst : atSecond).map((kind, i) => stockCar(random, outlet, kind.role === 'demo' ? (models[i] ?? pick(random)) : pick(random), kind, vins, now)),
  )
}
