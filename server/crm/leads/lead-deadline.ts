import { z } from 'zod'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { LeadClock } from '../clock/clock.ts'
import { unanswered } from './burning.ts'
import { tellLead } from './change-lead.ts'
import { clockOf, clockRules, leadColumns, leadJoins, type LeadColumns } from './lead-row.ts'

/** When the clocks of a lead shall be looked at next; one look per lead waits at a time. */
export const scheduleDeadline = (ctx: Ctx, leadId: string, runAt: Date): void => ctx.emit('lead-deadline', { leadId }, { runAt, key: `lead-deadline:${leadId}` })

/** One look at many that came together, as the leads of a file do: a job for each of a hundred thousand would cost more than the leads. */
export function scheduleDeadlines(ctx: Ctx, leadIds: readonly string[], runAt: Date): void {
  const [first, ...others] = leadIds
  if (first && others.length === 0) scheduleDeadline(ctx, first, runAt)
  else if (first) ctx.emit('lead-deadline', { leadIds }, { runAt })
}

const MAX_AT_ONCE = 500
const Payload = z.object({ leadId: z.uuid().optional(), leadIds: z.array(z.uuid()).max(MAX_AT_ONCE).default([]) })
// The machine sees every lead of the tenant; nothing of a person is read here. Locked in one order, so that two looks do not deadlock.
const locked = statement<LeadColumns>(
  'lead_deadline',
  `select ${leadColumns} from ${leadJoins} where l.tenant_id = $1 and l.id = any ($2::uuid[]) and ${unanswered} and l.person_id is not null order by l.id for update of l`,
)

/**
 * The job `lead-deadline`: when a clock of a lead has run out, it is escalated, once for each clock; while one still runs, the next look is
 * planned for its end. May be run again at any time: what stands in the row decides, not how often it was asked.
 */
export async function onLeadDeadline(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const { leadId, leadIds } = Payload.parse(payload)
  const [leads, rules] = await Promise.all([ctx.run(locked, [leadId ? [leadId] : leadIds]), clockRules(ctx)])
  const next = new Map<number, string[]>()
  for (const lead of leads) {
    const clocks = clockOf(lead, rules, ctx.now())
    const { take, firstContact } = clocks
    const isMissed = (clock: typeof take): boolean => clock.state === 'overdue' && (lead.escalatedAt === null || lead.escalatedAt < clock.dueAt)
    const why = isMissed(firstContact) ? 'contact_overdue' : isMissed(take) ? 'take_overdue' : null
    if (why) await escalate(ctx, lead, why)
    const at = nextLook(clocks)
    if (at !== null) next.set(at, [...(next.get(at) ?? []), lead.id])
  }
  for (const [at, ids] of next) scheduleDeadlines(ctx, ids, new Date(at))
}

/** Just after the first of the clocks that still run. */
function nextLook({ take, firstContact }: LeadClock): number | null {
  const running = [take, firstContact].filter(({ state }) => state === 'running').map(({ dueAt }) => dueAt.getTime() + 1)
  return running.length > 0 ? Math.min(...running) : null
}

async function escalate(ctx: Ctx, lead: LeadColumns, why: string): Promise<void> {
  await ctx.db
    .updateTable('leads')
    .set({ escalatedAt: ctx.now(), version: lead.version + 1 })
    .where('id', '=', lead.id)
    .execute()
  ctx.audit('lead.escalated', { persons: lead.personId ? [lead.personId] : [], object: { kind: 'lead', id: lead.id }, details: { why } })
  tellLead(ctx, lead.id, lead)
}
