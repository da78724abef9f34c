/** The last month of the network: people whom both sides hold, under their own keys each, in every state a request can be in. */
import type { SealItem } from '../vault/index.ts'
import { textAt } from './consent-texts.ts'
import type { Listeners } from './mail-story.ts'
import type { DemoCompany } from './network.ts'
import { dealNumbersOf, holdOf, writeDeals } from './network-deals.ts'
import { because, CONTACT_MINUTES, disclosureRow, disputeRow, networkRow, receivedRow, TAKE_MINUTES, transferRow } from './network-recent-rows.ts'
import { tellAdvertising, type Sayings } from './network-advertising.ts'
import { lateness, stories, tell, type Told } from './network-told.ts'
import { peopleOf } from './people.ts'
import { type Dealt, type Ground, insertPlain, numbersOf, type Plain } from './plain-rows.ts'
import type { Random } from './random.ts'
import { afterWorking, DAY } from './working-time.ts'
import { writeTable } from './write-rows.ts'

/** Answers whom the importer may write to by then, with what they have said of it. */
export async function recentRequests(ground: Ground, random: Random, importer: DemoCompany, dealer: Dealt): Promise<Listeners> {
  const { network, now } = ground
  const people = peopleOf(random.fork('people'), `network/${dealer.company.key}`)
  const told = stories.map((story) => {
    const outlet = random.pick(dealer.company.outlets)
    const contact = people.next(outlet.address.split(',')[0] ?? '')
    return tell(random, { outlet, contact, story, now: now.getTime(), model: random.pick(network.models), late: lateness[dealer.company.key] ?? 0 })
  })
  const listeners = await writeOwn(ground, random, importer, told)
  await writeTheirs(ground, random, dealer.company, told)
  await writeBetween(ground, random, importer, dealer, told)
  await startClocks(ground, importer, told)
  return listeners
}

/** From here on what waits looks after itself: late to take is brought before the lead desk, late to answer goes to the next dealer. */
async function startClocks({ run }: Ground, { tenant }: DemoCompany, told: readonly Told[]): Promise<void> {
  for (const { ids, outlet, at, state } of told) {
    if (state !== 'received' && state !== 'taken') continue
    const dueAt = new Date(afterWorking(outlet, at.getTime(), state === 'taken' ? CONTACT_MINUTES : TAKE_MINUTES) + 1)
    const payload = JSON.stringify({ leadId: ids.own, tenantId: tenant.tenantId })
    await run(`select jobs_add('network-deadline', $1::json, $2, $3)`, [payload, dueAt, `network-deadline:${ids.own}`])
  }
}

const MONTH = 30 * DAY
const until = ({ closedAt }: Told): Date | null => (closedAt ? new Date(closedAt.getTime() + MONTH) : null)

type Side = {
  company: DemoCompany
  personOf: (one: Told) => string
  evidenceOf: (one: Told) => Record<string, string>
  outletOf: (one: Told) => string | null
  /** Until when they are held for whatever it be. */
  heldUntil: (one: Told) => Date | null
}
async function writePeople({ run, seal, writeSealed }: Ground, random: Random, { company, personOf, evidenceOf, outletOf, heldUntil }: Side, told: readonly Told[]): Promise<void> {
  const { tenantId } = company.tenant
  const activity = company.activities.find(({ code }) => code === 'lead')
  if (!activity) throw new RangeError('the register has no requests')
  await insertPlain(
    run,
    'persons',
    told.map((one) => ({
      tenant_id: tenantId,
      id: personOf(one),
      kind: 'customer',
      outlet_id: outletOf(one),
      destroy_after: heldUntil(one),
      version: 1,
      created_at: one.at,
      updated_at: one.deal?.moves.at(-1)?.at ?? one.closedAt ?? one.contactAt ?? one.at,
    })),
  )
  const items: SealItem[] = told.map((one) => ({ personId: personOf(one), class: 'contact', recordId: personOf(one), version: 1, facts: one.contact }))
  await writeSealed(run, tenantId, await seal(tenantId, items))
  await insertPlain(
    run,
    'grounds',
    told.map((one) => ({
      tenant_id: tenantId,
      id: random.uuid(one.at),
      person_id: personOf(one),
      activity_id: activity.id,
      basis: 'consent',
      evidence: evidenceOf(one),
      since: one.at,
      until: until(one),
    })),
  )
}

