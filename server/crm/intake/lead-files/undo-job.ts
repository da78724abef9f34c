import { isPgError, Refusal, type Act, type Ctx } from '../../../kernel/index.ts'
import { destroyPeople, refreshTerm } from '../../../people/index.ts'
import { statement } from '../../../platform/db/session.ts'
import type { Beside } from './check-job.ts'
import { readFile, tellOfFile } from './file-row.ts'

const BATCH = 200

type Row = { line: number; leadId: string | null; personId: string | null; isTouched: boolean }
const nextRows = statement<Row>(
  'lead_file_undo_next',
  `
  select r.line, r.lead_id "leadId", l.person_id "personId",
    (l.id is null or l.person_id is null or l.version > 1 or l.status <> 'new' or p.version > 1 or p.restricted_at is not null
      or exists (select from interactions i where i.tenant_id = $1 and i.person_id = l.person_id and (i.lead_id = l.id or not i.is_automatic))
      or exists (select from tasks t where t.tenant_id = $1 and t.lead_id = l.id)
      or exists (select from deals d where d.tenant_id = $1 and d.lead_id = l.id)
      or exists (select from test_drives t where t.tenant_id = $1 and t.lead_id = l.id)) "isTouched"
  from lead_file_rows r left join leads l on l.tenant_id = $1 and l.id = r.lead_id left join persons p on p.tenant_id = $1 and p.id = l.person_id
  where r.tenant_id = $1 and r.file_id = $2 and r.status = 'imported' and ($3::int[] is null or r.line = any ($3)) order by r.line limit ${BATCH} for update of r`,
)

/** Nothing else holds them: every ground comes from this very import, and no other lead, talk, deal, task or drive speaks of them. */
const onlyOurs = statement<{ id: string }>(
  'lead_file_undo_people',
  `
  select p.id from persons p where p.tenant_id = $1 and p.id = any ($2::uuid[]) and p.kind = 'customer'
    and not exists (select from grounds g where g.tenant_id = $1 and g.person_id = p.id and not (g.evidence ->> 'leadFileId' is not distinct from $3 and (g.evidence ->> 'leadId')::uuid = any ($4::uuid[])))
    and not exists (select from leads l where l.tenant_id = $1 and l.person_id = p.id and l.id <> all ($4::uuid[]))
    and not exists (select from interactions i where i.tenant_id = $1 and i.person_id = p.id)
    and not exists (select from deals d where d.tenant_id = $1 and d.person_id = p.id)
    and not exists (select from tasks t where t.tenant_id = $1 and t.person_id = p.id)
    and not exists (select from test_drives t where t.tenant_id = $1 and t.person_id = p.id)`,
)

const removeLeads = statement<{ outletId: string }>('lead_file_undo_leads', `delete from leads where tenant_id = $1 and id = any ($2::uuid[]) returning outlet_id "outletId"`)
const removeFacts = statement(
  'lead_file_undo_facts',
  `delete from facts where tenant_id = $1 and person_id = any ($2::uuid[]) and class in ('communication', 'vehicle') and record_id = any ($3::uuid[])`,
)
const removeCars = statement('lead_file_undo_cars', `delete from person_vehicles where tenant_id = $1 and id = any ($2::uuid[])`)
const endGrounds = statement<{ id: string }>(
  'lead_file_undo_grounds',
  `
  update grounds set ended_at = $4, ended_reason = 'purpose_reached' where tenant_id = $1 and person_id = any ($2::uuid[]) and ended_at is null and evidence ->> 'leadFileId' = $5 and (evidence ->> 'leadId')::uuid = any ($3::uuid[]) returning id`,
)
const markRows = statement('lead_file_undo_mark', `update lead_file_rows set status = $3 where tenant_id = $1 and file_id = $2 and line = any ($4::int[])`)
const counted = statement(
  'lead_file_undo_count',
  `update lead_files set rows_undone = rows_undone + $3, rows_kept = rows_kept + $4, rows_failed = rows_failed + $5 where tenant_id = $1 and id = $2`,
)

/**
 * Takes an import back. Every row ends in one of three states: undone, kept because a human has worked with it since, or failed. People who
 * are there only because of this file are destroyed under an act; people who were known before lose what the file added.
 */
