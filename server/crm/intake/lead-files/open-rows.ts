import type { Ctx } from '../../../kernel/index.ts'
import { openTable } from '../table/open-table.ts'
import type { Table, TableRow } from '../table/types.ts'
import type { FileColumns } from './file-row.ts'

export const BATCH_ROWS = 500

/** The key of an upload; the vault checks the right and writes the trace. */
export const keyOf = (ctx: Ctx, { fileId }: Pick<FileColumns, 'fileId'>): Promise<Buffer> =>
  ctx.vault.openFileKey(ctx.asker, ctx.tenantId, { purpose: ctx.purpose, fileId, door: ctx.door })

/** Opens the sealed upload as a table; CSV is read as it comes. */
export async function openRows(ctx: Pick<Ctx, 'files' | 'tenantId'>, file: Pick<FileColumns, 'fileId' | 'format'>, key: Buffer): Promise<Table> {
  return openTable(await ctx.files.open({ tenantId: ctx.tenantId, fileId: file.fileId, key }), `leads.${file.format}`)
}

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
