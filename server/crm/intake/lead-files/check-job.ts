import type { Act, Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import type { SealedFiles } from '../../../platform/files/sealed-files.ts'
import { TableProblem, type TableRow } from '../table/types.ts'
import { readFile, refsTaken, tellOfFile, type FileColumns } from './file-row.ts'
import { inBatches, openRows, placeOf } from './open-rows.ts'
import { readRow, type ReadRow } from './read-row.ts'
import { SeenRows } from './seen-rows.ts'

/** What a job has beside its transactions. */
export type Beside = { signal: AbortSignal; files: SealedFiles }

const forget = statement('lead_file_forget', `delete from lead_file_rows where tenant_id = $1 and file_id = $2`)
const keep = statement(
  'lead_file_keep',
  `
  insert into lead_file_rows (tenant_id, file_id, line, status, problems)
  select $1, $2, r.line, r.status, r.problems::jsonb from unnest($3::int[], $4::text[], $5::text[]) r(line, status, problems) on conflict (tenant_id, file_id, line) do nothing`,
)
const count = statement(
  'lead_file_count',
  `
  update lead_files set rows_total = rows_total + $3, rows_good = rows_good + $4, rows_bad = rows_bad + $5, rows_known = rows_known + $6 where tenant_id = $1 and id = $2`,
)

/** The dry run: every row is read and judged, beside the file's other rows and the people who are there; nothing else is written. Begun anew it starts from the first row. */
export async function checkFile(act: Act, fileId: string, { signal, files }: Beside): Promise<void> {
  const start = await act(async (ctx) => {
    const file = await readFile(ctx, fileId)
    if (file.status !== 'checking') return null
    await ctx.run(forget, [fileId])
    await ctx.db.updateTable('leadFiles').set({ rowsTotal: 0, rowsGood: 0, rowsBad: 0, rowsKnown: 0 }).where('id', '=', fileId).execute()
    return { file, place: await placeOf(ctx, file) }
  })
  if (!start) return
  const { file, place } = start
  const seen = new SeenRows()
  try {
    const table = await openRows(files, place, file)
    for await (const batch of inBatches(table.rows)) {
      if (signal.aborted) throw new Error('the worker is stopping')
      await act((ctx) => checkBatch(ctx, file, batch, seen))
    }
  } catch (error) {
    if (!(error instanceof TableProblem)) throw error
    return act((ctx) => finish(ctx, fileId, { status: 'failed', problem: error.line === null ? error.code : `${error.code}|${error.line}` }))
  }
  await act((ctx) => finish(ctx, fileId, { status: 'checked', problem: null }))
}

async function finish(ctx: Ctx, fileId: string, end: { status: 'checked' | 'failed'; problem: string | null }): Promise<void> {
  const { rowsTotal, rowsGood, rowsBad } = await ctx.db
    .updateTable('leadFiles')
    .set((row) => ({ ...end, version: row('version', '+', 1) }))
    .where('id', '=', fileId)
    .returning(['rowsTotal', 'rowsGood', 'rowsBad'])
    .executeTakeFirstOrThrow()
  ctx.audit('lead_file.checked', {
    object: { kind: 'lead_file', id: fileId },
    details: { state: end.status, rows: rowsTotal, good: rowsGood, bad: rowsBad, ...(end.problem ? { problem: end.problem } : {}) },
  })
  tellOfFile(ctx, fileId)
}

async function checkBatch(ctx: Ctx, file: FileColumns, batch: TableRow[], seen: SeenRows): Promise<void> {
  const rows = batch.map((row) => readRow(row, file.mapping, file.interest))
  // The act may be run again by the unit of work: what it adds to `seen` it must not find there as another's.
  for (const read of rows) noteRepeats(read, file.mapping, seen)
  const good = (): ReadRow[] => rows.filter(({ problems }) => problems.length === 0)
  const refs = await refsTaken(
    ctx,
    file,
    good().map(({ row }) => row),
  )
  for (const { row, problems } of good())
    if (row.externalRef !== null && refs.has(row.externalRef)) problems.push({ column: file.mapping.indexOf('externalRef') + 1, code: 'known_request' })
  const asked = good()
  const people =
    asked.length === 0
      ? []
      : await ctx.vault.match(ctx.asker, ctx.tenantId, {
          items: asked.map(({ row }) => ({ phones: row.contact.phones.map(({ e164 }) => e164), emails: row.contact.emails.map(({ address }) => address), vins: [] })),
          door: ctx.door,
        })
  const known = new Set(asked.filter((_, index) => (people[index]?.length ?? 0) > 0))
  const problemsOf = (read: ReadRow): unknown => (known.has(read) ? [{ column: null, code: 'known_person' }] : read.problems)
  const isGood = ({ problems }: ReadRow): boolean => problems.length === 0
  await ctx.run(keep, [file.id, rows.map(({ line }) => line), rows.map((read) => (isGood(read) ? 'good' : 'bad')), rows.map((read) => JSON.stringify(problemsOf(read)))])
  await ctx.run(count, [file.id, rows.length, asked.length, rows.length - asked.length, known.size])
  tellOfFile(ctx, file.id)
}

/** The second row with a phone, an e-mail or a number that an earlier row has would make a second lead of one request. */
function noteRepeats({ line, row, problems }: ReadRow, mapping: FileColumns['mapping'], seen: SeenRows): void {
  if (problems.length > 0) return
  const keys: [string, 'phone' | 'email' | 'externalRef'][] = [
    ...row.contact.phones.map(({ e164 }): [string, 'phone'] => [e164, 'phone']),
    ...row.contact.emails.map(({ address }): [string, 'email'] => [address, 'email']),
    ...(row.externalRef ? [[`#${row.externalRef}`, 'externalRef'] as [string, 'externalRef']] : []),
  ]
  for (const [key, field] of keys) {
    if (seen.firstLine(key, line) < line) return void problems.push({ column: mapping.indexOf(field) + 1, code: 'duplicate_in_file' })
  }
  for (const [key] of keys) seen.add(key, line)
}
