/** Rows of tables that the demo's writer does not know, a statement a table: the database reads each column from JSON by its own type. */
import type { Run } from '../server/demo/write-rows.ts'

/** Columns by their names in the database; all rows of a table have the same. */
export type PlainRow = Record<string, unknown>
/** Parents before children. */
export type PlainTables = readonly (readonly [table: string, rows: readonly PlainRow[]])[]

export async function writePlain(run: Run, tables: PlainTables): Promise<void> {
  for (const [table, rows] of tables) {
    const columns = Object.keys(rows[0] ?? {}).join(', ')
    if (columns !== '') await run(`insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [JSON.stringify(rows)])
  }
}
