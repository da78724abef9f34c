import { deals, type DealStage } from '../../../contract/crm/deal.ts'
import { handle, notFound, seer } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'

const find = statement<{ id: string; number: number; stage: DealStage; model: string | null }>(
  'deal_by_number',
  `
  select d.id, d.number, d.stage, m.name model from deals d left join models m on m.id = d.model_id where d.tenant_id = $1 and d.number = $5 and ${seenText('d', 2)}`,
)

/** By the number that stands on paper; a working list that the asker does not see does not exist. */
export const findDeal = handle(deals.find, async (ctx, { number }) => {
  const [deal] = await ctx.run(find, [...seerValues(seer(ctx.actor, 'deal.read_all')), number])
  if (!deal) throw notFound()
  return deal
})