export async function undoFile(act: Act, fileId: string, { signal }: Beside): Promise<void> {
  const isWanted = await act(async (ctx) => (await readFile(ctx, fileId)).status === 'undoing')
  if (!isWanted) return
  for (;;) {
    if (signal.aborted) throw new Error('the worker is stopping')
    const isMore = await undoSome(act, fileId)
    if (!isMore) break
  }
  await act(async (ctx) => {
    const { rowsUndone, rowsKept, rowsFailed } = await ctx.db
      .updateTable('leadFiles')
      .set((row) => ({ status: 'undone', version: row('version', '+', 1) }))
      .where('id', '=', fileId)
      .returning(['rowsUndone', 'rowsKept', 'rowsFailed'])
      .executeTakeFirstOrThrow()
    ctx.audit('lead_file.undone', { object: { kind: 'lead_file', id: fileId }, details: { state: 'done', undone: rowsUndone, kept: rowsKept, failed: rowsFailed } })
    tellOfFile(ctx, fileId)
  })
}

/** A batch; when something in it objects, its rows one by one, so that one row never holds up the others. */
async function undoSome(act: Act, fileId: string): Promise<boolean> {
  try {
    return (await act((ctx) => undoBatch(ctx, fileId, null))) > 0
  } catch (error) {
    if (!isAboutARow(error)) throw error
  }
  const lines = await act(async (ctx) => (await ctx.run(nextRows, [fileId, null])).map(({ line }) => line))
  for (const line of lines) {
    try {
      await act((ctx) => undoBatch(ctx, fileId, [line]))
    } catch (error) {
      if (!isAboutARow(error)) throw error
      await act(async (ctx) => {
        await ctx.run(markRows, [fileId, 'failed', [line]])
        await ctx.run(counted, [fileId, 0, 0, 1])
      })
    }
  }
  return lines.length > 0
}

/** The data objects, not the line to it: integrity violations (SQLSTATE class 23) and refusals that time does not change. */
const isAboutARow = (error: unknown): boolean => (error instanceof Refusal && error.code !== 'unavailable') || (isPgError(error) && (error.code ?? '').startsWith('23'))

async function undoBatch(ctx: Ctx, fileId: string, lines: number[] | null): Promise<number> {
  const rows = await ctx.run(nextRows, [fileId, lines])
  const kept = rows.filter(({ isTouched }) => isTouched)
  const undone = rows.filter(({ isTouched }) => !isTouched)
  if (undone.length > 0)
    await remove(
      ctx,
      fileId,
      undone.flatMap(({ leadId }) => leadId ?? []),
      [...new Set(undone.flatMap(({ personId }) => personId ?? []))],
    )
  await ctx.run(markRows, [fileId, 'kept', kept.map(({ line }) => line)])
  await ctx.run(markRows, [fileId, 'undone', undone.map(({ line }) => line)])
  await ctx.run(counted, [fileId, undone.length, kept.length, 0])
  if (rows.length > 0) tellOfFile(ctx, fileId)
  return rows.length
}

async function remove(ctx: Ctx, fileId: string, leadIds: string[], personIds: string[]): Promise<void> {
  const gone = (await ctx.run(onlyOurs, [personIds, fileId, leadIds])).map(({ id }) => id)
  const staying = personIds.filter((id) => !gone.includes(id))
  const outletIds = new Set((await ctx.run(removeLeads, [leadIds])).map(({ outletId }) => outletId))
  // One event for all of an outlet: open trays ask again.
  for (const outletId of outletIds) ctx.live({ kind: 'lead', id: leadIds[0] ?? fileId, outletId, responsibleId: null })
  await ctx.run(removeCars, [leadIds])
  await ctx.run(removeFacts, [staying, leadIds])
  await ctx.run(endGrounds, [staying, leadIds, ctx.now(), fileId])
  if (staying.length > 0) await refreshTerm(ctx, ...staying)
  // Last, for keys do not come back with a rollback: with an act of destruction, as for anybody (order РКН 179).
  if (gone.length > 0) await destroyPeople(ctx, { personIds: gone, reason: 'import_undone' })
  if (staying.length > 0) ctx.audit('ground.ended', { persons: staying, object: { kind: 'lead_file', id: fileId }, details: { reason: 'import_undone', count: staying.length } })
}
