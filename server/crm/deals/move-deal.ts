import { deals, isOpenStage, UNDO_MOVE_MINUTES, type DealStage, type LostReason } from '../../../contract/crm/deal.ts'
import { handle, Refusal, wrongState, type Ctx } from '../../kernel/index.ts'
import { assertHeld, endGroundsOf, keepOnGround, startTerm, stopTerm } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { tellNetworkOfDeal } from '../leads/tell-network.ts'
import { lockDeal, movesOf, tellDeal, undoUntilOf, type LockedDeal } from './one-deal.ts'
import { openToSpecialist } from './specialist.ts'

const change = statement(
  'deal_move',
  `
  with moved as (insert into deal_moves (tenant_id, id, deal_id, from_stage, to_stage, lost_reason, by_id, at) values ($1, $3, $2, $4, $5, $6, $7, $8))
  update deals set stage = $5, lost_reason = $9, stage_since = $8, closed_at = $10, version = version + 1 where tenant_id = $1 and id = $2`,
)

/**
 * Moves a working list. A stage is not painted: `test_drive` is entered with a drive that is booked or done. What is won stays won (only the undo
 * of the move takes it back); what is lost may come to life again while the client is still lawfully held.
 */
export const moveDeal = handle(deals.move, async (ctx, { dealId, version, stage, lostReason = null }) => {
  const deal = await lockDeal(ctx, dealId, version)
  if (deal.stage === stage || deal.stage === 'won') throw wrongState(deal.stage)
  if (stage === 'test_drive') await assertDriven(ctx, deal)
  const moveId = ctx.newId()
  await turnGround(ctx, deal, stage, moveId)
  const at = ctx.now()
  await ctx.run(change, [deal.id, moveId, deal.stage, stage, lostReason ?? deal.lostReason, ctx.me, at, lostReason, isOpenStage(stage) ? null : at])
  if (deal.specialistId) await openToSpecialist(ctx, deal.personId)
  const about = { persons: [deal.personId], object: { kind: 'deal', id: deal.id }, details: { from: deal.stage, to: stage, lostReason } }
  ctx.audit(isOpenStage(stage) ? 'deal.moved' : 'deal.closed', about)
  tellDeal(ctx, deal)
  await tellNetworkOfDeal(ctx, deal.leadId)
  return { id: deal.id, version: version + 1, stage, undoUntil: new Date(at.getTime() + UNDO_MOVE_MINUTES * 60_000).toISOString() }
})

const driven = statement<{ isDriven: boolean }>(
  'deal_driven',
  `
  select exists (select from test_drives where tenant_id = $1 and person_id = $2 and status in ('booked', 'done') and (deal_id = $3 or starts_at >= $4)) "isDriven"`,
)

async function assertDriven(ctx: Ctx, deal: LockedDeal): Promise<void> {
  const [row] = await ctx.run(driven, [deal.personId, deal.id, deal.openedAt])
  if (!row?.isDriven) throw new Refusal('no_evidence', { details: { needs: 'test_drive' } })
}

/** Closing reaches the purpose of the ground, so its term begins (152-ФЗ art. 5 ч.7, art. 21 ч.4); reopening goes on only on a ground that has not run out. */
async function turnGround(ctx: Ctx, deal: LockedDeal, stage: DealStage, moveId: string): Promise<void> {
  const evidence = { dealId: deal.id }
  if (deal.stage === 'lost') {
    await assertHeld(ctx, deal.personId)
    await stopTerm(ctx, deal.personId, evidence)
  }
  if (isOpenStage(stage)) return
  // What was sold is kept for the terms of accounting (402-ФЗ art. 29 ч.1), also when the deal had been held on the request alone.
  if (stage === 'won' && !(await isHeldForSale(ctx, deal))) await keepOnGround(ctx, deal.personId, { activityCode: 'sale', basis: 'contract', evidence: { ...evidence, moveId } })
  await startTerm(ctx, deal.personId, evidence)
}

const forSale = statement<{ isHeld: boolean }>(
  'deal_held',
  `
  select exists (select from grounds g join activities a on a.tenant_id = $1 and a.id = g.activity_id
    where g.tenant_id = $1 and g.person_id = $2 and g.evidence @> $3::jsonb and g.ended_at is null and a.code = 'sale') "isHeld"`,
)
const isHeldForSale = async (ctx: Ctx, deal: LockedDeal): Promise<boolean> => (await ctx.run(forSale, [deal.personId, JSON.stringify({ dealId: deal.id })]))[0]?.isHeld ?? false

const undone = statement('deal_move_undone', `update deal_moves set undone_at = $3 where tenant_id = $1 and id = $2`)
const back = statement('deal_move_back', `update deals set stage = $3, lost_reason = $4, stage_since = $5, closed_at = $6, version = version + 1 where tenant_id = $1 and id = $2`)

/** Takes the last move back within ten minutes; the stage, its date, the reason and the ground's term are again what they were. */
export const undoMove = handle(deals.undo, async (ctx, { dealId, version }) => {
  const deal = await lockDeal(ctx, dealId, version)
  const history = await movesOf(ctx, dealId)
  const [last, before] = history.filter(({ undoneAt }) => undoneAt === null)
  if (!last) throw wrongState('nothing_to_undo')
  if (!undoUntilOf(ctx, history)) throw wrongState('too_late')
  const since = before?.at ?? deal.openedAt
  const isClosedAgain = !isOpenStage(last.from)
  const reason: LostReason | null = last.from === 'lost' ? last.lostReason : null
  // Nothing was sold after all: what this very move held the client for is over.
  if (last.to === 'won') await endGroundsOf(ctx, deal.personId, { dealId, moveId: last.id }, 'purpose_reached')
  if (!isOpenStage(last.to)) await stopTerm(ctx, deal.personId, { dealId })
  if (isClosedAgain) await startTerm(ctx, deal.personId, { dealId })
  await ctx.run(undone, [last.id, ctx.now()])
  await ctx.run(back, [dealId, last.from, reason, since, isClosedAgain ? since : null])
  if (deal.specialistId) await openToSpecialist(ctx, deal.personId)
  ctx.audit('deal.undone', { persons: [deal.personId], object: { kind: 'deal', id: dealId }, details: { from: last.to, to: last.from } })
  tellDeal(ctx, deal)
  await tellNetworkOfDeal(ctx, deal.leadId)
  return { id: dealId, version: version + 1, stage: last.from }
})
