import type { Act, Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import type { Sealed, SealItem } from '../../../vault/index.ts'
import { addWorkingMinutes } from '../../clock/working-hours.ts'
import { awaitTurn } from '../../leads/await-turn.ts'
import { scheduleDeadlines } from '../../leads/lead-deadline.ts'
import { chooseAssignee, type Assignment } from '../../routing/choose-assignee.ts'
import type { TableRow } from '../table/types.ts'
import type { Beside } from './check-job.ts'
import { insertBatch, type NewLead } from './insert-batch.ts'
import { readFile, refsTaken, tellOfFile, type FileColumns } from './file-row.ts'
import { inBatches, openRows, placeOf } from './open-rows.ts'
import { readRow, type ImportRow, type Interest } from './read-row.ts'

const SEAL_AT_ONCE = 900

const nextLine = statement<{ line: number | null }>('lead_file_next', `select min(line) line from lead_file_rows where tenant_id = $1 and file_id = $2 and status = 'good'`)
const goodLines = statement<{ line: number }>(
  'lead_file_good',
  `select line from lead_file_rows where tenant_id = $1 and file_id = $2 and line = any ($3::int[]) and status = 'good' for update`,
)
const refuseRows = statement(
  'lead_file_refuse',
  `
  update lead_file_rows set status = 'bad', problems = '[{"column":null,"code":"known_request"}]' where tenant_id = $1 and file_id = $2 and line = any ($3::int[])`,
)
const advance = statement(
  'lead_file_advance',
  `update lead_files set rows_done = rows_done + $3, rows_bad = rows_bad + $4, rows_good = rows_good - $4 where tenant_id = $1 and id = $2`,
)

/**
 * Makes leads of the good rows, five hundred in a transaction: people, grounds, sealed facts, tokens, leads, and the rows' own state. Killed
 * anywhere it goes on with the first row that is still only good; no row is ever taken twice.
 */
export async function importFile(act: Act, fileId: string, { signal, files }: Beside): Promise<void> {
  const start = await act(async (ctx) => {
    const file = await readFile(ctx, fileId)
    if (file.status !== 'importing') return null
    const [{ line } = { line: null }] = await ctx.run(nextLine, [fileId])
    return { file, from: line, place: line === null ? null : await placeOf(ctx, file) }
  })
  if (!start) return
  const { file, from, place } = start
  if (from !== null && place) {
    const table = await openRows(files, place, file)
    for await (const batch of inBatches(table.rows)) {
      if (signal.aborted) throw new Error('the worker is stopping')
      if ((batch.at(-1)?.line ?? 0) < from) continue
      await act((ctx) => importBatch(ctx, file, batch))
    }
  }
  await act(async (ctx) => {
    const { rowsDone } = await ctx.db
      .updateTable('leadFiles')
      .set((row) => ({ status: 'imported', version: row('version', '+', 1) }))
      .where('id', '=', fileId)
      .returning('rowsDone')
      .executeTakeFirstOrThrow()
    ctx.audit('lead_file.imported', { object: { kind: 'lead_file', id: fileId }, details: { state: 'done', rows: rowsDone } })
    tellOfFile(ctx, fileId)
  })
}

async function importBatch(ctx: Ctx, file: FileColumns, batch: TableRow[]): Promise<void> {
  const open = new Set((await ctx.run(goodLines, [file.id, batch.map(({ line }) => line)])).map(({ line }) => line))
  if (open.size === 0) return
  const rows = batch.filter(({ line }) => open.has(line)).map((row) => readRow(row, file.mapping, file.interest).row)
  const taken = await refsTaken(ctx, file, rows)
  const refused = rows.filter(({ externalRef }) => externalRef !== null && taken.has(externalRef))
  const accepted = rows.filter((row) => !refused.includes(row))
  if (refused.length > 0) await ctx.run(refuseRows, [file.id, refused.map(({ line }) => line)])
  if (accepted.length > 0) await makeLeads(ctx, file, accepted)
  await ctx.run(advance, [file.id, accepted.length, refused.length])
  tellOfFile(ctx, file.id)
}

async function makeLeads(ctx: Ctx, file: FileColumns, rows: ImportRow[]): Promise<void> {
  await awaitTurn(
    ctx,
    rows.map(({ contact }) => contact),
  )
  const [people, assignments, models] = await Promise.all([
    ctx.vault.match(ctx.asker, ctx.tenantId, {
      items: rows.map(({ contact }) => ({ phones: contact.phones.map(({ e164 }) => e164), emails: contact.emails.map(({ address }) => address), vins: [] })),
      door: ctx.door,
    }),
    assignmentsOf(ctx, file.sourceId, new Set(rows.map(({ interest }) => interest))),
    modelsOf(ctx, rows),
  ])
  const leads = rows.map((row, index): NewLead => {
    const assignment = assignments.get(row.interest)
    if (!assignment) throw new Error('an interest was not routed')
    const known = people[index]?.[0]
    const named = assignment.because.startsWith('rule_employee') ? assignment.responsibleId : null
    return {
      row,
      leadId: ctx.newId(),
      personId: known ?? ctx.newId(),
      isNew: known === undefined,
      outletId: assignment.outletId,
      departmentKind: assignment.departmentKind,
      // A file is no moment's request: whoever of the department is free takes its leads from the tray.
      responsibleId: named,
      because: named ? assignment.because : 'by_file',
      modelId: models.get(row.model?.toLowerCase() ?? '') ?? null,
      externalRef: row.externalRef ?? `file:${file.id}:${row.line}`,
    }
  })
  await insertBatch(ctx, file, leads, await sealAll(ctx, leads))
  const created = leads.filter(({ isNew }) => isNew).map(({ personId }) => personId)
  if (created.length > 0)
    ctx.audit('person.created', { persons: created, object: { kind: 'lead_file', id: file.id }, details: { activity: 'lead', basis: file.basis, count: created.length } })
  ctx.audit('lead.received', {
    persons: [...new Set(leads.map(({ personId }) => personId))],
    object: { kind: 'lead_file', id: file.id },
    details: { sourceId: file.sourceId, count: leads.length, because: 'by_file' },
  })
  for (const group of Map.groupBy(leads, ({ row }) => row.interest).values()) planLook(ctx, group, assignments)
  // One event for all of an outlet: open trays ask again.
  for (const [outletId, [first]] of Map.groupBy(leads, (lead) => lead.outletId)) if (first) ctx.live({ kind: 'lead', id: first.leadId, outletId, responsibleId: null })
}

/** Leads of one interest stand at one outlet and came at one instant: their clocks run out together, and one look suffices. */
function planLook(ctx: Ctx, leads: readonly NewLead[], assignments: ReadonlyMap<Interest, Assignment>): void {
  const [first] = leads
  const assignment = first && assignments.get(first.row.interest)
  if (!assignment) return
  const dueAt = addWorkingMinutes(assignment.hours, ctx.now(), Math.min(assignment.takeMinutes, assignment.firstContactMinutes))
  scheduleDeadlines(
    ctx,
    leads.map(({ leadId }) => leadId),
    new Date(dueAt.getTime() + 1),
  )
}

async function assignmentsOf(ctx: Ctx, sourceId: string, interests: ReadonlySet<Interest>): Promise<Map<Interest, Assignment>> {
  const found = await Promise.all(
    [...interests].map(async (interest): Promise<[Interest, Assignment]> => [interest, await chooseAssignee(ctx, { sourceId, interest, outletId: null })]),
  )
  return new Map(found)
}

const modelsByName = statement<{ id: string; name: string }>(
  'models_by_name',
  `select id, lower(name) name from models where lower(name) = any ($2::text[]) and $1::uuid is not null`,
)

async function modelsOf(ctx: Ctx, rows: ImportRow[]): Promise<Map<string, string>> {
  const names = [...new Set(rows.flatMap(({ model }) => model?.toLowerCase() ?? []))]
  if (names.length === 0) return new Map()
  return new Map((await ctx.run(modelsByName, [names])).map(({ id, name }) => [name, id]))
}

async function sealAll(ctx: Ctx, leads: NewLead[]): Promise<Sealed[]> {
  const items = leads.flatMap(factsOf)
  const sealed: Sealed[] = []
  for (let at = 0; at < items.length; at += SEAL_AT_ONCE) sealed.push(...(await ctx.vault.seal(ctx.asker, ctx.tenantId, items.slice(at, at + SEAL_AT_ONCE))))
  return sealed
}

function factsOf({ row, personId, leadId, isNew }: NewLead): SealItem[] {
  const facts: SealItem[] = isNew ? [{ personId, class: 'contact', recordId: personId, version: 1, facts: row.contact }] : []
  if (row.comment) facts.push({ personId, class: 'communication', recordId: leadId, version: 1, facts: { text: row.comment } })
  if (row.car.vin || row.car.plate) facts.push({ personId, class: 'vehicle', recordId: leadId, version: 1, facts: row.car })
  return facts
}
