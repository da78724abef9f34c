/**
 * The importer's network in the demo: the three dealers have joined it, their outlets are published, rules and terms stand, and what comes on the
 * importer's site is handed on. Beside that, ninety days of requests: see network-older.ts and network-recent.ts.
 */
import { cityOf } from '../identity/index.ts'
import { standardClocks } from '../founding/index.ts'
import { importerMail } from './mail-plans.ts'
import { mailStory, type Listeners } from './mail-story.ts'
import { companyIn, dealersOf, type DemoCompany, type DemoNetwork } from './network.ts'
import { olderRequests, type Older } from './network-older.ts'
import { recentRequests } from './network-recent.ts'
import { recentPeople } from './network-told.ts'
import { type Asking, type Dealt, type Ground, insertPlain, type Plain } from './plain-rows.ts'
import { createRandom, type Random } from './random.ts'
import { DAY } from './working-time.ts'

/** Fills the network, after the dealers' histories have been written. All of it is one transaction of the caller. Returns how many people it has brought to whom. */
export async function writeNetwork(ground: Ground): Promise<Map<string, number>> {
  const { network, run, now } = ground
  const importer = companyIn(network, 'veltara')
  const random = createRandom(`${network.seed}/network of dealers`)
  const dealers = dealersOf(network).map((company) => ({ id: random.uuid(importer.tenant.createdAt), company }))
  await writeMembers(run, importer, dealers, network.brand.id)
  await writePublished(run, importer, dealers)
  await writeTerms(run, random, importer)
  await writeRules(run, random, importer, dealers, network)
  await run(`update lead_sources set is_network = true where tenant_id = $1 and code in ('site', 'mail', 'api')`, [importer.tenant.tenantId])
  for (const dealer of dealers) await olderRequests(ground, random.fork(`older/${dealer.company.key}`), importer, dealer, await readOlder(run, dealer.company, now))
  const listeners: Listeners[] = []
  for (const dealer of dealers) listeners.push(await recentRequests(ground, random.fork(`recent/${dealer.company.key}`), importer, dealer))
  await writeMailing(ground, random.fork('mailing'), importer, listeners)
  return new Map([[importer.tenant.tenantId, dealers.length * recentPeople], ...dealers.map(({ company }) => [company.tenant.tenantId, recentPeople] as const)])
}

/** What the importer's marketer has written to whoever asked on its site, and to whom it could not go. */
async function writeMailing({ run, now }: Ground, random: Random, importer: DemoCompany, listeners: readonly Listeners[]): Promise<void> {
  const marketer = importer.staff.find(({ role }) => role === 'marketer')
  if (!marketer) throw new RangeError('the importer has no marketer')
  const { templates, mailings, messages } = mailStory({
    random,
    tenantId: importer.tenant.tenantId,
    byId: marketer.id,
    publishedAt: new Date(now.getTime() - 60 * DAY),
    people: listeners.flatMap(({ people }) => people),
    words: listeners.flatMap(({ words }) => words),
    reachable: new Set(listeners.flatMap(({ reachable }) => [...reachable])),
    plan: importerMail,
    offsetMinutes: importer.outlets[0]?.offsetMinutes ?? 0,
    now,
  })
  await insertPlain(run, 'mail_templates', templates)
  await insertPlain(run, 'mailings', mailings)
  await insertPlain(run, 'outbound_messages', messages)
}

async function writeMembers(run: Asking, importer: DemoCompany, dealers: readonly Dealt[], brandId: string): Promise<void> {
  const { tenantId, createdAt } = importer.tenant
  await insertPlain(
    run,
    'network_dealers',
    dealers.map(({ id, company }, place) => ({
      tenant_id: tenantId,
      id,
      dealer_tenant_id: company.tenant.tenantId,
      code: company.key,
      name: company.tenant.name,
      delivery: 'crm',
      brand_ids: [brandId],
      cities: [...new Set(company.outlets.map(({ address }) => cityOf(address) ?? ''))],
      region: ['Центр', 'Урал', 'Дальний Восток'][place] ?? null,
      daily_capacity: 60,
      shares_duplicates: true,
      accepted_at: createdAt,
      agreement_number: `ВД-${place + 11}/2022`,
      agreement_from: '2022-03-01',
      created_at: createdAt,
      is_active: true,
      version: 1,
    })),
  )
}

