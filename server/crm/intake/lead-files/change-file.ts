import { leadFiles } from '../../../../contract/crm/lead-file.ts'
import { handle, invalid } from '../../../kernel/index.ts'
import { lockFile, tellOfFile } from './file-row.ts'

/** Begins the dry run, also anew with another mapping. The job reads; nothing is made. */
export const checkLeadFile = handle(leadFiles.check, async (ctx, { fileId, version, mapping, interest }) => {
  const file = await lockFile(ctx, fileId, version, ['uploaded', 'checked', 'failed'])
  if (mapping.length !== file.mapping.length) throw invalid('mapping', 'length')
  if (!mapping.some((field) => field === 'phone' || field === 'email')) throw invalid('mapping', 'phone_or_email')
  await ctx.db
    .updateTable('leadFiles')
    .set({ status: 'checking', mapping, interest, problem: null, rowsTotal: 0, rowsGood: 0, rowsBad: 0, rowsKnown: 0, version: version + 1 })
    .where('id', '=', fileId)
    .execute()
  ctx.emit('lead-file-check', { fileId }, { key: `lead-file:${fileId}` })
  ctx.audit('lead_file.checked', { object: { kind: 'lead_file', id: fileId }, details: { state: 'begun' } })
  tellOfFile(ctx, fileId)
  return { id: fileId, version: version + 1 }
})

/** Begins the import of the good rows. */
export const importLeadFile = handle(leadFiles.commit, async (ctx, { fileId, version }) => {
  const file = await lockFile(ctx, fileId, version, ['checked'])
  if (file.good === 0) throw invalid('fileId', 'no_good_rows')
  await ctx.db
    .updateTable('leadFiles')
    .set({ status: 'importing', version: version + 1 })
    .where('id', '=', fileId)
    .execute()
  ctx.emit('lead-import', { fileId }, { key: `lead-file:${fileId}` })
  ctx.audit('lead_file.imported', { object: { kind: 'lead_file', id: fileId }, details: { state: 'begun', rows: file.good } })
  tellOfFile(ctx, fileId)
  return { id: fileId, version: version + 1 }
})

/** Begins the undo of an import. */
export const undoLeadFile = handle(leadFiles.undo, async (ctx, { fileId, version }) => {
  const file = await lockFile(ctx, fileId, version, ['imported'])
  await ctx.db
    .updateTable('leadFiles')
    .set({ status: 'undoing', rowsUndone: 0, rowsKept: 0, rowsFailed: 0, version: version + 1 })
    .where('id', '=', fileId)
    .execute()
  ctx.emit('lead-import-undo', { fileId }, { key: `lead-file:${fileId}` })
  ctx.audit('lead_file.undone', { object: { kind: 'lead_file', id: fileId }, details: { state: 'begun', rows: file.done } })
  tellOfFile(ctx, fileId)
  return { id: fileId, version: version + 1 }
})
