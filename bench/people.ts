/** People of the benchmark in batches: three interactions each on average, every fiftieth is an old acquaintance with 52 of them, and the very first has a thousand. */
import { createRandom, type Random } from '../server/demo/index.ts'
import { peopleOf } from '../server/demo/people.ts'
import type { Row, Rows } from '../server/demo/rows.ts'
import type { SealItem } from '../server/vault/index.ts'
import type { BenchCompany } from './company.ts'
import { addConsents, type Objection } from './consents.ts'

/** What the driver may ask for: known in clear here, because the bench invented it. */
export type KnownPerson = { id: string; phone: string; surname: string; /** Where they stand in the list of clients. */ updatedAt: string }
export type BenchBatch = {
  rows: Rows
  items: SealItem[]
  objections: Objection[]
  rich: string[]
  known: KnownPerson[]
  /** Whose card has a thousand events. */ eventful: string | null
}

const EVENTFUL_INTERACTIONS = 1_000
const RICH_EVERY = 50
const RICH_INTERACTIONS = 52
const PLAIN_INTERACTIONS = 2
const CAR_SHARE = 0.3
const LEAD_SHARE = 0.5
const OPEN_LEAD_SHARE = 0.004
const KNOWN_SHARE = 0.05
const DAY_MS = 86_400_000
const YEARS_MS = 700 * DAY_MS
const said = [
  'Интересуется комплектацией, просил перезвонить после обеда.',
  'Обсудили обмен по программе трейд-ин.',
  'Записан на осмотр автомобиля.',
  'Думает, вернуться к разговору через неделю.',
] as const

type Filling = BenchBatch & { rows: Required<Pick<Rows, 'persons' | 'grounds' | 'leads' | 'interactions' | 'personVehicles' | 'consentEvents'>> }

/** @param count people in all; @param size in a batch. The same seed gives the same people. */
export function* benchPeople(company: BenchCompany, seed: string, now: Date, count: number, size: number): Generator<BenchBatch> {
  const maker = new PeopleMaker(company, seed)
  for (let from = 0; from < count; from += size) {
    const rows = { persons: [], grounds: [], leads: [], interactions: [], personVehicles: [], consentEvents: [] }
    const batch: Filling = { rows, items: [], objections: [], rich: [], known: [], eventful: null }
    for (let i = from; i < Math.min(count, from + size); i++) maker.add(batch, i, new Date(now.getTime() - YEARS_MS + Math.floor((YEARS_MS * i) / count)))
    yield batch
  }
}

class PeopleMaker {
  readonly #company: BenchCompany
  readonly #random: Random
  readonly #vins: Random
  readonly #source: ReturnType<typeof peopleOf>
  constructor(company: BenchCompany, seed: string) {
    this.#company = company
    this.#random = createRandom(`${seed}/people`)
    this.#source = peopleOf(this.#random, 'bench')
    this.#vins = createRandom(`${seed}/vins`)
  }

  add(batch: Filling, i: number, since: Date): void {
    const { tenantId, outletId, leadActivityId } = this.#company
    const id = this.#random.uuid(since)
    const contact = this.#source.next('Москва')
    const isEventful = i === 0
    const isRich = i % RICH_EVERY === 0
    const contacts = isEventful ? EVENTFUL_INTERACTIONS : isRich ? RICH_INTERACTIONS : PLAIN_INTERACTIONS
    const updatedAt = new Date(since.getTime() + contacts * 60_000)
    batch.rows.persons.push({ tenantId, id, kind: 'customer', outletId, responsibleId: null, specialistId: null, destroyAfter: null, createdAt: since, updatedAt })
    batch.rows.grounds.push({ tenantId, id: this.#random.uuid(since), personId: id, activityId: leadActivityId, basis: 'contract', evidence: {}, since, until: null })
    batch.items.push({ personId: id, class: 'contact', recordId: id, version: 1, facts: contact })
    const leadId = this.#random.chance(LEAD_SHARE) ? this.#random.uuid(since) : null
    if (leadId) batch.rows.leads.push(this.#lead(leadId, id, since))
    for (let n = 0; n < contacts; n++) this.#addInteraction(batch, { personId: id, leadId, n, isRich, at: new Date(since.getTime() + n * 60_000) })
    if (this.#random.chance(CAR_SHARE)) this.#addCar(batch, id, since)
    addConsents(batch.rows, batch.objections, this.#company, this.#random, { personId: id, email: contact.emails[0]?.address, i, at: since })
    if (isEventful) batch.eventful = id
    else if (isRich) batch.rich.push(id)
    const phone = contact.phones[0]?.e164
    if (phone && this.#random.chance(KNOWN_SHARE) && !isEventful) batch.known.push({ id, phone, surname: contact.surname, updatedAt: updatedAt.toISOString() })
  }

  #addInteraction(batch: Filling, { personId, leadId, n, isRich, at }: { personId: string; leadId: string | null; n: number; isRich: boolean; at: Date }): void {
    const id = this.#random.uuid(at)
    const { tenantId, operators } = this.#company
    const result = n % 2 ? 'talked' : 'no_answer'
    batch.rows.interactions.push({
      tenantId,
      id,
      personId,
      leadId,
      dealId: null,
      kind: 'call_out',
      result,
      isAutomatic: false,
      hasText: isRich,
      byId: this.#random.pick(operators),
      at,
    })
    if (isRich) batch.items.push({ personId, class: 'communication', recordId: id, version: 1, facts: { text: this.#random.pick(said) } })
  }

  #lead(id: string, personId: string, receivedAt: Date): Row<'leads'> {
    const isOpen = this.#random.chance(OPEN_LEAD_SHARE)
    return {
      tenantId: this.#company.tenantId,
      id,
      personId,
      sourceId: this.#company.sourceId,
      outletId: this.#company.outletId,
      departmentKind: 'call_centre',
      responsibleId: this.#random.pick(this.#company.operators),
      interest: 'callback',
      modelId: this.#company.modelId,
      status: isOpen ? 'in_work' : 'closed',
      result: isOpen ? null : 'answered',
      assignedBecause: 'no_rule',
      externalRef: `old-${id}`,
      receivedAt,
      takenAt: receivedAt,
      firstContactAt: receivedAt,
      closedAt: isOpen ? null : receivedAt,
      escalatedAt: null,
    }
  }

  #addCar(batch: BenchBatch, personId: string, since: Date): void {
    const id = this.#random.uuid(since)
    batch.rows.personVehicles?.push({ tenantId: this.#company.tenantId, id, personId, modelId: this.#company.modelId, year: 2019, relation: 'owns', since: '2024-02-01' })
    const vin = `XW8ZZZ61ZJG${String(this.#vins.int(0, 999_999)).padStart(6, '0')}`
    batch.items.push({ personId, class: 'vehicle', recordId: id, version: 1, facts: { vin } })
  }
}
