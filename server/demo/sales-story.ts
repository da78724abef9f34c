/** Someone wants a car: a lead, perhaps a working list moved over its stages, a test drive, and a sale or a parting. */
import { kopecks } from './cars.ts'
import { closeLead, responsibleFor, salesInterest, tellLead, type ToldLead } from './lead-story.ts'
import { consent } from './consent-story.ts'
import { finish } from './ending.ts'
import type { DemoModel } from './network.ts'
import { callNotes, visitNotes } from './phrases.ts'
import { weighted } from './random.ts'
import { someDaysLater } from './rhythm.ts'
import type { Row } from './rows.ts'
import { tellServiceVisits } from './service-story.ts'
import { type Dealership, hold, holdOpen, log, meet, anyOutlet, ownCar, type Person, plan, put, touch } from './telling.ts'
import { afterWorking, openSpan } from './working-time.ts'

export const stages = ['contact', 'visit', 'test_drive', 'offer', 'contract', 'delivery', 'won'] as const
type Stage = (typeof stages)[number]
export type Outcome = 'won' | 'lost' | 'no_deal'

const pickLostReason = weighted([
  ['price', 28],
  ['competitor', 22],
  ['no_stock', 12],
  ['no_credit', 12],
  ['postponed', 16],
  ['unreachable', 6],
  ['other', 4],
] as const)
const pickNoDeal = weighted([
  ['answered', 40],
  ['refused', 34],
  ['unreachable', 26],
] as const)
const pickLostAt = weighted<number>([
  [1, 20],
  [2, 30],
  [3, 20],
  [4, 26],
  [5, 4],
])
const taskFor: Record<Stage, string> = {
  contact: 'call',
  visit: 'meet',
  test_drive: 'meet',
  offer: 'send_offer',
  contract: 'prepare_papers',
  delivery: 'prepare_papers',
  won: 'call',
}

/** Tells the whole story of one buyer or near-buyer who first came at `at`. */
export function tellSale(shop: Dealership, at: number, outcome: Outcome): void {
  const person = meet(shop, anyOutlet(shop), at)
  const responsible = responsibleFor(shop, person)
  person.responsible = responsible
  const result = outcome === 'no_deal' ? pickNoDeal(shop.random) : 'deal'
  const lead = tellLead(shop, person, at, { interest: salesInterest(shop), isReachable: result !== 'unreachable', responsible })
  if (outcome === 'no_deal') tellParting(shop, person, lead, result)
  else tellDeal(shop, person, lead, outcome)
  if (shop.random.chance(0.25)) consent(shop, person, at, ['relations', 'marketing'])
  finish(shop, person)
}

function tellParting(shop: Dealership, person: Person, lead: ToldLead, result: string): void {
  const { random, now } = shop
  const closedAt = lead.row.takenAt ? someDaysLater(random, person.outlet, lead.talkedAt ?? lead.row.takenAt.getTime(), 3) : now + 1
  if (closedAt > now) return stillOpen(shop, person, lead)
  if (result === 'refused' && random.chance(0.5))
    log(shop, person, { kind: 'call_out', result: 'refused', at: closedAt, by: lead.responsible, leadId: lead.row.id, text: random.pick(callNotes) })
  closeLead(lead, closedAt, result)
  touch(person, closedAt)
  hold(shop, person, 'lead', person.createdAt, closedAt, { leadId: lead.row.id })
}

function stillOpen(shop: Dealership, person: Person, lead: ToldLead): void {
  holdOpen(shop, person, 'lead', person.createdAt, { leadId: lead.row.id })
  if (lead.row.status === 'in_work') plan(shop, person, { kind: 'call', leadId: lead.row.id, responsible: lead.responsible })
}

type Deal = { row: Row<'deals'>; model: DemoModel }

function openDeal(shop: Dealership, person: Person, lead: ToldLead, at: number): Deal {
  const { random } = shop
  const model = shop.models.find((one) => one.id === lead.row.modelId) ?? shop.pickModel(random)
  const discount = random.int(0, 9) * 10_000
  const row: Row<'deals'> = {
    tenantId: shop.batch.tenantId,
    id: random.uuid(at),
    personId: person.id,
    leadId: lead.row.id,
    outletId: person.outlet.id,
    responsibleId: lead.responsible.id,
    specialistId: null,
    modelId: model.id,
    stage: 'contact',
    lostReason: null,
    amountKopecks: kopecks(random.pick(model.trims).priceRoubles - discount),
    openedAt: new Date(at),
    stageSince: new Date(at),
    closedAt: null,
  }
  put(shop, 'deals', row)
  return { row, model }
}

function move(shop: Dealership, deal: Deal, to: string, at: number): void {
  const { row } = deal
  put(shop, 'dealMoves', { tenantId: row.tenantId, id: shop.random.uuid(at), dealId: row.id, fromStage: row.stage, toStage: to, byId: row.responsibleId, at: new Date(at) })
  row.stage = to
  row.stageSince = new Date(at)
}

