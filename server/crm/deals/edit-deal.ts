import { deals, isOpenStage } from '../../../contract/crm/deal.ts'
import { handle, invalid, saidIn, wrongState } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { leadOnPerson } from '../leads/lead-on-person.ts'
import { lockDeal, tellDeal } from './one-deal.ts'
import { assertModel, assertSeller } from './seller.ts'

export const editDeal = handle(deals.edit, async (ctx, { dealId, version, ...asked }) => {
  const deal = await lockDeal(ctx, dealId, version)
  if (!isOpenStage(deal.stage)) throw wrongState(deal.stage)
  const { change, changed } = saidIn(asked, 'amountKopecks')
  await assertModel(ctx, change.modelId)
  await ctx.db
    .updateTable('deals')
    .set({ ...change, version: version + 1 })
    .where('id', '=', dealId)
    .execute()
  ctx.audit('deal.edited', { persons: [deal.personId], object: { kind: 'deal', id: dealId }, details: { ...change, changed } })
  tellDeal(ctx, deal)
  return { id: dealId, version: version + 1 }
})

const handOver = statement(
  'deal_hand_over',
  `
  with steps as (update tasks set responsible_id = $4, version = version + 1 where tenant_id = $1 and deal_id = $2 and responsible_id = $3 and done_at is null),
  drives as (update test_drives set responsible_id = $4, version = version + 1 where tenant_id = $1 and deal_id = $2 and responsible_id = $3 and status = 'booked')
  update deals set responsible_id = $4, version = version + 1 where tenant_id = $1 and id = $2`,
)

/** Hands a working list over. Open steps and booked drives of the predecessor go with it, and so does the client, unless somebody is in the middle of something else with them. */
export const assignDeal = handle(deals.assign, async (ctx, { dealId, version, employeeId }) => {
  const deal = await lockDeal(ctx, dealId, version)
  if (deal.responsibleId === employeeId) throw invalid('employeeId', 'same')
  await assertSeller(ctx, employeeId, deal.outletId, 'employeeId')
  await ctx.run(handOver, [dealId, deal.responsibleId, employeeId])
  await leadOnPerson(ctx, deal.personId, employeeId)
  ctx.audit('deal.assigned', { persons: [deal.personId], object: { kind: 'deal', id: dealId }, details: { from: deal.responsibleId, to: employeeId } })
  for (const responsibleId of [deal.responsibleId, employeeId]) tellDeal(ctx, { ...deal, responsibleId })
  return { id: dealId, version: version + 1 }
})
