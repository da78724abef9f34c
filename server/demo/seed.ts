/**
 * Fills an empty database with the demo network, before the processes start. Facts are sealed by the vault's own code; the rows go in by the tables' owner.
 * Every batch is a transaction and the platform's company comes last: where it is missing, an earlier run was cut short and everything is begun anew.
 */
import { hash } from '@node-rs/argon2'
import type pg from 'pg'
import { insertEvents, type LogEvent } from '../audit/index.ts'
import type { Role } from '../../contract/permissions.ts'
import type { BulkSealer } from '../vault/bulk.ts'
import type { Sealed, SealItem } from '../vault/index.ts'
import { cast, demoPassword } from './cast.ts'
import { dealerHistory } from './history.ts'
import { type DemoCompany, type DemoNetwork, dealersOf, demoNetwork } from './network.ts'
import { writeNetwork } from './network-of-dealers.ts'
import type { Asking } from './plain-rows.ts'
import { createRandom, defaultSeed, type Random } from './random.ts'
import type { Row, Rows } from './rows.ts'
import { policyRowsOf } from './policies.ts'
import { siteRowsOf } from './sites.ts'
import { writeVisits } from './visits.ts'
import type { DemoBatch, OpenObjection } from './telling.ts'
import { writeDesk } from './write-desk.ts'
import { type Run, writeRows, writeTable, writeTokens } from './write-rows.ts'

/** What seeding needs of the vault: sealing without an asker, before anyone can ask. */
export type Sealer = Pick<BulkSealer, 'seal' | 'loginToken' | 'addCanaries' | 'addressTokens'>
/** People written so far of one dealer, of `total`. */
export type SeedProgress = { company: string; people: number; total: number }
export type SeedOptions = {
  /** Of the tables' owner. Uses one connection per dealer. */
  pool: pg.Pool
  sealer: Sealer
  now: Date
  seed?: string
  peoplePerDealer?: number
  progress?: (progress: SeedProgress) => void
}
export type DemoSignIn = { email: string; name: string; role: Role; company: string }

const PEOPLE_PER_DEALER = 20_000
/** People in a transaction: some ten megabytes of rows. */
const BATCH = 1000
const CANARIES = 5

/** Who can sign in, as the start prints it: one line per place of work. */
export function demoSignIns(seed: string = defaultSeed): DemoSignIn[] {
  const names = new Map(demoNetwork(seed).companies.map((company) => [company.key, company.tenant.name]))
  return cast.flatMap((member) =>
    member.posts.map((post) => ({ email: member.email, name: `${member.given} ${member.surname}`, role: post.role, company: names.get(post.company) ?? post.company })),
  )
}

