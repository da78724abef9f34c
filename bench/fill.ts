/** Fills the two databases with the same people: sealed in the product's, in clear in the floor's. */
import type pg from 'pg'
import { createRandom } from '../server/demo/index.ts'
import type { Asking } from '../server/demo/plain-rows.ts'
import type { Row } from '../server/demo/rows.ts'
import { writeRows, writeTable, writeTokens } from '../server/demo/write-rows.ts'
import type { BulkSealer } from '../server/vault/bulk.ts'
import type { Sealed, SealItem } from '../server/vault/index.ts'
import { benchCompany, type BenchCompany } from './company.ts'
import { plainHash, type Objection } from './consents.ts'
import { benchDistributor, type BenchDistributor } from './distributor.ts'
import { networkPeople } from './network-people.ts'
import { benchPeople, type KnownPerson } from './people.ts'
import { writePlain } from './rows-as-json.ts'

const SEED = 'bench-1'
const BATCH = 1_000

/** What the driver and the floor need to know of what was filled in. */
export type Filled = Omit<BenchCompany, 'rows' | 'items'> & {
  people: number
  interactions: number
  rich: string[]
  known: KnownPerson[]
  /** Whose card has a thousand events. */
  eventful: string
  distributor: BenchDistributor
}
export type Databases = { product: pg.Pool; floor: pg.Pool; sealer: BulkSealer }

/** Some hundred thousand rows by the tables' owner of each database; constraints stay in force, so it takes a minute or two per 100,000 people. */
export async function fill(databases: Databases, people: number, say: (sentence: string) => void): Promise<Filled> {
  const now = new Date()
  const since = new Date(now.getTime() - 800 * 86_400_000)
  const company = benchCompany(createRandom(SEED), since)
  const { rows, items, ...about } = company
  await both(databases, company.tenantId, { items }, (run) => writeRows(run, rows))
  const distributor = await fillNetwork(databases, company, since, now)
  const filled: Filled = { ...about, people, interactions: 0, rich: [], known: [], eventful: '', distributor }
  let done = 0
  let saidAt = Date.now()
  for (const batch of benchPeople(company, SEED, now, people, BATCH)) {
    await both(databases, company.tenantId, batch, (run) => writeRows(run, batch.rows))
    filled.rich.push(...batch.rich)
    filled.known.push(...batch.known)
    filled.eventful ||= batch.eventful ?? ''
    filled.interactions += batch.rows.interactions?.length ?? 0
    done += batch.rows.persons?.length ?? 0
    if (Date.now() - saidAt < 10_000) continue
    saidAt = Date.now()
    say(`  ${done.toLocaleString('en')} of ${people.toLocaleString('en')} people written…`)
  }
  for (const pool of [databases.product, databases.floor]) await pool.query('vacuum analyze')
  return filled
}

/** A distributor is as large as it is: a hundred dealers and their open requests, however many people the dealer has. */
async function fillNetwork(databases: Databases, company: BenchCompany, since: Date, now: Date): Promise<BenchDistributor> {
  const { rows, plain, items, ...about } = benchDistributor(createRandom(`${SEED}/distributor`), since, company)
  await both(databases, about.tenantId, { items }, async (run) => {
    await writeRows(run, rows)
    await writePlain(run, plain)
    await run('update lead_sources set is_network = true where tenant_id = $1 and id = $2', [about.tenantId, about.sourceId])
  })
  const waiting = networkPeople(about, SEED, now)
  await both(databases, about.tenantId, waiting, async (run) => {
    await writeRows(run, waiting.rows)
    await writePlain(run, waiting.plain)
    await run('update network_leads n set number = l.number from leads l where n.tenant_id = $1 and l.tenant_id = $1 and l.id = n.id', [about.tenantId])
    await run('update leads set handed_on = true where tenant_id = $1', [about.tenantId])
  })
  return about
}

type Secret = { items: readonly SealItem[]; objections?: readonly Objection[] }

/** The same batch to both sides at once; facts are sealed for one and plain JSON for the other, search tokens are the same numbers. */
async function both({ product, floor, sealer }: Databases, tenantId: string, { items, objections = [] }: Secret, write: (run: Asking) => Promise<void>): Promise<void> {
  const sealed = await sealer.seal(tenantId, items)
  const clear = sealed.map((one, i) => ({ ...one, payload: Buffer.from(JSON.stringify(items[i]?.facts)) }))
  const emails = objections.map(({ email }) => email)
  const tokens = (await sealer.addressTokens(tenantId, { emails, phones: [] })).emails.map((token) => Buffer.from(token, 'base64'))
  await Promise.all([
    inTransaction(product, tenantId, { sealed, objections, tokens }, write),
    inTransaction(floor, tenantId, { sealed: clear, objections, tokens: emails.map(plainHash) }, write),
  ])
}

type SecretRows = { sealed: readonly Sealed[]; objections: readonly Objection[]; /** Of the objections, in their order. */ tokens: readonly Buffer[] }

async function inTransaction(pool: pg.Pool, tenantId: string, { sealed, objections, tokens: addresses }: SecretRows, write: (run: Asking) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  const run: Asking = (sql, values) => client.query(sql, values)
  try {
    await client.query('begin')
    await write(run)
    const facts: Row<'facts'>[] = sealed.map(({ personId, class: factClass, recordId, version, keyId, payload }) => ({
      tenantId,
      personId,
      class: factClass,
      recordId,
      version,
      keyId,
      payload,
    }))
    await writeTable(run, 'facts', facts)
    const tokens = sealed.flatMap((one) => one.tokens.map((token) => ({ token, personId: one.personId, kind: one.tokenKind })))
    await writeTokens(run, tenantId, { token: tokens.map(({ token }) => token), personId: tokens.map(({ personId }) => personId), kind: tokens.map(({ kind }) => kind) })
    // One address is one "no", whoever has it.
    await run(
      `insert into objections (tenant_id, id, token, channel, how, at)
       select $1, id, token, 'email', 'site', at from unnest($2::uuid[], $3::bytea[], $4::timestamptz[]) as given (id, token, at) on conflict do nothing`,
      [tenantId, objections.map(({ id }) => id), addresses, objections.map(({ at }) => at)],
    )
    await client.query('commit')
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
}
