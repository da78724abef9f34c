import { z } from 'zod'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { writeActOf } from './write-act.ts'

const Objects = z.object({ fileIds: z.array(z.uuid()).max(100_000) })

/** The job `remove-objects`: sealed objects of files whose rows are gone. Their keys are gone already, so what is left for a moment opens for nobody. */
export async function removeObjects(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  for (const fileId of Objects.parse(payload).fileIds) await ctx.files.remove({ tenantId: ctx.tenantId, fileId })
}

const Colleagues = z.object({
  personIds: z.array(z.uuid()).min(1).max(1_000),
  categories: z.array(z.string().max(40)).max(20),
  // A job of an older version did not count.
  counts: z.record(z.string().max(60), z.int().min(0)).default({}),
})

/** The job `record-destruction`: colleagues whom the register holds no longer were destroyed by the module that keeps them; here is their act. Run twice it writes once. */
export async function recordDestruction(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const { personIds, categories, counts } = Colleagues.parse(payload)
  await writeActOf(ctx, { personIds, categories, counts, reason: 'retention_expired', requestId: null })
}

const sweep = statement<{ id: string }>('destruction_acts_sweep', `delete from destruction_acts where tenant_id = $1 and at < $2::timestamptz - interval '3 years' returning id`)

// A notice of a destruction goes with its act.
const sweepNotices = statement(
  'recipient_notices_sweep',
  `delete from recipient_notices where tenant_id = $1 and act_id is null and queued_at < $2::timestamptz - interval '3 years'`,
)

/** The job `sweep-acts`, nightly: an act of destruction is kept for three years (order РКН 179 п.8), and so is who was told of anything else. */
export async function sweepActs(ctx: Ctx): Promise<void> {
  const gone = await ctx.run(sweep, [ctx.now()])
  await ctx.run(sweepNotices, [ctx.now()])
  if (gone.length > 0) ctx.audit('destruction.swept', { details: { acts: gone.length } })
}
