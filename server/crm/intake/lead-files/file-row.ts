import type { z } from 'zod'
import type { LeadFile, LeadFileField, LeadFileStatus } from '../../../../contract/crm/lead-file.ts'
import { notFound, stale, wrongState, type Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'

export type FileColumns = {
  id: string
  sourceId: string
  source: string
  uploadedBy: string
  fileId: string
  format: 'csv' | 'xlsx'
  basis: LeadFile['basis']
  interest: LeadFile['interest']
  status: LeadFileStatus
  mapping: LeadFileField[]
  total: number
  good: number
  bad: number
  known: number
  done: number
  kept: number
  undone: number
  failed: number
  problem: string | null
  createdAt: Date
  version: number
}
export const fileColumns = `f.id, f.source_id "sourceId", s.name source, f.uploaded_by "uploadedBy", f.file_id "fileId", f.format, f.basis, f.interest, f.status, f.mapping,
  f.rows_total total, f.rows_good good, f.rows_bad bad, f.rows_known known, f.rows_done done, f.rows_kept kept, f.rows_undone undone, f.rows_failed failed, f.problem, f.created_at "createdAt", f.version`
export const fileJoins = 'lead_files f join lead_sources s on s.tenant_id = $1 and s.id = f.source_id'

export function toFile({ fileId: _object, createdAt, total, good, bad, known, done, kept, undone, failed, ...row }: FileColumns): z.input<typeof LeadFile> {
  return { ...row, rows: { total, good, bad, known, done, kept, undone, failed }, createdAt: createdAt.toISOString() }
}

const one = (lock: string) => statement<FileColumns>(`lead_file_one${lock ? '_locked' : ''}`, `select ${fileColumns} from ${fileJoins} where f.tenant_id = $1 and f.id = $2${lock}`)
const reading = one('')
const changing = one(' for update of f')

export async function readFile(ctx: Ctx, fileId: string): Promise<FileColumns> {
  const [row] = await ctx.run(reading, [fileId])
  if (!row) throw notFound()
  return row
}

/** Locked for a change, in one of the states the change needs. */
export async function lockFile(ctx: Ctx, fileId: string, version: number, states: readonly LeadFileStatus[]): Promise<FileColumns> {
  const [row] = await ctx.run(changing, [fileId])
  if (!row) throw notFound()
  if (row.version !== version) throw stale({ version: row.version, status: row.status })
  if (!states.includes(row.status)) throw wrongState(row.status)
  return row
}

export const tellOfFile = (ctx: Ctx, id: string): void => ctx.live({ kind: 'lead_file', id, outletId: null, responsibleId: null })

const taken = statement<{ ref: string }>('lead_refs_taken', `select external_ref ref from leads where tenant_id = $1 and source_id = $2 and external_ref = any ($3::text[])`)

/** Which of these rows' numbers stand at requests that have come from the same source already. */
export async function refsTaken(ctx: Ctx, { sourceId }: FileColumns, rows: readonly { externalRef: string | null }[]): Promise<Set<string>> {
  const refs = rows.flatMap(({ externalRef }) => externalRef ?? [])
  return new Set((await ctx.run(taken, [sourceId, refs])).map(({ ref }) => ref))
}
