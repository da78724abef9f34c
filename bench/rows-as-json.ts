/** Rows of tables that the demo's writer does not know, as the demo itself writes them. */
import { insertPlain, type Asking, type Plain } from '../server/demo/plain-rows.ts'

/** Columns by their names in the database; all rows of a table have the same. */
export type PlainRow = Plain
/** Parents before children. */
export type PlainTables = readonly (readonly [table: string, rows: readonly PlainRow[]])[]

export async function writePlain(run: Asking, tables: PlainTables): Promise<void> {
  for (const [table, rows] of tables) await insertPlain(run, table, rows)
}
