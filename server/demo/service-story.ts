/** Someone has a car: they call or just come, and come again every half a year or so. */
import { consent } from './consent-story.ts'
import { finish } from './ending.ts'
import { closeLead, responsibleFor, tellLead } from './lead-story.ts'
import { serviceNotes } from './phrases.ts'
import { someDaysLater } from './rhythm.ts'
import { anyOutlet, type Dealership, hold, holdOpen, log, meet, ownCar, type Person, plan, someone } from './telling.ts'

/** Visits from the first one on, up to now; the last of them sets the end of the ground. */
export function tellServiceVisits(shop: Dealership, person: Person, firstAt: number): void {
  const { random, now } = shop
  const adviser = someone(shop, 'service_adviser', person.outlet) ?? someone(shop, 'operator', person.outlet)
  let last = firstAt
  for (let at = firstAt; at <= now; at = someDaysLater(random, person.outlet, at, 330)) {
    last = at
    if (random.chance(0.3)) log(shop, person, { kind: 'call_in', result: 'visit_planned', at: at - random.int(1, 20) * 3_600_000, by: adviser })
    log(shop, person, { kind: 'visit', result: 'done', at, by: adviser, text: random.chance(0.32) ? random.pick(serviceNotes) : null })
  }
  hold(shop, person, 'service', firstAt, last, { visits: 'order' })
}

/** Tells the whole story of one owner who first turned to the service at `at`. */
export function tellService(shop: Dealership, at: number): void {
  const { random, now } = shop
  const person = meet(shop, anyOutlet(shop), at)
  const ours = random.chance(0.85)
  ownCar(shop, person, { relation: 'owns', model: ours ? shop.pickModel(random) : null, year: new Date(at).getUTCFullYear() - random.int(0, 8), since: null })
  const visitAt = someDaysLater(random, person.outlet, at, 2)
  // Half of them leave a request first; whoever has not come yet must have left one, or nothing would hold them.
  if (visitAt > now || random.chance(0.45)) {
    const responsible = someone(shop, 'service_adviser', person.outlet) ?? responsibleFor(shop, person)
    const lead = tellLead(shop, person, at, { interest: 'service', isReachable: true, responsible })
    if (visitAt <= now && lead.row.takenAt) closeLead(lead, visitAt, 'answered')
    else {
      holdOpen(shop, person, 'lead', at, { leadId: lead.row.id })
      if (lead.row.status === 'in_work') plan(shop, person, { kind: 'call', leadId: lead.row.id, responsible })
    }
  }
  if (visitAt <= now) tellServiceVisits(shop, person, visitAt)
  if (random.chance(0.35)) consent(shop, person, at, ['marketing'])
  finish(shop, person)
}
