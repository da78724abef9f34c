import { z } from 'zod'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { unanswered } from './burning.ts'
import { scheduleDeadline } from './lead-deadline.ts'

const BATCH = 500
const Payload = z.object({ outletId: z.uuid().nullable().default(null), interest: z.string().nullable().default(null), after: z.uuid().nullable().default(null) })
const waiting = statement<{ id: string }>(
  'leads_to_replan',
  `
  select l.id from leads l where l.tenant_id = $1 and ${unanswered} and l.person_id is not null
    and ($2::uuid is null or l.outlet_id = $2) and ($3::text is null or l.interest = $3) and ($4::uuid is null or l.id > $4) order by l.id limit ${BATCH}`,
)

/**
 * The job `leads-replan`: the hours of an outlet or the clocks of an interest were changed, and every unanswered lead that goes by them is looked
 * at anew: what is late now is escalated now, and the next look waits for the new end. A batch in a transaction.
 */
export async function replanLeads(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const about = Payload.parse(payload)
  const rows = await ctx.run(waiting, [about.outletId, about.interest, about.after])
  for (const { id } of rows) scheduleDeadline(ctx, id, ctx.now())
  const last = rows.at(-1)
  if (rows.length === BATCH && last) ctx.emit('leads-replan', { ...about, after: last.id })
}
