import { deals, isOpenStage } from '../../../contract/crm/deal.ts'
import { handle, invalid, wrongState, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { lockDeal, tellDeal } from './one-deal.ts'
import { assertSpecialist } from './seller.ts'

const hand = statement('deal_specialist', `update deals set specialist_id = $3, version = version + 1 where tenant_id = $1 and id = $2`)

/** Puts an open working list into the hands of a credit specialist besides its seller, or takes it back. */
export const handToSpecialist = handle(deals.specialist, async (ctx, { dealId, version, employeeId }) => {
  const deal = await lockDeal(ctx, dealId, version)
  if (!isOpenStage(deal.stage)) throw wrongState(deal.stage)
  if (deal.specialistId === employeeId) throw invalid('employeeId', 'same')
  if (employeeId !== null) await assertSpecialist(ctx, employeeId, deal.outletId)
  await ctx.run(hand, [dealId, employeeId])
  await openToSpecialist(ctx, deal.personId)
  ctx.audit('deal.specialist', { persons: [deal.personId], object: { kind: 'deal', id: dealId }, details: { from: deal.specialistId, to: employeeId } })
  for (const specialistId of [deal.specialistId, employeeId]) tellDeal(ctx, { ...deal, specialistId })
  return { id: dealId, version: version + 1 }
})

const open = statement(
  'person_specialist',
  `
  with now as (select (select d.specialist_id from deals d where d.tenant_id = $1 and d.person_id = $2 and d.specialist_id is not null and d.stage not in ('won', 'lost') order by d.opened_at desc, d.id desc limit 1) id)
  update persons p set specialist_id = now.id from now where p.tenant_id = $1 and p.id = $2 and p.specialist_id is distinct from now.id`,
)

/** The client is open to the specialist of their newest open working list, and to none once that is closed or taken back; call it after either. */
export const openToSpecialist = async (ctx: Ctx, personId: string): Promise<void> => void (await ctx.run(open, [personId]))
