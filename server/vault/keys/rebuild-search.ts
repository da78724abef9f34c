import type pg from 'pg'
import { factColumns, openFact } from '../acts/open-facts.ts'
import { indexOf, tokenKindOf, tokensOf } from '../acts/seal.ts'
import { withTenant } from '../db.ts'
import type { SealItem } from '../protocol.ts'
import { DataKeys } from './data-keys.ts'
import { PLATFORM, type KeyStore } from './key-store.ts'

const BATCH = 500

type FactRow = { person_id: string; class: 'contact' | 'vehicle'; record_id: string; version: number; key_id: string }
const nextText = `select ${factColumns} from facts f where f.tenant_id = $1 and f.class in ('contact', 'vehicle')
  and f.person_id in (select p.id from persons p where p.tenant_id = $1 and p.kind = 'customer' and p.id > $2 order by p.id limit ${BATCH})`
const lastText = `select id from (select id from persons where tenant_id = $1 and kind = 'customer' and id > $2 order by id limit ${BATCH}) page order by id desc limit 1`

/**
 * Makes the search tokens anew from sealed facts: for a main database that was backed up without them. Tokens in an old backup would let whoever has it and the
 * living index key try out telephones of people destroyed since; so they need not be in any. May be run again, and while people work.
 * @returns how many tokens were put in.
 */
export async function rebuildSearch(store: KeyStore, main: pg.Pool): Promise<number> {
  const { rows: tenants } = await store.pool.query<{ tenant_id: string }>(`select distinct tenant_id from index_keys where tenant_id <> $1 order by tenant_id`, [PLATFORM])
  const dataKeys = new DataKeys(store)
  let made = 0
  for (const { tenant_id: tenantId } of tenants) made += await rebuildTenant({ store, dataKeys, main }, tenantId)
  return made
}

type Rebuilding = { store: KeyStore; dataKeys: DataKeys; main: pg.Pool }

async function rebuildTenant({ store, dataKeys, main }: Rebuilding, tenantId: string): Promise<number> {
  const index = await indexOf(store, tenantId)
  let made = 0
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const page = await withTenant(main, tenantId, async (client) => {
      const { rows: last } = await client.query<{ id: string }>(lastText, [tenantId, after])
      return { last: last[0]?.id, facts: (await client.query<FactRow>(nextText, [tenantId, after])).rows }
    })
    if (page.last === undefined) return made
    after = page.last
    const keys = await dataKeys.load(
      tenantId,
      page.facts.map((row) => row.key_id),
    )
    const tokens = page.facts.flatMap((row) => {
      const facts = openFact(tenantId, row, keys)
      if (!facts) return []
      const { person_id: personId, record_id: recordId, version, class: factClass } = row
      return tokensOf(index, { personId, class: factClass, recordId, version, facts } as SealItem).map((token) => ({
        personId,
        token: String(token),
        kind: tokenKindOf(factClass),
      }))
    })
    made += await putIn(main, tenantId, tokens)
  }
}

const putText = `insert into search_tokens (tenant_id, token, person_id, kind) select $1, t.token, t.person_id, t.kind from unnest($2::bigint[], $3::uuid[], $4::smallint[]) t(token, person_id, kind)
  where exists (select from persons p where p.tenant_id = $1 and p.id = t.person_id) on conflict do nothing`

const putIn = (main: pg.Pool, tenantId: string, tokens: readonly { personId: string; token: string; kind: number }[]): Promise<number> =>
  withTenant(main, tenantId, async (client) => {
    const values = [tenantId, tokens.map(({ token }) => token), tokens.map(({ personId }) => personId), tokens.map(({ kind }) => kind)]
    return (await client.query(putText, values)).rowCount ?? 0
  })