function tellDeal(shop: Dealership, person: Person, lead: ToldLead, outcome: 'won' | 'lost'): void {
  const { random, now } = shop
  const openedAt = lead.talkedAt === null ? now + 1 : afterWorking(person.outlet, lead.talkedAt, random.int(2, 90))
  if (openedAt > now) return stillOpen(shop, person, lead)
  const deal = openDeal(shop, person, lead, openedAt)
  closeLead(lead, openedAt, 'deal')
  const lastStage = outcome === 'won' ? stages.length : pickLostAt(random)
  let at = openedAt
  for (const stage of stages.slice(1, lastStage)) {
    at = someDaysLater(random, person.outlet, at, 2.5)
    if (at > now) return stillRunning(shop, person, deal)
    tellStage(shop, person, deal, stage, at)
    move(shop, deal, stage, at)
    touch(person, at)
  }
  if (outcome === 'won') return tellBought(shop, person, deal, at)
  at = someDaysLater(random, person.outlet, at, 4)
  if (at > now) return stillRunning(shop, person, deal)
  deal.row.lostReason = pickLostReason(random)
  move(shop, deal, 'lost', at)
  deal.row.closedAt = new Date(at)
  touch(person, at)
  hold(shop, person, 'lead', person.createdAt, at, { dealId: deal.row.id })
}

/** From the contract on a buyer is in the hands of the credit and insurance specialist besides. */
const withSpecialist: readonly string[] = ['contract', 'delivery']

function stillRunning(shop: Dealership, person: Person, deal: Deal): void {
  if (withSpecialist.includes(deal.row.stage)) {
    person.specialist = shop.company.staff.find(({ role, outletId }) => role === 'credit_specialist' && (outletId === null || outletId === person.outlet.id)) ?? null
    deal.row.specialistId = person.specialist?.id ?? null
  }
  holdOpen(shop, person, 'lead', person.createdAt, { dealId: deal.row.id })
  const responsible = person.responsible ?? responsibleFor(shop, person)
  if (shop.random.chance(0.9)) plan(shop, person, { kind: taskFor[deal.row.stage as Stage], dealId: deal.row.id, responsible })
}

/** What people do on the way into a stage. */
function tellStage(shop: Dealership, person: Person, deal: Deal, stage: Stage, at: number): void {
  const { random } = shop
  const by = person.responsible
  switch (stage) {
    case 'visit':
      return log(shop, person, { kind: 'visit', result: 'done', at, by, dealId: deal.row.id, text: random.chance(0.4) ? random.pick(visitNotes) : null })
    case 'test_drive':
      return tellDrive(shop, person, deal, at)
    case 'offer':
      return log(shop, person, { kind: 'email_out', result: 'done', at, by, dealId: deal.row.id })
    case 'contract':
      return log(shop, person, { kind: 'call_out', result: 'talked', at, by, dealId: deal.row.id, text: random.chance(0.3) ? random.pick(callNotes) : null })
    case 'contact':
    case 'delivery':
    case 'won':
      return
  }
}

/** A drive that is over, on the hour's grid of that day. Its contract holds the person for the limitation period. */
function tellDrive(shop: Dealership, person: Person, deal: Deal, at: number): void {
  const { random } = shop
  const cars = shop.demoCars.filter((car) => car.outletId === person.outlet.id)
  const opened = openSpan(person.outlet, at)?.from ?? at
  const startsAt = Math.max(opened, Math.floor(at / 3_600_000) * 3_600_000)
  const status = random.chance(0.9) ? 'done' : random.chance(0.6) ? 'no_show' : 'cancelled'
  const id = random.uuid(at)
  put(shop, 'testDrives', {
    tenantId: shop.batch.tenantId,
    id,
    personId: person.id,
    leadId: deal.row.leadId,
    dealId: deal.row.id,
    vehicleId: random.pick(cars).id,
    outletId: person.outlet.id,
    responsibleId: deal.row.responsibleId,
    startsAt: new Date(startsAt),
    minutes: 60,
    status,
  })
  if (status !== 'done') return
  const checkedOn = new Date(startsAt).toISOString().slice(0, 10)
  const licence = {
    licenceCheckedOn: checkedOn,
    licenceValidTo: `${Number(checkedOn.slice(0, 4)) + random.int(1, 9)}${checkedOn.slice(4, 8)}15`,
    licenceTail: String(random.int(0, 9999)).padStart(4, '0'),
  }
  shop.batch.items.push({ personId: person.id, class: 'document', recordId: id, version: 1, facts: licence })
  hold(shop, person, 'test_drive', startsAt, startsAt + 3_600_000, { testDriveId: id })
}

function tellBought(shop: Dealership, person: Person, deal: Deal, at: number): void {
  const { random, now } = shop
  deal.row.closedAt = new Date(at)
  ownCar(shop, person, { relation: 'bought_here', model: deal.model, year: new Date(at).getUTCFullYear(), since: at })
  if (random.chance(0.25))
    ownCar(shop, person, { relation: 'trade_in', model: random.chance(0.5) ? shop.pickModel(random) : null, year: new Date(at).getUTCFullYear() - random.int(3, 9), since: null })
  hold(shop, person, 'sale', at, at, { dealId: deal.row.id })
  if (random.chance(0.4)) hold(shop, person, 'credit', at, at, { dealId: deal.row.id })
  const firstService = someDaysLater(random, person.outlet, at, 240)
  if (firstService <= now) tellServiceVisits(shop, person, firstService)
}