/** At the importer: the person, the ticked consents, the request that is handed on. */
async function writeOwn(ground: Ground, random: Random, importer: DemoCompany, told: readonly Told[]): Promise<Listeners> {
  const { tenantId } = importer.tenant
  const [source, outlet] = [importer.sources.find(({ code }) => code === 'site'), importer.outlets[0]]
  if (!source || !outlet) throw new RangeError('the importer has no site')
  const evidenceOf = ({ ids }: Told) => ({ leadId: ids.own, consentEventId: ids.consent })
  const said = tellAdvertising(random.fork('advertising'), importer, told, ground.now)
  const agreed = new Map(said.holds.map((hold) => [hold.one, hold.until]))
  const heldUntil = (one: Told): Date | null => (one.closedAt ? (agreed.get(one) ?? until(one)) : null)
  await writePeople(ground, random, { company: importer, personOf: ({ ids }) => ids.ownPerson, evidenceOf, outletOf: () => null, heldUntil }, told)
  await insertPlain(
    ground.run,
    'consent_events',
    told.map(({ ids, at }) => {
      const text = textAt(importer.texts, 'request', at.getTime())
      return {
        tenant_id: tenantId,
        id: ids.consent,
        person_id: ids.ownPerson,
        text_id: text.id,
        kind: 'request',
        state: 'given',
        how: 'site',
        at,
        valid_until: new Date(at.getTime() + text.validDays * DAY),
      }
    }),
  )
  await insertPlain(
    ground.run,
    'leads',
    told.map((one) => ({
      tenant_id: tenantId,
      id: one.ids.own,
      person_id: one.ids.ownPerson,
      source_id: source.id,
      outlet_id: outlet.id,
      department_kind: 'call_centre',
      interest: one.interest,
      model_id: one.modelId,
      status: one.closedAt ? 'closed' : 'new',
      result: one.closedAt ? one.result : null,
      assigned_because: 'no_rule',
      received_at: one.at,
      closed_at: one.closedAt,
      handed_on: true,
      version: 2,
    })),
  )
  await writeSaid(ground, random.fork('advertising grounds'), importer, said)
  return {
    people: told.map(({ ids, at }) => ({ id: ids.ownPerson, createdAt: at })),
    words: said.words,
    reachable: new Set(told.flatMap(({ contact, ids }) => (contact.emails.length > 0 ? [ids.ownPerson] : []))),
  }
}

/** Who agreed to advertising is held for it as long as the text says; who took it back is remembered by the hash of the address. */
async function writeSaid({ run, hashObjections }: Ground, random: Random, { tenant, activities }: DemoCompany, { words, objections, holds }: Sayings): Promise<void> {
  const activity = activities.find(({ code }) => code === 'marketing')
  if (!activity) throw new RangeError('the register has no advertising')
  await writeTable(run, 'consentEvents', words)
  await writeTable(run, 'objections', await hashObjections(tenant.tenantId, objections))
  await insertPlain(
    run,
    'grounds',
    holds.map(({ one, consentEventId, until: endsAt }) => ({
      tenant_id: tenant.tenantId,
      id: random.uuid(one.at),
      person_id: one.ids.ownPerson,
      activity_id: activity.id,
      basis: 'consent',
      evidence: { consentEventId },
      since: one.at,
      until: endsAt,
    })),
  )
}

