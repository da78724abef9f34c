import { leads } from '../../../contract/crm/lead.ts'
import { allows } from '../../../contract/permissions.ts'
import type { Role } from '../../../contract/permissions.ts'
import { handle, invalid, Refusal, wrongState, type Ctx } from '../../kernel/index.ts'
import { changeLead, type Locked } from './change-lead.ts'
import { leadOnPerson, widenToOutlet } from './lead-on-person.ts'
import { scheduleDeadline } from './lead-deadline.ts'
import { lockLead } from './one-lead.ts'

type Colleague = { id: string; outletId: string | null; departmentKind: string | null }

/** Hands a lead over to a colleague, or back to everyone. A colleague of another outlet takes it there, and its clocks go by that outlet's hours. */
export const assignLead = handle(leads.assign, async (ctx, { leadId, version, employeeId }) => {
  const colleague = await colleagueOf(ctx, employeeId)
  return handOver(ctx, await lockLead(ctx, leadId, version), colleague)
})

/** Each lead by itself: what cannot be handed over is named, the rest goes. Locked in one order, so that two who do this at once do not deadlock. */
export const assignLeads = handle(leads.assignMany, async (ctx, { leads: asked, employeeId }) => {
  const colleague = await colleagueOf(ctx, employeeId)
  const assigned: { id: string; version: number }[] = []
  const refused: { id: string; code: string }[] = []
  for (const { id, version } of [...new Map(asked.map((one) => [one.id, one])).values()].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    try {
      assigned.push(await handOver(ctx, await lockLead(ctx, id, version), colleague))
    } catch (error) {
      // Only a refusal of ours leaves the transaction whole.
      if (!(error instanceof Refusal)) throw error
      refused.push({ id, code: error.code })
    }
  }
  if (assigned.length === 0) ctx.audit('act.refused', { details: { asked: asked.length, code: refused[0]?.code ?? 'not_found' } })
  return { assigned, refused }
})

async function colleagueOf(ctx: Ctx, employeeId: string | null): Promise<Colleague | null> {
  if (employeeId === null) return null
  const row = await ctx.db
    .selectFrom('employees')
    .leftJoin('departments', 'departments.id', 'employees.departmentId')
    .select(['employees.id', 'employees.outletId', 'employees.role', 'departments.kind as departmentKind'])
    .where('employees.id', '=', employeeId)
    .where('employees.isActive', '=', true)
    .executeTakeFirst()
  if (!row) throw invalid('employeeId', 'unknown')
  if (!allows(row.role as Role, 'lead.take')) throw invalid('employeeId', 'takes_no_leads')
  return row
}

async function handOver(ctx: Ctx, lead: Locked, to: Colleague | null): Promise<{ id: string; version: number }> {
  if (lead.status === 'closed') throw wrongState(lead.status)
  const outletId = to?.outletId ?? lead.outletId
  const after = await changeLead(ctx, lead, {
    act: 'assign',
    event: 'lead.assigned',
    details: { from: lead.responsibleId, to: to?.id ?? null },
    change: {
      responsibleId: to?.id ?? null,
      outletId,
      departmentKind: to?.departmentKind ?? lead.departmentKind,
      assignedBecause: `${to ? 'by_person' : 'returned'}|${ctx.me}`,
      // Nobody holds it any more, so the clock of the take runs again.
      ...(to ? {} : { status: 'new' as const, takenAt: null }),
    },
  })
  if (outletId !== lead.outletId) await widenToOutlet(ctx, lead.personId, outletId)
  await leadOnPerson(ctx, lead.personId, to?.id ?? null)
  // Other hours, or another clock: when it runs out is counted anew.
  if ((outletId !== lead.outletId || to === null) && !lead.firstContactAt) scheduleDeadline(ctx, lead.id, ctx.now())
  return after
}