/** What their companies publish, and their word that they take part. */
async function writePublished(run: Asking, importer: DemoCompany, dealers: readonly Dealt[]): Promise<void> {
  const { tenantId, name } = importer.tenant
  await insertPlain(
    run,
    'network_outlets',
    dealers.flatMap(({ id, company }) =>
      company.outlets.map((outlet) => ({
        tenant_id: tenantId,
        id: outlet.id,
        dealer_id: id,
        dealer_tenant_id: company.tenant.tenantId,
        name: outlet.name,
        city: cityOf(outlet.address) ?? '',
        address: outlet.address,
        time_zone: outlet.timeZone,
        hours: outlet.hours,
        is_active: true,
        version: 1,
      })),
    ),
  )
  for (const { id, company } of dealers)
    await insertPlain(run, 'network_memberships', [
      { tenant_id: company.tenant.tenantId, id, distributor_tenant_id: tenantId, distributor: name, state: 'accepted', shares_duplicates: true, version: 1 },
    ])
}

async function writeTerms(run: Asking, random: Random, importer: DemoCompany): Promise<void> {
  const { tenantId, createdAt } = importer.tenant
  await insertPlain(
    run,
    'network_policies',
    standardClocks.map(({ interest, takeMinutes, firstContactMinutes }) => ({
      tenant_id: tenantId,
      id: random.uuid(createdAt),
      interest,
      take_minutes: takeMinutes * 2,
      first_contact_minutes: firstContactMinutes * 2,
      version: 1,
    })),
  )
}

async function writeRules(run: Asking, random: Random, importer: DemoCompany, dealers: readonly Dealt[], network: DemoNetwork): Promise<void> {
  const [first, second] = dealers
  const van = network.models.find(({ name }) => name === 'Маяк')
  const rule = (place: number, name: string, more: Plain): Plain => ({
    tenant_id: importer.tenant.tenantId,
    id: random.uuid(importer.tenant.createdAt),
    place,
    name,
    model_id: null,
    interest: null,
    city: null,
    to_dealer_id: null,
    to_outlet_id: null,
    only_open: false,
    is_active: true,
    version: 1,
    ...more,
  })
  await insertPlain(run, 'network_rules', [
    rule(1, 'Фургоны: специалист по коммерческим', { model_id: van?.id ?? null, to_dealer_id: second?.id ?? null }),
    rule(2, 'Сервис в Москве: Звезда Север', { interest: 'service', city: 'Москва', to_outlet_id: first?.company.outlets[1]?.id ?? null }),
    rule(3, 'Вопросы: кто сейчас открыт', { interest: 'question', only_open: true }),
  ])
}

/** Requests of the importer that the dealer closed long enough ago for the importer to hold nobody by them. */
async function readOlder(run: Asking, { tenant }: DemoCompany, now: Date): Promise<Older[]> {
  const { rows } = await run(
    `select l.id, l.number, l.outlet_id "outletId", l.interest, l.model_id "modelId", l.result, l.received_at "receivedAt", l.taken_at "takenAt", l.first_contact_at "firstContactAt",
       l.closed_at "closedAt", d.number "dealNumber", d.opened_at "dealAt", case when d.stage = 'won' then d.closed_at end "soldAt"
     from leads l join lead_sources s on s.tenant_id = $1 and s.id = l.source_id and s.code = 'importer'
     left join lateral (select number, opened_at, stage, closed_at from deals where tenant_id = $1 and lead_id = l.id order by opened_at, id limit 1) d on true
     where l.tenant_id = $1 and l.status = 'closed' and l.received_at > $2::timestamptz - interval '90 days' and l.closed_at < $2::timestamptz - interval '31 days'
     order by l.received_at, l.id limit 80`,
    [tenant.tenantId, now],
  )
  return rows as Older[]
}
