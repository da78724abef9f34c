import { leadFileFields, leadFiles, type LeadFileField } from '../../../../contract/crm/lead-file.ts'
import type { Upload } from '../../../../contract/upload.ts'
import { handle, invalid, Refusal } from '../../../kernel/index.ts'
import type { Spool } from '../../../platform/files/spool.ts'
import { guessMapping } from '../table/guess-mapping.ts'
import { openTable } from '../table/open-table.ts'
import { TableProblem } from '../table/types.ts'
import { tellOfFile } from './file-row.ts'

/**
 * Reads the headings of the upload and seals it. The rows are read by the job; headings may hold people (a file without a heading line), so they are shown
 * once and stand in no table: only the answer for whoever repeats the request holds them, sealed, for ten minutes.
 */
export const uploadLeadFile = handle(leadFiles.upload, async (ctx, { sourceId, basis, interest, fileName, body }) => {
  const source = await ctx.db.selectFrom('leadSources').select('id').where('id', '=', sourceId).where('isActive', '=', true).executeTakeFirst()
  if (!source) throw invalid('sourceId', 'unknown')
  // Said before anything is stored: a basis that the register does not know for enquiries would hold nobody.
  const activity = await ctx.db.selectFrom('activities').select('bases').where('code', '=', 'lead').executeTakeFirst()
  if (!activity?.bases.includes(basis)) throw new Refusal('no_ground', { details: { activityCode: 'lead', basis } })
  const { format, header } = await headOf(body, fileName, ctx.files.aside)
  const [id, fileId] = [ctx.newId(), ctx.newId()]
  const { keyId, key } = await ctx.vault.fileKey(ctx.asker, ctx.tenantId, fileId)
  const { sha256 } = await ctx.files.store({ tenantId: ctx.tenantId, fileId, key }, body.bytes, body.read())
  await ctx.db.insertInto('files').values({ id: fileId, kind: 'lead_file', bytes: body.bytes, keyId, sha256, createdAt: ctx.now(), personId: null }).execute()
  const mapping = fieldsOf(header)
  await ctx.db
    .insertInto('leadFiles')
    .values({ id, sourceId, uploadedBy: ctx.me, fileId, status: 'uploaded', format, basis, interest, mapping, problem: null, createdAt: ctx.now() })
    .execute()
  // Who attested what is the proof that consent or request was there (152-ФЗ art. 9 ч.3).
  ctx.audit('lead_file.uploaded', { object: { kind: 'lead_file', id }, details: { sourceId, basis, bytes: body.bytes, format, attested: true } })
  tellOfFile(ctx, id)
  return { id, version: 1, headings: header, mapping }
})

async function headOf(body: Upload, fileName: string, aside: Spool): Promise<{ format: 'csv' | 'xlsx'; header: string[] }> {
  try {
    const { format, header, close } = await openTable(body, fileName, aside)
    await close()
    return { format, header }
  } catch (error) {
    if (error instanceof TableProblem) throw invalid('body', error.code)
    throw error
  }
}

/** What the headings seem to mean, by the place of the column. */
export function fieldsOf(header: readonly string[]): LeadFileField[] {
  const guessed = guessMapping(header)
  return header.map((heading) => leadFileFields.find((field) => field === guessed[heading]) ?? 'skip')
}
