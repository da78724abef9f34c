/** Fills the two databases with the same people: sealed in the product's, in clear in the floor's. */
import type pg from 'pg'
import { createRandom } from '../server/demo/index.ts'
import type { Row } from '../server/demo/rows.ts'
import { writeRows, writeTable, writeTokens, type Run } from '../server/demo/write-rows.ts'
import type { BulkSealer } from '../server/vault/bulk.ts'
import type { Sealed, SealItem } from '../server/vault/index.ts'
import { benchCompany, type BenchCompany } from './company.ts'
import { benchPeople, type KnownPerson } from './people.ts'

const SEED = 'bench-1'
const BATCH = 1_000

/** What the driver and the floor need to know of what was filled in. */
export type Filled = Omit<BenchCompany, 'rows' | 'items'> & { people: number; interactions: number; rich: string[]; known: KnownPerson[] }

/** Some hundred thousand rows by the tables' owner of each database; constraints stay in force, so it takes a minute or two per 100,000 people. */
export async function fill(product: pg.Pool, floor: pg.Pool, sealer: BulkSealer, people: number, say: (sentence: string) => void): Promise<Filled> {
  const now = new Date()
  const company = benchCompany(createRandom(SEED), new Date(now.getTime() - 800 * 86_400_000))
  const { rows, items, ...about } = company
  const filled: Filled = { ...about, people, interactions: 0, rich: [], known: [] }
  await both(product, floor, sealer, company.tenantId, items, (run) => writeRows(run, rows))
  let done = 0
  let saidAt = Date.now()
  for (const batch of benchPeople(company, SEED, now, people, BATCH)) {
    await both(product, floor, sealer, company.tenantId, batch.items, (run) => writeRows(run, batch.rows))
    filled.rich.push(...batch.rich)
    filled.known.push(...batch.known)
    filled.interactions += batch.rows.interactions?.length ?? 0
    done += batch.rows.persons?.length ?? 0
    if (Date.now() - saidAt < 10_000) continue
    saidAt = Date.now()
    say(`  ${done.toLocaleString('en')} of ${people.toLocaleString('en')} people written…`)
  }
  for (const pool of [product, floor]) await pool.query('vacuum analyze')
  return filled
}

/** The same batch to both sides at once; facts are sealed for one and plain JSON for the other, tokens are the same numbers. */
async function both(product: pg.Pool, floor: pg.Pool, sealer: BulkSealer, tenantId: string, items: SealItem[], write: (run: Run) => Promise<void>): Promise<void> {
  const sealed = await sealer.seal(tenantId, items)
  const clear = sealed.map((one, i) => ({ ...one, payload: Buffer.from(JSON.stringify(items[i]?.facts)) }))
  await Promise.all([inTransaction(product, tenantId, sealed, write), inTransaction(floor, tenantId, clear, write)])
}

async function inTransaction(pool: pg.Pool, tenantId: string, sealed: readonly Sealed[], write: (run: Run) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  const run: Run = (sql, values) => client.query(sql, values)
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
    await client.query('commit')
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
}
