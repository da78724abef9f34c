/**
 * What all stories share: the dealership they happen at, the batch they are written into, and the person they are about.
 * Nothing lies in the future but what is planned, and nobody is held past the law: `finish` refuses to keep a person without a live ground.
 */
import type { Channel } from '../../contract/consent/consent.ts'
import type { Facts, SealItem } from '../vault/index.ts'
import { factory, type Factory, modelPicker, plateOf } from './cars.ts'
import type { DemoCompany, DemoEmployee, DemoModel, DemoOutlet } from './network.ts'
import { type DrawnContact, type PeopleSource, peopleOf } from './people.ts'
import type { Random } from './random.ts'
import { holdUntil } from './register.ts'
import type { Row, Rows, Table } from './rows.ts'
import { afterWorking, beforeWorking, localDate } from './working-time.ts'

/** Some people with all their rows, facts still open. Plain objects in the columns of the tables. */
export type DemoBatch = { tenantId: string; rows: Rows; items: SealItem[]; objections: OpenObjection[] }
/** A "no" before its address is hashed. */
export type OpenObjection = { id: string; address: string; channel: Channel; how: string; byId: string | null; at: Date }

export type Dealership = {
  random: Random
  /** A stream of its own: what people say of advertising does not shift the rest of their story. */
  sayings: Random
  /** Channel and address that have an objection already. */
  objected: Set<string>
  company: DemoCompany
  models: readonly DemoModel[]
  pickModel: (random: Random) => DemoModel
  vins: Factory
  people: PeopleSource
  demoCars: Row<'stockVehicles'>[]
  /** UTC milliseconds: the day the network is shown on. */
  now: number
  batch: DemoBatch
}

type Hold = { activity: Row<'activities'>; basis: string; since: number; until: number | null; evidence: Record<string, string> }
export type Person = {
  id: string
  outlet: DemoOutlet
  contact: DrawnContact
  createdAt: number
  touchedAt: number
  responsible: DemoEmployee | null
  specialist: DemoEmployee | null
  holds: Hold[]
}

export const emptyBatch = (tenantId: string): DemoBatch => ({ tenantId, rows: {}, items: [], objections: [] })

export function dealershipOf(random: Random, company: DemoCompany, models: readonly DemoModel[], now: number): Omit<Dealership, 'demoCars'> {
  return {
    random,
    sayings: random.fork('sayings'),
    objected: new Set(),
    company,
    models,
    pickModel: modelPicker(models),
    vins: factory(company.factoryLine),
    people: peopleOf(random.fork('people'), company.key),
    now,
    batch: emptyBatch(company.tenant.tenantId),
  }
}

export function put<T extends Table>(shop: Dealership, table: T, row: Row<T>): void {
  const rows: Rows = shop.batch.rows
  const list = (rows[table] ??= []) as Row<T>[]
  list.push(row)
}

export const sourceOf = (shop: Dealership, code: string): Row<'leadSources'> => found(shop.company.sources, (source) => source.code === code, code)
export const activityOf = (shop: Dealership, code: string): Row<'activities'> => found(shop.company.activities, (activity) => activity.code === code, code)

function found<T>(list: readonly T[], fits: (one: T) => boolean, name: string): T {
  const one = list.find(fits)
  if (!one) throw new RangeError(`the company has no ${name}`)
  return one
}

/** Someone of a role who works at this outlet, else anywhere in the company, else nobody. */
export function someone(shop: Dealership, role: string, outlet: DemoOutlet, random: Random = shop.random): DemoEmployee | null {
  const all = shop.company.staff.filter((employee) => employee.role === role)
  const here = all.filter((employee) => employee.outletId === null || employee.outletId === outlet.id)
  const list = here.length > 0 ? here : all
  return list.length > 0 ? random.pick(list) : null
}

/** The seller of a deal. Where an outlet has none, the head of sales leads it. */
export function sellerAt(shop: Dealership, outlet: DemoOutlet): DemoEmployee {
  const seller = someone(shop, 'seller', outlet) ?? someone(shop, 'head_of_sales', outlet)
  if (!seller) throw new RangeError('the dealer has nobody who sells')
  return seller
}

