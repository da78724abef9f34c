import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { queueNotices } from './recipient-notices.ts'

export type Told = 'withdrawn' | 'corrected' | 'destroyed' | 'restricted'

// Handed over here, or by a way of the network that keeps a row of its own: keyed hashes shared with it, a transfer.
const handedOver = statement<{ personId: string }>(
  'person_handed_over',
  `
  select o.person_id "personId" from unnest($2::uuid[]) o(person_id)
  where exists (select from disclosures d where d.tenant_id = $1 and d.person_id = o.person_id)
    or exists (select from network_transfers t where t.tenant_id = $1 and t.person_id = o.person_id)
    or exists (select from network_shares s where s.tenant_id = $1 and s.person_id = o.person_id)`,
)

/**
 * Whoever was given these people's data is told what has become of it (152-ФЗ art. 20 ч.3, 21 ч.1–3): a job for each person, in this transaction. Ask before
 * the rows go. Nobody is told of a person whose data never left. Who has really heard stands with the notices.
 * @param actId of a destruction.
 * @returns how many people's recipients are to hear of it.
 */
export async function tellRecipients(ctx: Ctx, personIds: readonly string[], what: Told, actId: string | null = null): Promise<number> {
  const people = await ctx.run(handedOver, [[...personIds]])
  if (people.length === 0) return 0
  const ids = people.map(({ personId }) => personId)
  await queueNotices(ctx, ids, what, actId)
  for (const personId of ids) ctx.emit('recipients-told', { personId, what })
  return ids.length
}
