import type { Ctx } from '../../../kernel/index.ts'
import type { SealedFiles } from '../../../platform/files/sealed-files.ts'
import { openTable } from '../table/open-table.ts'
import type { Table, TableRow } from '../table/types.ts'
import type { FileColumns } from './file-row.ts'

export const BATCH_ROWS = 500

/** The key of an upload; the vault checks the right and writes the trace. */
const keyOf = (ctx: Ctx, { fileId }: Pick<FileColumns, 'fileId'>): Promise<Buffer> =>
  ctx.vault.openFileKey(ctx.asker, ctx.tenantId, { purpose: ctx.purpose, fileId, door: ctx.door })

/** Where a sealed upload lies, and what opens it: a job that reads it for longer than a transaction lasts takes no more out of one. */
export type Place = { tenantId: string; fileId: string; key: Buffer }
export const placeOf = async (ctx: Ctx, file: Pick<FileColumns, 'fileId'>): Promise<Place> => ({ tenantId: ctx.tenantId, fileId: file.fileId, key: await keyOf(ctx, file) })

/** Opens the sealed upload as a table, of which some rows at a time are in memory. */
export const openRows = async (files: SealedFiles, place: Place, { format }: Pick<FileColumns, 'format'>): Promise<Table> =>
  openTable(await files.open(place), `leads.${format}`, files.aside)

/** Rows in batches, so that each is one transaction. */
export async function* inBatches(rows: AsyncIterable<TableRow>, size = BATCH_ROWS): AsyncGenerator<TableRow[]> {
  let batch: TableRow[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
