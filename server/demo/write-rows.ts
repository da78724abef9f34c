/**
 * Bulk insert by the tables' owner: one statement per table and batch, a column an array, every constraint in force.
 * Array literals are written here because the driver's own quoting of each element costs more than the insert.
 */
import { type ColumnType, type Row, type Rows, type Table, tableColumns, writeOrder } from './rows.ts'

/** Statement and values, in the open transaction. */
export type Run = (sql: string, values: unknown[]) => Promise<unknown>

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

/** One element of an array literal (PostgreSQL manual, 8.15.2). */
function element(type: ColumnType, value: unknown): string {
  if (value === null) return 'NULL'
  switch (type) {
    case 'uuid':
    case 'int':
    case 'bigint':
    case 'boolean':
    case 'date':
      return String(value as string | number | bigint | boolean)
    case 'timestamptz':
      return (value as Date).toISOString()
    case 'text':
      return quoted(value as string)
    case 'jsonb':
      return quoted(JSON.stringify(value))
    case 'bytea':
      return `"\\\\x${(value as Buffer).toString('hex')}"`
    case 'text[]':
      return quoted(`{${(value as readonly string[]).map(quoted).join(',')}}`)
  }
}

type Column = { name: string; type: ColumnType }
type Statement = { sql: string; columns: Column[] }

/** An array of arrays cannot be unnested row by row, so such a column travels as text. */
function statementFor(table: Table): Statement {
  const columns = Object.entries(tableColumns[table]).map(([name, type]) => ({ name, type: type.replace('?', '') as ColumnType }))
  const names = columns.map(({ name }) => snake(name))
  const selected = columns.map(({ name, type }) => (type === 'text[]' ? `${snake(name)}::text[]` : snake(name)))
  const given = columns.map(({ type }, i) => `$${i + 1}::${type === 'text[]' ? 'text' : type}[]`)
  return { columns, sql: `insert into ${snake(table)} (${names.join(', ')}) select ${selected.join(', ')} from unnest(${given.join(', ')}) as given (${names.join(', ')})` }
}

const statements = new Map<Table, Statement>()
const prepared = (table: Table): Statement => {
  const known = statements.get(table) ?? statementFor(table)
  statements.set(table, known)
  return known
}

/** Writes rows of one table; none is nothing. */
export async function writeTable<T extends Table>(run: Run, table: T, rows: readonly Row<T>[]): Promise<void> {
  if (rows.length === 0) return
  const { sql, columns } = prepared(table)
  const literals = columns.map(({ name, type }) => `{${rows.map((row) => element(type, (row as Record<string, unknown>)[name])).join(',')}}`)
  await run(sql, literals)
}

/** Writes rows of many tables, parents first. */
export async function writeRows(run: Run, rows: Rows): Promise<void> {
  for (const table of writeOrder) await writeTable(run, table, (rows[table] ?? []) as Row<typeof table>[])
}

/** Search tokens of one tenant. Two facts of a person may have a token in common. */
export async function writeTokens(run: Run, tenantId: string, tokens: { token: string[]; personId: string[]; kind: number[] }): Promise<void> {
  if (tokens.token.length === 0) return
  await run(
    `insert into search_tokens (tenant_id, token, person_id, kind)
     select $1, token, person_id, kind from unnest($2::bigint[], $3::uuid[], $4::smallint[]) as given (token, person_id, kind) order by token on conflict do nothing`,
    [tenantId, `{${tokens.token.join(',')}}`, `{${tokens.personId.join(',')}}`, `{${tokens.kind.join(',')}}`],
  )
}
