import type { Ctx } from '../../kernel/index.ts'
import { restrictPerson } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'

const others = statement<{ count: number }>(
  'request_blocks_open',
  `select count(*)::int count from subject_requests where tenant_id = $1 and person_id = $2 and id <> $3 and kind = 'block' and state in ('new', 'in_work')`,
)

/** What the block of one request was for is over (152-ФЗ art. 21 ч.2); while another demand for it is looked into, the person stays blocked (art. 21 ч.1). */
export async function liftBlock(ctx: Ctx, { personId, requestId }: { personId: string; requestId: string }): Promise<boolean> {
  const [other] = await ctx.run(others, [personId, requestId])
  return (other?.count ?? 0) === 0 && restrictPerson(ctx, personId, false)
}
