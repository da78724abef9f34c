import { z } from 'zod'
import type { AuditEvent } from '../../../contract/audit-events.ts'
import { LEAD_UNDO_MINUTES, leadResults, leadStatuses, type LeadCard } from '../../../contract/crm/lead.ts'
import type { Ctx } from '../../kernel/index.ts'
import type { LeadColumns } from './lead-row.ts'
import { tellNetwork } from './tell-network.ts'

const Instant = z.iso.datetime().nullable()
/** What stood before an act, in the row's `undo`: ids, codes and instants. */
const Before = z.object({
  status: z.enum(leadStatuses),
  result: z.enum(leadResults).nullable(),
  outletId: z.uuid(),
  departmentKind: z.string(),
  responsibleId: z.uuid().nullable(),
  assignedBecause: z.string(),
  takenAt: Instant,
  closedAt: Instant,
  escalatedAt: Instant,
})
const Undo = z.object({
  act: z.enum(['take', 'assign', 'escalate', 'close', 'reopen']),
  byId: z.uuid(),
  at: z.iso.datetime(),
  version: z.number().int(),
  before: Before,
  personResponsibleId: z.uuid().nullable(),
  /** Absent in what was kept before an undo gave the outlet back too. */
  personOutletId: z.uuid().nullable().optional(),
})
export type Undo = z.output<typeof Undo>
export type LeadAct = Undo['act']

type Change = Partial<{
  status: LeadColumns['status']
  result: LeadColumns['result']
  outletId: string
  departmentKind: string
  responsibleId: string | null
  assignedBecause: string
  takenAt: Date | null
  closedAt: Date | null
  escalatedAt: Date | null
}>
export type Locked = LeadColumns & { personId: string }

/**
 * The one way a human changes a lead: the row with its next version, what stood before for the undo, the trace, and the screens of those
 * concerned. Returns what the acts answer with.
 */
export async function changeLead(
  ctx: Ctx,
  lead: Locked,
  said: { act: LeadAct; event: AuditEvent; change: Change; details?: Record<string, string | null> },
): Promise<{ id: string; version: number }> {
  const version = lead.version + 1
  const person = await ctx.db.selectFrom('persons').select(['responsibleId', 'outletId']).where('id', '=', lead.personId).executeTakeFirst()
  const undo: Undo = {
    act: said.act,
    byId: ctx.me,
    at: ctx.now().toISOString(),
    version,
    before: beforeOf(lead),
    personResponsibleId: person?.responsibleId ?? null,
    personOutletId: person?.outletId ?? null,
  }
  await ctx.db
    .updateTable('leads')
    .set({ ...said.change, undo: JSON.stringify(undo), version })
    .where('id', '=', lead.id)
    .execute()
  ctx.audit(said.event, { persons: [lead.personId], object: { kind: 'lead', id: lead.id }, ...(said.details ? { details: said.details } : {}) })
  tellLead(ctx, lead.id, lead, handsAfter(lead, said.change))
  tellNetwork(ctx, lead)
  return { id: lead.id, version }
}

/** In whose hands a lead is: who sees it, by the predicate that lists ask too. */
export type LeadHands = { outletId: string; responsibleId: string | null }
const handsAfter = (lead: LeadHands, { outletId = lead.outletId, responsibleId = lead.responsibleId }: Change): LeadHands => ({ outletId, responsibleId })

/** Tells the screens of those in whose hands a lead is and was: whoever loses it must hear of it too, and nobody whose list it never stood in. */
export function tellLead(ctx: Ctx, leadId: string, ...hands: LeadHands[]): void {
  const each = new Map(hands.map(({ outletId, responsibleId }) => [`${outletId} ${responsibleId}`, { outletId, responsibleId }]))
  for (const one of each.values()) ctx.live({ kind: 'lead', id: leadId, ...one })
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
const beforeOf = (lead: Locked): Undo['before'] => ({
  status: lead.status,
  result: lead.result,
  outletId: lead.outletId,
  departmentKind: lead.departmentKind,
  responsibleId: lead.responsibleId,
  assignedBecause: lead.assignedBecause,
  takenAt: iso(lead.takenAt),
  closedAt: iso(lead.closedAt),
  escalatedAt: iso(lead.escalatedAt),
})

/** My own last act on this lead, while nothing else has happened to it and its ten minutes are not over. */
export async function undoOf(ctx: Ctx, lead: LeadColumns): Promise<Undo | null> {
  const row = await ctx.db.selectFrom('leads').select('undo').where('id', '=', lead.id).executeTakeFirst()
  if (!row?.undo) return null
  const undo = Undo.parse(row.undo)
  return undo.version === lead.version && undo.byId === ctx.actor.id && ctx.now().getTime() <= undoUntil(undo).getTime() ? undo : null
}
const undoUntil = (undo: Undo): Date => new Date(Date.parse(undo.at) + LEAD_UNDO_MINUTES * 60_000)
export const toCanUndo = (undo: Undo | null): LeadCard['canUndo'] => undo && { act: undo.act, until: undoUntil(undo).toISOString() }
