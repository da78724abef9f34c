import type { Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import { tellOfFile } from './file-row.ts'

const KEPT_DAYS = 30
const BATCH = 100

const old = statement<{ id: string; fileId: string; status: string }>(
  'lead_file_old',
  `
  select f.id, f.file_id "fileId", f.status from lead_files f join files o on o.tenant_id = $1 and o.id = f.file_id
  where f.tenant_id = $1 and f.created_at < $2::timestamptz - interval '${KEPT_DAYS} days' and f.status not in ('checking', 'importing', 'undoing') order by f.created_at limit ${BATCH} for update of f`,
)

/** Uploads are not kept longer than they are of use (152-ФЗ art. 5 ч.7): after thirty days key, object and row go; counts and codes stay. */
export async function sweepFiles(ctx: Ctx): Promise<void> {
  const files = await ctx.run(old, [ctx.now()])
  if (files.length === 0) return
  const ids = files.map(({ fileId }) => fileId)
  await ctx.vault.destroy(ctx.asker, ctx.tenantId, ids, 'term_over')
  await ctx.db.deleteFrom('files').where('id', 'in', ids).execute()
  const unused = files.filter(({ status }) => status === 'uploaded' || status === 'checked').map(({ id }) => id)
  if (unused.length > 0)
    await ctx.db
      .updateTable('leadFiles')
      .set((row) => ({ status: 'failed', problem: 'expired', version: row('version', '+', 1) }))
      .where('id', 'in', unused)
      .execute()
  for (const { id, fileId } of files) {
    // The key is gone, so what a failing store keeps for now is noise.
    await ctx.files.remove({ tenantId: ctx.tenantId, fileId })
    ctx.audit('file.destroyed', { object: { kind: 'lead_file', id }, details: { reason: 'term_over' } })
    tellOfFile(ctx, id)
  }
  if (files.length === BATCH) ctx.emit('sweep-files', {}, { key: `sweep-files:${ctx.tenantId}` })
}
