/** People who asked on the distributor's site and wait at dealers whose systems poll: twenty requests each, new, every one with the person's own consent to be handed on. */
import { createRandom } from '../server/demo/index.ts'
import { peopleOf } from '../server/demo/people.ts'
import type { Rows } from '../server/demo/rows.ts'
import type { SealItem } from '../server/vault/index.ts'
import type { BenchDistributor, PollingDealer } from './distributor.ts'
import type { PlainRow, PlainTables } from './rows-as-json.ts'

export const REQUESTS_PER_DEALER = 20
const MINUTE_MS = 60_000
/** Until the numbers that the database gives the leads are known. */
const FIRST_NUMBER = 1_000_000_000
const VALID_MS = 1096 * 86_400_000

export type NetworkPeople = { rows: Rows; plain: PlainTables; items: SealItem[] }
type Filling = {
  rows: Required<Pick<Rows, 'persons' | 'grounds' | 'leads' | 'consentEvents'>>
  items: SealItem[]
  leads: PlainRow[]
  transfers: PlainRow[]
  moves: PlainRow[]
}

export function networkPeople(about: BenchDistributor, seed: string, now: Date): NetworkPeople {
  const random = createRandom(`${seed}/network`)
  const people = peopleOf(random, 'network')
  const filling: Filling = { rows: { persons: [], grounds: [], leads: [], consentEvents: [] }, items: [], leads: [], transfers: [], moves: [] }
  for (const [d, dealer] of about.polling.entries()) {
    for (let i = 0; i < REQUESTS_PER_DEALER; i++) {
      const place = d * REQUESTS_PER_DEALER + i
      const at = new Date(now.getTime() - place * MINUTE_MS)
      const ids = {
        personId: random.uuid(at),
        leadId: random.uuid(at),
        consentEventId: random.uuid(at),
        groundId: random.uuid(at),
        transferId: random.uuid(at),
        moveId: random.uuid(at),
      }
      addPerson(filling, about, ids, at)
      filling.items.push(
        { personId: ids.personId, class: 'contact', recordId: ids.personId, version: 1, facts: people.next('Москва') },
        { personId: ids.personId, class: 'communication', recordId: ids.leadId, version: 1, facts: { text: 'Хочу посмотреть в субботу утром.' } },
      )
      addRequest(filling, about, dealer, ids, { number: FIRST_NUMBER + place, at })
    }
  }
  const { rows, items, leads, transfers, moves } = filling
  return {
    rows,
    items,
    plain: [
      ['network_leads', leads],
      ['network_transfers', transfers],
      ['network_moves', moves],
    ],
  }
}

type Ids = { personId: string; leadId: string; consentEventId: string; groundId: string; transferId: string; moveId: string }

function addPerson({ rows }: Filling, about: BenchDistributor, { personId, leadId, consentEventId, groundId }: Ids, at: Date): void {
  const { tenantId, outletId, sourceId, leadActivityId, texts, models } = about
  rows.persons.push({ tenantId, id: personId, kind: 'customer', outletId, responsibleId: null, specialistId: null, destroyAfter: null, createdAt: at, updatedAt: at })
  rows.consentEvents.push({
    tenantId,
    id: consentEventId,
    personId,
    textId: texts.request,
    kind: 'request',
    state: 'given',
    how: 'site',
    byId: null,
    at,
    validUntil: new Date(at.getTime() + VALID_MS),
  })
  rows.grounds.push({ tenantId, id: groundId, personId, activityId: leadActivityId, basis: 'consent', evidence: { leadId, consentEventId }, since: at, until: null })
  rows.leads.push({
    tenantId,
    id: leadId,
    personId,
    sourceId,
    outletId,
    departmentKind: 'call_centre',
    responsibleId: null,
    interest: 'test_drive',
    modelId: models[0]?.id ?? null,
    status: 'new',
    result: null,
    assignedBecause: 'no_rule',
    externalRef: leadId,
    receivedAt: at,
    takenAt: null,
    firstContactAt: null,
    closedAt: null,
    escalatedAt: null,
  })
}

function addRequest(filling: Filling, about: BenchDistributor, dealer: PollingDealer, ids: Ids, { number, at }: { number: number; at: Date }): void {
  const tenant = { tenant_id: about.tenantId }
  filling.leads.push({
    ...tenant,
    id: ids.leadId,
    number,
    interest: 'test_drive',
    brand_id: about.brandId,
    model_id: about.models[0]?.id,
    wished_outlet_id: dealer.outletId,
    dealer_id: dealer.id,
    outlet_id: dealer.outletId,
    transfer_id: ids.transferId,
    assigned_because: 'wished_outlet|Салон',
    state: 'offered',
    take_minutes: 15,
    first_contact_minutes: 30,
    excused_minutes: 0,
    asked_at: at,
    assigned_at: at,
    attempts: 1,
    version: 1,
  })
  filling.transfers.push({
    ...tenant,
    id: ids.transferId,
    lead_id: ids.leadId,
    person_id: ids.personId,
    dealer_id: dealer.id,
    via: 'poll',
    basis: 'consent',
    consent_event_id: ids.consentEventId,
    external_ref: `lead-${number}`,
    state: 'ready',
    at,
  })
  filling.moves.push({
    ...tenant,
    id: ids.moveId,
    lead_id: ids.leadId,
    kind: 'assigned',
    to_dealer_id: dealer.id,
    to_outlet_id: dealer.outletId,
    because: 'wished_outlet|Салон',
    at,
  })
}
