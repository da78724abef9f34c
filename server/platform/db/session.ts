import { createHash } from 'node:crypto'
import {
  CamelCasePlugin,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type KyselyPlugin,
  type QueryResult,
} from 'kysely'
import type pg from 'pg'
import { TenantPlugin } from './tenant-plugin.ts'
import { tenantTables, type Tables } from './tables.ts'

/** A statement of a hot path: SQL text prepared once per connection. `$1` is always the tenant; columns are aliased to camelCase. */
export type Statement<Row> = { name: string; text: string; readonly row?: Row }
export const statement = <Row>(name: string, text: string): Statement<Row> => ({ name, text })

/**
 * `column = any (list)` whose length the planner is not shown; `list` is a parameter with its type, such as `$2::uuid[]`. Where it sees that a list is short it finds a
 * plan for this very list cheaper than one for all, and so plans the statement at every call, which takes longer than to run it.
 */
export const isOneOf = (column: string, list: `$${number}::${'uuid' | 'text'}[]`): string => `${column} = any ((select ${list})::${list.replace(/^.*::/, '')})`

/** Names for texts that Kysely compiles, so that they are prepared too. Bounded: lists of changing length would grow it for ever. */
const names = new Map<string, string>()
const MAX_NAMES = 1_000
function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known || names.size >= MAX_NAMES) return known
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 20)
  names.set(text, name)
  return name
}

/** Whatever runs a statement: a connection inside a transaction, or a door that opens one for each. */
export type Runs = { query: (query: pg.QueryConfig) => Promise<pg.QueryResult> }

class OneConnection implements DatabaseConnection {
  readonly #client: Runs
  constructor(client: Runs) {
    this.#client = client
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const name = nameOf(query.sql)
    const result = await this.#client.query({ text: query.sql, values: [...query.parameters], ...(name ? { name } : {}) })
    return { rows: result.rows as R[], ...(result.rowCount === null ? {} : { numAffectedRows: BigInt(result.rowCount) }) }
  }
  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('an act reads by pages, not by streams')
  }
}

function dialect(client: Runs): Dialect {
  const connection = new OneConnection(client)
  return {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: () => ({
      init: async () => {},
      acquireConnection: async () => connection,
      beginTransaction: () => Promise.reject(new Error('the unit of work owns the transaction')),
      commitTransaction: () => Promise.reject(new Error('the unit of work owns the transaction')),
      rollbackTransaction: () => Promise.reject(new Error('the unit of work owns the transaction')),
      releaseConnection: async () => {},
      destroy: async () => {},
    }),
  }
}

const camelCase: KyselyPlugin = new CamelCasePlugin({ maintainNestedObjectKeys: true })

/** Kysely on one connection that is inside a transaction; with a tenant, every statement on its tables carries it. */
export const kyselyOn = (client: Runs, tenantId: string | null): Kysely<Tables> =>
  new Kysely<Tables>({ dialect: dialect(client), plugins: tenantId === null ? [camelCase] : [camelCase, new TenantPlugin(tenantId, tenantTables)] })
