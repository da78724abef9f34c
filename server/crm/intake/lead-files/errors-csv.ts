import { leadFiles } from '../../../../contract/crm/lead-file.ts'
import { handle, wrongState, type Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import { Revealed } from '../../../vault/index.ts'
import { writeCsv } from '../table/write-csv.ts'
import { readFile, type FileColumns } from './file-row.ts'
import { openRows, placeOf } from './open-rows.ts'

const MAX_ROWS = 10_000

type Bad = { line: number; problems: { column: number | null; code: string }[] }
const badRows = statement<Bad>(
  'lead_file_bad',
  `select line, problems from lead_file_rows where tenant_id = $1 and file_id = $2 and status = 'bad' order by line limit ${MAX_ROWS + 1}`,
)

/** The bad rows as they were uploaded, with their line and what is wrong: corrected in a spreadsheet they can be uploaded again. Opening the file is on the record. */
export const exportErrors = handle(leadFiles.errors, async (ctx, { fileId }) => {
  const file = await readFile(ctx, fileId)
  if (file.status === 'uploaded' || file.status === 'checking') throw wrongState(file.status)
  const bad = await ctx.run(badRows, [fileId])
  const shown = bad.slice(0, MAX_ROWS)
  const csv = shown.length === 0 ? new Revealed('') : new Revealed(await csvOf(ctx, file, new Map(shown.map(({ line, problems }) => [line, problems]))))
  return { csv, rows: shown.length, isCut: bad.length > MAX_ROWS }
})

async function csvOf(ctx: Ctx, file: FileColumns, wanted: ReadonlyMap<number, Bad['problems']>): Promise<string> {
  const table = await openRows(ctx.files, await placeOf(ctx, file), file)
  async function* lines(): AsyncGenerator<(string | number)[]> {
    yield [...table.header, '№', '!']
    let left = wanted.size
    for await (const { line, cells } of table.rows) {
      const problems = wanted.get(line)
      if (!problems) continue
      yield [...Object.values(cells), line, problems.map(({ column, code }) => (column === null ? code : `${table.header[column - 1] ?? column}: ${code}`)).join(', ')]
      if (--left === 0) break
    }
  }
  let csv = ''
  for await (const text of writeCsv(lines())) csv += text
  await table.close()
  return csv
}
