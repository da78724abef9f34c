/** A lead from its arrival to the first genuine contact: the part of the story that the clocks measure. */
import type { DemoEmployee } from './network.ts'
import { weighted } from './random.ts'
import { contactMinutes, takeMinutes } from './rhythm.ts'
import type { Row } from './rows.ts'
import { callNotes, leadComments, serviceComments } from './phrases.ts'
import { type Dealership, log, type Person, put, remember, sellerAt, someone, sourceOf, touch } from './telling.ts'
import { afterWorking, isOpen } from './working-time.ts'

const pickSource = weighted([
  ['site', 34],
  ['call', 22],
  ['walk_in', 12],
  ['mail', 4],
  ['classifieds', 17],
  ['importer', 9],
  ['api', 2],
] as const)
const pickInterest = weighted([
  ['new_car', 44],
  ['used_car', 13],
  ['test_drive', 15],
  ['trade_in', 8],
  ['credit', 7],
  ['callback', 7],
  ['question', 6],
] as const)
/** Doors that take leads at any hour; a telephone and a hall need someone who is there. */
const openAllNight = ['site', 'classifieds', 'importer', 'mail', 'api']

export type ToldLead = { row: Row<'leads'>; responsible: DemoEmployee; talkedAt: number | null }
type Wanted = { interest: string; isReachable: boolean; responsible: DemoEmployee }

const lateFrom = 45

/** By which rule of the dealer's routing it went where it went, in the words of the routing itself: the least busy of the department, with the open leads they had then. */
function routed(shop: Dealership, interest: string, outletId: string, sourceId: string, at: number): { because: string; department: string } {
  const rule = shop.company.rules.find(
    (one) => (one.interest === null || one.interest === interest) && (one.sourceId === null || one.sourceId === sourceId) && (one.outletId === null || one.outletId === outletId),
  )
  return { because: rule ? `rule_least|${rule.name}|${Math.floor(at / 60_000) % 6}` : 'no_rule', department: rule?.toDepartmentKind ?? 'sales' }
}

export const salesInterest = (shop: Dealership): string => pickInterest(shop.random)

/** Writes a lead that came at `at`, with what staff have done about it up to now: taken, called, reached or not. Its end is written by the story around it. */
export function tellLead(shop: Dealership, person: Person, at: number, wanted: Wanted): ToldLead {
  const { random, now, batch } = shop
  const drawn = pickSource(random)
  const source = sourceOf(shop, isOpen(person.outlet, at) ? drawn : openAllNight.includes(drawn) ? drawn : 'site')
  const takenAt = afterWorking(person.outlet, at, takeMinutes(random))
  const route = routed(shop, wanted.interest, person.outlet.id, source.id, at)
  const id = random.uuid(at)
  const isLate = takenAt - at > lateFrom * 60_000 && isOpen(person.outlet, at)
  const escalatedAt = afterWorking(person.outlet, at, lateFrom)
  const row: Row<'leads'> = {
    tenantId: batch.tenantId,
    id,
    personId: person.id,
    sourceId: source.id,
    outletId: person.outlet.id,
    departmentKind: route.department,
    responsibleId: wanted.responsible.id,
    interest: wanted.interest,
    modelId: wanted.interest === 'service' || wanted.interest === 'question' ? null : shop.pickModel(random).id,
    status: 'new',
    result: null,
    assignedBecause: route.because,
    externalRef: source.channel === 'phone' || source.channel === 'walk_in' ? null : id.slice(-12),
    receivedAt: new Date(at),
    takenAt: null,
    firstContactAt: null,
    closedAt: null,
    escalatedAt: isLate && escalatedAt <= now ? new Date(escalatedAt) : null,
  }
  put(shop, 'leads', row)
  if (random.chance(0.35)) remember(shop, person, id, random.pick(wanted.interest === 'service' ? serviceComments : leadComments))
  if (source.channel === 'site' && random.chance(0.5)) log(shop, person, { kind: 'email_out', result: 'done', at: at + 60_000, by: null, leadId: id, isAutomatic: true })
  const told = { row, responsible: wanted.responsible, talkedAt: null }
  if (takenAt > now) return told
  row.status = 'in_work'
  row.takenAt = new Date(takenAt)
  touch(person, takenAt)
  return { ...told, talkedAt: tellCalls(shop, person, row, takenAt, wanted) }
}

/** Calls until someone answers. Returns when they talked; a call nobody answered is no contact. */
function tellCalls(shop: Dealership, person: Person, lead: Row<'leads'>, takenAt: number, wanted: Wanted): number | null {
  const { random, now } = shop
  const caller = someone(shop, 'operator', person.outlet) ?? wanted.responsible
  const misses = wanted.isReachable ? (random.chance(0.25) ? 1 : 0) : random.int(2, 4)
  let at = afterWorking(person.outlet, takenAt, contactMinutes(random))
  for (let i = 0; i < misses; i++) {
    if (at > now) return null
    log(shop, person, { kind: 'call_out', result: random.chance(0.8) ? 'no_answer' : 'busy', at, by: caller, leadId: lead.id })
    at = afterWorking(person.outlet, at, random.int(40, 400))
  }
  if (!wanted.isReachable || at > now) return null
  lead.firstContactAt = new Date(at)
  log(shop, person, {
    kind: 'call_out',
    result: random.chance(0.3) ? 'visit_planned' : 'talked',
    at,
    by: caller,
    leadId: lead.id,
    text: random.chance(0.3) ? random.pick(callNotes) : null,
  })
  return at
}

/** Closes a lead at a moment that is not ahead. */
export function closeLead(lead: ToldLead, at: number, result: string): void {
  lead.row.status = 'closed'
  lead.row.result = result
  lead.row.closedAt = new Date(at)
}

export const responsibleFor = (shop: Dealership, person: Person): DemoEmployee => sellerAt(shop, person.outlet)