async function inTransaction(pool: pg.Pool, act: (run: Asking) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await act((sql, values) => client.query(sql, values))
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

/** `empty`: nobody there; `whole`: the demo is complete; `partial`: cut short; `foreign`: there are companies that are not the demo's. */
export async function demoState(pool: pg.Pool, seed: string = defaultSeed): Promise<'empty' | 'whole' | 'partial' | 'foreign'> {
  const { rows } = await pool.query<{ tenant_id: string; kind: string }>('select tenant_id, kind from tenants limit 1000')
  if (rows.length === 0) return 'empty'
  const ours = new Map(demoNetwork(seed).companies.map((company) => [company.tenant.tenantId, company]))
  if (rows.some((row) => row.kind === 'platform' && ours.has(row.tenant_id))) return 'whole'
  return rows.every((row) => ours.has(row.tenant_id)) ? 'partial' : 'foreign'
}

/** Only a demo that was never shown to anyone is thrown away: its log has no published head yet. */
async function clearPartial(pool: pg.Pool): Promise<void> {
  await pool.query('truncate tenants, accounts, brands, models, log_events, log_leaves, log_tiles, log_heads, log_event_persons cascade')
}

async function writeSealed(run: Run, tenantId: string, sealed: readonly Sealed[]): Promise<void> {
  const facts: Row<'facts'>[] = []
  const tokens = { token: [] as string[], personId: [] as string[], kind: [] as number[] }
  for (const one of sealed) {
    facts.push({ tenantId, personId: one.personId, class: one.class, recordId: one.recordId, version: one.version, keyId: one.keyId, payload: one.payload })
    for (const token of one.tokens) {
      tokens.token.push(token)
      tokens.personId.push(one.personId)
      tokens.kind.push(one.tokenKind)
    }
  }
  await writeTable(run, 'facts', facts)
  await writeTokens(run, tenantId, tokens)
}

/** The log tells that these people were made by the demo, not by someone's act: one event per batch with its count. */
function seedEvent(random: Random, tenantId: string, at: Date, event: 'person.created' | 'tenant.created', details: LogEvent['details']): LogEvent {
  return {
    tenantId,
    id: random.uuid(at),
    at,
    event,
    actorKind: 'platform',
    actorId: null,
    role: 'job',
    door: 'demo seed',
    purpose: event === 'person.created' ? 'request_handling' : null,
    personIds: [],
    objectKind: event === 'tenant.created' ? 'tenant' : null,
    objectId: event === 'tenant.created' ? tenantId : null,
    details,
    body: null,
  }
}

/** Members of staff are people too: a contact in the vault, held by the register's line on employment. */
function staffRows(random: Random, company: DemoCompany): { rows: Rows; items: SealItem[] } {
  const employment = company.activities.find((activity) => activity.code === 'employment')
  if (!employment) throw new RangeError('the register has no employment')
  const { tenantId } = company.tenant
  const rows: Required<Pick<Rows, 'employees' | 'accountTenants' | 'persons' | 'grounds'>> = { employees: [], accountTenants: [], persons: [], grounds: [] }
  const items: SealItem[] = []
  for (const { member, ...employee } of company.staff) {
    const since = employee.createdAt
    rows.employees.push(employee)
    rows.accountTenants.push({ accountId: employee.accountId, tenantId, employeeId: employee.id })
    rows.persons.push({
      tenantId,
      id: employee.personId,
      kind: 'employee',
      outletId: employee.outletId,
      responsibleId: null,
      specialistId: null,
      destroyAfter: null,
      createdAt: since,
      updatedAt: since,
    })
    rows.grounds.push({
      tenantId,
      id: random.uuid(since),
      personId: employee.personId,
      activityId: employment.id,
      basis: 'contract',
      evidence: { employeeId: employee.id },
      since,
      until: null,
    })
    const { surname, given, patronymic, sex, birthDate, email } = member
    const facts = { surname, given, patronymic, sex, birthDate, phones: [], emails: [{ address: email, typed: email }] }
    items.push({ personId: employee.personId, class: 'contact', recordId: employee.personId, version: 1, facts })
  }
  return { rows, items }
}

async function writeCompany(options: SeedOptions, random: Random, network: DemoNetwork, company: DemoCompany): Promise<void> {
  const { tenantId } = company.tenant
  const staff = staffRows(random, company)
  const sealed = await options.sealer.seal(tenantId, staff.items)
  await inTransaction(options.pool, async (run) => {
    await writeRows(run, {
      tenants: [company.tenant],
      outlets: company.outlets,
      departments: company.departments,
      activities: company.activities,
      leadSources: company.sources,
      leadPolicies: company.policies,
      routingRules: company.rules,
      consentTexts: company.texts,
      ...siteRowsOf(network, company),
      ...policyRowsOf(network, company),
      ...staff.rows,
    })
    await writeSealed(run, tenantId, sealed)
    await insertEvents(run, [
      seedEvent(random, tenantId, options.now, 'tenant.created', { kind: company.tenant.kind }),
      seedEvent(random, tenantId, options.now, 'person.created', { people: company.staff.length, kind: 'employee' }),
    ])
  })
}

async function writeGlobals({ pool, sealer }: SeedOptions, network: DemoNetwork): Promise<void> {
  // Everybody has the same demo password, so it is hashed once (OWASP: argon2id, 19 MiB, 2 passes).
  const passwordHash = await hash(demoPassword, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
  const accounts: Row<'accounts'>[] = []
  for (const { id, member, createdAt } of network.accounts) accounts.push({ id, loginToken: await sealer.loginToken(member.email), passwordHash, createdAt })
  const models = network.models.map(({ id, name }) => ({ id, brandId: network.brand.id, name }))
  await inTransaction(pool, (run) => writeRows(run, { brands: [network.brand], models, accounts }))
}

async function hashObjections(sealer: Sealer, tenantId: string, objections: readonly OpenObjection[]): Promise<Row<'objections'>[]> {
  const { emails } = await sealer.addressTokens(tenantId, { emails: objections.map(({ channel, address }) => (channel === 'email' ? address : '')), phones: [] })
  const { phones } = await sealer.addressTokens(tenantId, { emails: [], phones: objections.map(({ channel, address }) => (channel === 'email' ? '' : address)) })
  return objections.map(({ address: _hashed, channel, ...said }, i) => ({
    ...said,
    tenantId,
    channel,
    token: Buffer.from((channel === 'email' ? emails : phones)[i] ?? '', 'base64'),
  }))
}

async function writeBatch({ pool, sealer, now }: SeedOptions, random: Random, batch: DemoBatch): Promise<number> {
  const people = batch.rows.persons?.length ?? 0
  const [sealed, objections] = [await sealer.seal(batch.tenantId, batch.items), await hashObjections(sealer, batch.tenantId, batch.objections)]
  await inTransaction(pool, async (run) => {
    await writeRows(run, { ...batch.rows, objections })
    await writeSealed(run, batch.tenantId, sealed)
    await insertEvents(run, [seedEvent(random, batch.tenantId, now, 'person.created', { people })])
  })
  return people
}

/** Nobody has had a reason to open these in two years: whoever does is told of to the privacy officer. */
const canariesOf = (batch: DemoBatch): string[] =>
  (batch.rows.persons ?? [])
    .toSorted((a, b) => a.updatedAt.getTime() - b.updatedAt.getTime())
    .slice(0, CANARIES)
    .map((person) => person.id)

async function writeHistory(options: SeedOptions, network: DemoNetwork, company: DemoCompany): Promise<number> {
  const total = options.peoplePerDealer ?? PEOPLE_PER_DEALER
  const random = createRandom(`${network.seed}/log/${company.key}`)
  let people = 0
  for (const batch of dealerHistory(network, company, { people: total, now: options.now, batchSize: BATCH })) {
    if (people === 0) await options.sealer.addCanaries(batch.tenantId, canariesOf(batch))
    const isFirst = people === 0
    people += await writeBatch(options, random, batch)
    if (isFirst) await writeDesk({ ...options, seed: network.seed, inTransaction: (act) => inTransaction(options.pool, act) }, company, batch)
    options.progress?.({ company: company.tenant.name, people, total })
  }
  return people
}

/**
 * Seeds an empty database; a whole demo is left as it is, an unfinished one is begun anew. Returns how many clients were written (0: was there already).
 * Throws Error when the database holds companies that are not the demo's.
 */
export async function seedDemo(options: SeedOptions): Promise<{ people: number }> {
  const seed = options.seed ?? defaultSeed
  const state = await demoState(options.pool, seed)
  if (state === 'whole') return { people: 0 }
  if (state === 'foreign') throw new Error('the database already holds companies; the demo network goes into an empty one')
  // Even where no company is there yet, brands and accounts of a filling that was cut short may be.
  await clearPartial(options.pool)
  const network = demoNetwork(seed)
  await writeGlobals(options, network)
  const random = createRandom(`${seed}/grounds`)
  for (const company of network.companies) if (company.tenant.kind !== 'platform') await writeCompany(options, random, network, company)
  // All dealers at once: while the database writes one's batch, another's is told and sealed.
  const told = await Promise.allSettled(dealersOf(network).map((company) => writeHistory(options, network, company)))
  // What one was cut short by is told when the others have let go of the database.
  const counts = told.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
  await inTransaction(options.pool, async (run) => {
    const brought = await writeNetwork({
      network,
      now: options.now,
      run,
      seal: options.sealer.seal,
      writeSealed,
      hashObjections: (tenantId, objections) => hashObjections(options.sealer, tenantId, objections),
    })
    await insertEvents(
      run,
      [...brought].map(([tenantId, people]) => seedEvent(random, tenantId, options.now, 'person.created', { people })),
    )
    await writeVisits(run, network, options.now)
  })
  for (const company of network.companies) if (company.tenant.kind === 'platform') await writeCompany(options, random, network, company)
  await options.pool.query('analyze')
  return { people: counts.reduce((sum, count) => sum + count, 0) }
}
