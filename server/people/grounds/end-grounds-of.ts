import type { EndReason } from '../../../contract/people/person.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { refreshTerm } from './keep-on-ground.ts'

const endOf = statement<{ id: string }>(
  'ground_end_of',
  `
  update grounds set ended_at = $4, ended_reason = $5 where tenant_id = $1 and person_id = $2 and evidence @> $3::jsonb and ended_at is null returning id`,
)

/** Ends what rests on this evidence before its term (152-ФЗ art. 21 ч.3–5); other grounds of the person stay. Tells how many there were. */
export async function endGroundsOf(ctx: Ctx, personId: string, evidence: Record<string, string>, reason: EndReason): Promise<number> {
  const ended = await ctx.run(endOf, [personId, JSON.stringify(evidence), ctx.now(), reason])
  if (ended.length === 0) return 0
  await refreshTerm(ctx, personId)
  for (const { id } of ended) ctx.audit('ground.ended', { persons: [personId], object: { kind: 'ground', id }, details: { reason } })
  return ended.length
}
