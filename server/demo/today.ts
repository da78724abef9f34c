/**
 * What burns at the very moment the demo is opened: new leads of the last hour, some already missed, some with nobody's name on them, a few taken but not called,
 * and test drives booked for the days ahead. Missed is counted in working minutes, so at three in the morning nothing burns but what was missed before closing.
 */
import { finish } from './ending.ts'
import { responsibleFor, salesInterest } from './lead-story.ts'
import type { DemoOutlet } from './network.ts'
import { leadComments } from './phrases.ts'
import type { Row } from './rows.ts'
import { anyOutlet, type Dealership, holdOpen, log, meet, type Person, plan, put, remember, sourceOf } from './telling.ts'
import { afterWorking, beforeWorking, nextOpen, openSpan } from './working-time.ts'

const FRESH = 12
const MISSED = 5
const UNCALLED = 3
const BOOKED = 8
/** How many people of each dealer these stories need. */
export const todayCount = FRESH + MISSED + UNCALLED + BOOKED

type Wanted = { interest: string; source: string; isAssigned: boolean }

function newLead(shop: Dealership, outlet: DemoOutlet, at: number, wanted: Wanted): { person: Person; row: Row<'leads'> } {
  const person = meet(shop, outlet, at)
  const responsible = responsibleFor(shop, person)
  person.responsible = wanted.isAssigned ? responsible : null
  const id = shop.random.uuid(at)
  const lastRule = shop.company.rules.at(-1)
  const row: Row<'leads'> = {
    tenantId: shop.batch.tenantId,
    id,
    personId: person.id,
    sourceId: sourceOf(shop, wanted.source).id,
    outletId: outlet.id,
    departmentKind: 'sales',
    responsibleId: wanted.isAssigned ? responsible.id : null,
    interest: wanted.interest,
    modelId: shop.pickModel(shop.random).id,
    status: 'new',
    result: null,
    assignedBecause: lastRule ? (wanted.isAssigned ? `rule_least|${lastRule.name}|2` : `rule_nobody|${lastRule.name}`) : 'no_rule',
    externalRef: id.slice(-12),
    receivedAt: new Date(at),
    takenAt: null,
    firstContactAt: null,
    closedAt: null,
    escalatedAt: null,
  }
  put(shop, 'leads', row)
  if (shop.random.chance(0.7)) remember(shop, person, id, shop.random.pick(leadComments))
  holdOpen(shop, person, 'lead', at, { leadId: id })
  return { person, row }
}

const sources = ['site', 'classifieds', 'importer', 'site', 'api', 'mail'] as const

function freshLeads(shop: Dealership): void {
  for (let i = 0; i < FRESH; i++) {
    const at = shop.now - (2 + (FRESH - 1 - i) * 4.6 + shop.random.next()) * 60_000
    const { person } = newLead(shop, anyOutlet(shop), at, { interest: salesInterest(shop), source: sources[i % sources.length] ?? 'site', isAssigned: i % 3 !== 0 })
    finish(shop, person)
  }
}

function missedLeads(shop: Dealership): void {
  for (let i = 0; i < MISSED; i++) {
    const outlet = anyOutlet(shop)
    const at = beforeWorking(outlet, shop.now, 75 + i * 34)
    const { person, row } = newLead(shop, outlet, at, { interest: i % 2 === 0 ? 'new_car' : 'test_drive', source: sources[i % sources.length] ?? 'site', isAssigned: i !== 1 })
    if (i > 2) row.escalatedAt = new Date(afterWorking(outlet, at, 60))
    finish(shop, person)
  }
}

function uncalledLeads(shop: Dealership): void {
  for (let i = 0; i < UNCALLED; i++) {
    const outlet = anyOutlet(shop)
    const at = beforeWorking(outlet, shop.now, 55 + i * 25)
    const { person, row } = newLead(shop, outlet, at, { interest: 'new_car', source: 'site', isAssigned: true })
    row.status = 'in_work'
    row.takenAt = new Date(afterWorking(outlet, at, 6))
    if (i === 0) log(shop, person, { kind: 'call_out', result: 'no_answer', at: afterWorking(outlet, at, 20), by: person.responsible, leadId: row.id })
    finish(shop, person)
  }
}

/** Free hours of a car from tomorrow's opening on; two people never get one slot. */
function* slots(outlet: DemoOutlet, cars: readonly Row<'stockVehicles'>[], now: number): Generator<{ car: Row<'stockVehicles'>; startsAt: number }> {
  let at = nextOpen(outlet, now) + 2 * 3_600_000
  for (let turn = 0; ; turn++) {
    at = nextOpen(outlet, Math.ceil(at / 3_600_000) * 3_600_000)
    const closes = openSpan(outlet, at)?.to ?? at
    const car = cars[turn % cars.length]
    if (car && at + 3_600_000 <= closes) yield { car, startsAt: at }
    at += 2 * 3_600_000
  }
}

function bookedDrives(shop: Dealership): void {
  const { random, now, batch } = shop
  const outlet = shop.company.outlets[0]
  if (!outlet) return
  const free = slots(
    outlet,
    shop.demoCars.filter((car) => car.outletId === outlet.id),
    now,
  )
  for (let i = 0; i < BOOKED; i++) {
    const at = beforeWorking(outlet, now, 400 + i * 190)
    const { person, row: lead } = newLead(shop, outlet, at, { interest: 'test_drive', source: 'site', isAssigned: true })
    const responsible = person.responsible ?? responsibleFor(shop, person)
    const openedAt = new Date(afterWorking(outlet, at, 12))
    Object.assign(lead, {
      status: 'closed',
      result: 'deal',
      takenAt: new Date(afterWorking(outlet, at, 4)),
      firstContactAt: new Date(afterWorking(outlet, at, 10)),
      closedAt: openedAt,
    })
    log(shop, person, { kind: 'call_out', result: 'visit_planned', at: afterWorking(outlet, at, 10), by: responsible, leadId: lead.id, text: 'Записали на тест-драйв.' })
    const deal: Row<'deals'> = {
      tenantId: batch.tenantId,
      id: random.uuid(openedAt),
      personId: person.id,
      leadId: lead.id,
      outletId: outlet.id,
      responsibleId: responsible.id,
      specialistId: null,
      modelId: lead.modelId,
      stage: 'contact',
      lostReason: null,
      amountKopecks: 0,
      openedAt,
      stageSince: openedAt,
      closedAt: null,
    }
    const model = shop.models.find((one) => one.id === lead.modelId)
    deal.amountKopecks = (model?.trims[0].priceRoubles ?? 0) * 100
    put(shop, 'deals', deal)
    const slot = free.next().value as { car: Row<'stockVehicles'>; startsAt: number }
    put(shop, 'testDrives', {
      tenantId: batch.tenantId,
      id: random.uuid(openedAt),
      personId: person.id,
      leadId: lead.id,
      dealId: deal.id,
      vehicleId: slot.car.id,
      outletId: outlet.id,
      responsibleId: responsible.id,
      startsAt: new Date(slot.startsAt),
      minutes: 60,
      status: 'booked',
    })
    plan(shop, person, { kind: 'meet', dealId: deal.id, responsible })
    finish(shop, person)
  }
}

/** Writes all of it into the open batch. */
export function tellToday(shop: Dealership): void {
  bookedDrives(shop)
  missedLeads(shop)
  uncalledLeads(shop)
  freshLeads(shop)
}
