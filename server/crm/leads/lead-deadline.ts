import { z } from 'zod'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { tellLead } from './change-lead.ts'
import { clockOf, clockRules, leadColumns, leadJoins, type LeadColumns } from './lead-row.ts'

/** When the clocks of a lead shall be looked at next; one look per lead waits at a time. */
export const scheduleDeadline = (ctx: Ctx, leadId: string, runAt: Date): void => ctx.emit('lead-deadline', { leadId }, { runAt, key: `lead-deadline:${leadId}` })

const Payload = z.object({ leadId: z.uuid() })
// The machine sees every lead of the tenant; nothing of a person is read here.
const locked = statement<LeadColumns>('lead_deadline', `select ${leadColumns} from ${leadJoins} where l.tenant_id = $1 and l.id = $2 for update of l`)

/**
 * The job `lead-deadline`: when a clock of a lead has run out, it is escalated, once for each clock; while one still runs, the next look is
 * planned for its end. May be run again at any time: what stands in the row decides, not how often it was asked.
 */
export async function onLeadDeadline(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const { leadId } = Payload.parse(payload)
  const [[lead], rules] = await Promise.all([ctx.run(locked, [leadId]), clockRules(ctx)])
  if (!lead || lead.status === 'closed' || lead.personId === null || lead.firstContactAt) return
  const { take, firstContact } = clockOf(lead, rules, ctx.now())
  const isMissed = (clock: typeof take): boolean => clock.state === 'overdue' && (lead.escalatedAt === null || lead.escalatedAt < clock.dueAt)
  const why = isMissed(firstContact) ? 'contact_overdue' : isMissed(take) ? 'take_overdue' : null
  if (why) await escalate(ctx, lead, why)
  const next = [take, firstContact].filter(({ state }) => state === 'running').map(({ dueAt }) => dueAt.getTime())
  if (next.length > 0) scheduleDeadline(ctx, leadId, new Date(Math.min(...next) + 1))
}

async function escalate(ctx: Ctx, lead: LeadColumns, why: string): Promise<void> {
  await ctx.db
    .updateTable('leads')
    .set({ escalatedAt: ctx.now(), version: lead.version + 1 })
    .where('id', '=', lead.id)
    .execute()
  ctx.audit('lead.escalated', { persons: lead.personId ? [lead.personId] : [], object: { kind: 'lead', id: lead.id }, details: { why } })
  tellLead(ctx, lead.id, lead.outletId)
}