/** At the dealer: the same human as the dealer's own person, held on the handing over. */
async function writeTheirs(ground: Ground, random: Random, company: DemoCompany, told: readonly Told[]): Promise<void> {
  const source = company.sources.find(({ code }) => code === 'importer')
  if (!source) throw new RangeError('the dealer has no source for the importer')
  const evidenceOf = ({ ids }: Told) => ({ leadId: ids.theirs, transferId: ids.transfer })
  const heldUntil = (one: Told): Date | null => (one.deal ? holdOf(company, { deal: one.deal, outlet: one.outlet }).until : until(one))
  await writePeople(ground, random, { company, personOf: ({ ids }) => ids.theirPerson, evidenceOf, outletOf: ({ outlet }) => outlet.id, heldUntil }, told)
  const sellers = company.staff.filter(({ role }) => role === 'seller' || role === 'head_of_sales')
  const sellerOf = ({ outlet }: Told): string | null => sellers.find(({ outletId }) => outletId === null || outletId === outlet.id)?.id ?? null
  await insertPlain(
    ground.run,
    'leads',
    told.map((one) => ({
      tenant_id: company.tenant.tenantId,
      id: one.ids.theirs,
      person_id: one.ids.theirPerson,
      source_id: source.id,
      outlet_id: one.outlet.id,
      department_kind: 'sales',
      responsible_id: one.takenAt ? sellerOf(one) : null,
      interest: one.interest,
      model_id: one.modelId,
      status: one.closedAt ? 'closed' : one.takenAt ? 'in_work' : 'new',
      result: one.closedAt ? one.result : null,
      assigned_because: 'rule_least|Лиды импортёра: отдел продаж|1',
      received_at: one.at,
      taken_at: one.takenAt,
      first_contact_at: one.contactAt,
      closed_at: one.closedAt,
      network_lead_id: one.ids.own,
      version: 1,
    })),
  )
  const deals = told.flatMap((one) => {
    const { deal, ids, outlet, modelId } = one
    const responsibleId = sellerOf(one)
    return deal && responsibleId ? [{ deal, leadId: ids.theirs, personId: ids.theirPerson, outlet, modelId, responsibleId }] : []
  })
  await writeDeals(ground, random, company, deals)
}

/** What the importer knows of each: the state by number, the move, the act of handing over and to whom. */
async function writeBetween({ run, network }: Ground, random: Random, importer: DemoCompany, dealer: Dealt, told: readonly Told[]): Promise<void> {
  const { tenantId } = importer.tenant
  const own = await numbersOf(
    run,
    tenantId,
    told.map(({ ids }) => ids.own),
  )
  const theirs = await numbersOf(
    run,
    dealer.company.tenant.tenantId,
    told.map(({ ids }) => ids.theirs),
  )
  const lists = await dealNumbersOf(
    run,
    dealer.company.tenant.tenantId,
    told.flatMap(({ deal }) => deal?.id ?? []),
  )
  const row = ({ ids, at }: Told): Plain => ({ tenant_id: tenantId, lead_id: ids.own, at })
  await insertPlain(
    run,
    'network_leads',
    told.map((one) => ({
      ...networkRow(one, dealer),
      tenant_id: tenantId,
      number: own.get(one.ids.own),
      brand_id: network.brand.id,
      dealer_lead_number: theirs.get(one.ids.theirs),
      client_dms_id: one.deal ? (lists.get(one.deal.id) ?? null) : null,
    })),
  )
  await insertPlain(
    run,
    'network_moves',
    told.map((one) => ({ ...row(one), id: random.uuid(one.at), kind: 'assigned', to_dealer_id: dealer.id, to_outlet_id: one.outlet.id, because: because(one) })),
  )
  await insertPlain(
    run,
    'network_transfers',
    told.map((one) => ({ ...row(one), ...transferRow(one, dealer), external_ref: `${network.brand.name}-${own.get(one.ids.own)}` })),
  )
  await insertPlain(
    run,
    'disclosures',
    told.map((one) => ({ tenant_id: tenantId, id: random.uuid(one.at), at: one.at, ...disclosureRow(one, dealer) })),
  )
  const disputed = told.filter(({ state }) => state === 'disputed')
  await insertPlain(
    run,
    'network_disputes',
    disputed.map((one) => ({ tenant_id: tenantId, id: random.uuid(one.at), lead_id: one.ids.own, dealer_id: dealer.id, ...disputeRow(one) })),
  )
  await insertPlain(
    run,
    'received_transfers',
    told.map((one) => ({ ...receivedRow(one, importer, dealer), number: own.get(one.ids.own) })),
  )
}