/** A new person of the dealer, with a sealed contact. Two thirds come to the first outlet. */
export function meet(shop: Dealership, outlet: DemoOutlet, at: number): Person {
  const { random } = shop
  const contact = shop.people.next(outlet.address.split(',')[0] ?? '')
  const person = { id: random.uuid(at), outlet, contact, createdAt: at, touchedAt: at, responsible: null, specialist: null, holds: [] }
  shop.batch.items.push({ personId: person.id, class: 'contact', recordId: person.id, version: 1, facts: contact })
  return person
}

export const anyOutlet = (shop: Dealership): DemoOutlet => {
  const [first, ...rest] = shop.company.outlets
  if (!first) throw new RangeError('the dealer has no outlet')
  return rest.length > 0 && shop.random.chance(1 / 3) ? shop.random.pick(rest) : first
}

export const touch = (person: Person, at: number): void => {
  person.touchedAt = Math.max(person.touchedAt, at)
}

type Spoken = Pick<Row<'interactions'>, 'kind' | 'result'> & {
  at: number
  by: DemoEmployee | null
  leadId?: string | null
  dealId?: string | null
  text?: string | null
  isAutomatic?: boolean
}

/** A contact on the timeline; its text, when there is one, is a fact of class communication. */
export function log(shop: Dealership, person: Person, said: Spoken): void {
  const id = shop.random.uuid(said.at)
  put(shop, 'interactions', {
    tenantId: shop.batch.tenantId,
    id,
    personId: person.id,
    leadId: said.leadId ?? null,
    dealId: said.dealId ?? null,
    kind: said.kind,
    result: said.result,
    isAutomatic: said.isAutomatic ?? false,
    hasText: Boolean(said.text),
    byId: said.by?.id ?? null,
    at: new Date(said.at),
  })
  if (said.text) remember(shop, person, id, said.text)
  touch(person, said.at)
}

/** Seals what was said, under the id of the lead or the contact it belongs to. */
export function remember(shop: Dealership, person: Person, recordId: string, text: string): void {
  shop.batch.items.push({ personId: person.id, class: 'communication', recordId, version: 1, facts: { text } })
}

type Owned = { relation: 'owns' | 'trade_in' | 'bought_here'; model: DemoModel | null; year: number; since: number | null }

/** A car of the person. Cars of other makes have a plate only: we invent no VIN of a real factory. */
export function ownCar(shop: Dealership, person: Person, car: Owned): void {
  const id = shop.random.uuid(person.createdAt)
  put(shop, 'personVehicles', {
    tenantId: shop.batch.tenantId,
    id,
    personId: person.id,
    modelId: car.model?.id ?? null,
    year: car.year,
    relation: car.relation,
    since: car.since === null ? null : localDate(person.outlet, car.since),
  })
  const facts: Facts['vehicle'] = { plate: plateOf(shop.random, shop.company.plateRegion) }
  if (car.model) facts.vin = shop.vins.vin(car.model, car.year)
  shop.batch.items.push({ personId: person.id, class: 'vehicle', recordId: id, version: 1, facts })
}

/** The next step: mostly in the working days ahead, some already late. */
export function plan(shop: Dealership, person: Person, what: { kind: string; leadId?: string | null; dealId?: string | null; responsible: DemoEmployee }): void {
  const { random, now } = shop
  const due = random.chance(0.2) ? beforeWorking(person.outlet, now, random.int(10, 400)) : afterWorking(person.outlet, now, random.int(20, 2_600))
  put(shop, 'tasks', {
    tenantId: shop.batch.tenantId,
    id: random.uuid(now),
    personId: person.id,
    leadId: what.leadId ?? null,
    dealId: what.dealId ?? null,
    kind: what.kind,
    responsibleId: what.responsible.id,
    dueAt: new Date(due),
    doneAt: null,
  })
}

/** Held without an end: the lead or the deal is alive. */
export function holdOpen(shop: Dealership, person: Person, code: string, since: number, evidence: Record<string, string>): void {
  const activity = activityOf(shop, code)
  person.holds.push({ activity, basis: activity.bases[0] ?? 'contract', since, until: null, evidence })
}

/** Held for the register's term after `ended`. A term that is already over holds nobody and is left out. */
export function hold(shop: Dealership, person: Person, code: string, since: number, ended: number, evidence: Record<string, string>): void {
  const activity = activityOf(shop, code)
  const until = holdUntil(activity, new Date(ended), person.outlet.timeZone).getTime()
  if (until > shop.now) person.holds.push({ activity, basis: activity.bases[0] ?? 'contract', since, until, evidence })
}
