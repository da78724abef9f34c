import { leadFiles, type LeadFileRow } from '../../../../contract/crm/lead-file.ts'
import { fromCursor, handle, invalid, pageOf } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import { fileColumns, fileJoins, readFile, toFile, type FileColumns } from './file-row.ts'

const list = statement<FileColumns>(
  'lead_file_list',
  `
  select ${fileColumns} from ${fileJoins} where f.tenant_id = $1 and ($2::timestamptz is null or (f.created_at, f.id) < ($2, $3::uuid)) order by f.created_at desc, f.id desc limit $4`,
)

export const listLeadFiles = handle(leadFiles.list, async (ctx, { cursor, limit }) => {
  const place = fromCursor(cursor)
  const rows = await ctx.run(list, [place?.at ?? null, place?.id ?? null, limit + 1])
  const { shown, nextCursor } = pageOf(rows, limit, (row) => [row.createdAt, row.id])
  return { rows: shown.map(toFile), nextCursor }
})

export const showLeadFile = handle(leadFiles.get, async (ctx, { fileId }) => toFile(await readFile(ctx, fileId)))

const rowsOf = statement<LeadFileRow>(
  'lead_file_rows',
  `
  select line, status, problems, lead_id "leadId" from lead_file_rows where tenant_id = $1 and file_id = $2 and status = $3 and line > $4 order by line limit $5`,
)

export const listLeadFileRows = handle(leadFiles.rows, async (ctx, { fileId, status, cursor = '0', limit }) => {
  if (!/^\d{1,9}$/.test(cursor)) throw invalid('cursor', 'format')
  await readFile(ctx, fileId)
  const rows = await ctx.run(rowsOf, [fileId, status, Number(cursor), limit + 1])
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, nextCursor: rows.length > limit && last ? String(last.line) : null }
})
