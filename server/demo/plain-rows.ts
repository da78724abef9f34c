/** Rows that few tables of the demo need: written as objects, read by PostgreSQL itself. The great tables go through write-rows.ts. */
import type { Sealed, SealItem } from '../vault/index.ts'
import type { DemoCompany, DemoNetwork } from './network.ts'
import type { Row } from './rows.ts'
import type { OpenObjection } from './telling.ts'
import type { Run } from './write-rows.ts'

/** Statement and values in the open transaction, with its rows. */
export type Asking = (sql: string, values: unknown[]) => Promise<{ rows: unknown[] }>
export type Plain = Record<string, unknown>

/** What the stories of the network are written with. */
export type Ground = {
  network: DemoNetwork
  now: Date
  run: Asking
  seal: (tenantId: string, items: SealItem[]) => Promise<readonly Sealed[]>
  writeSealed: (run: Run, tenantId: string, sealed: readonly Sealed[]) => Promise<void>
  hashObjections: (tenantId: string, objections: readonly OpenObjection[]) => Promise<Row<'objections'>[]>
}
/** A dealer with the id by which the importer knows it. */
export type Dealt = { id: string; company: DemoCompany }

/** Rows in the columns of their table; a column that the first of them leaves out takes its default. */
export async function insertPlain(run: Asking, table: string, rows: readonly Plain[]): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.keys(rows[0] ?? {}).join(', ')
  await run(`insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [JSON.stringify(rows)])
}

/** The numbers that the database has given, by lead. */
export async function numbersOf(run: Asking, tenantId: string, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await run('select id, number from leads where tenant_id = $1 and id = any ($2::uuid[])', [tenantId, ids])
  return new Map((rows as { id: string; number: string | number }[]).map(({ id, number }) => [id, Number(number)]))
}
