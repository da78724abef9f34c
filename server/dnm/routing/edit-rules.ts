import type { z } from 'zod'
import { MAX_RULES } from '../../../contract/crm/routing.ts'
import { networkRules, type NetworkRule, type NetworkRuleDraft } from '../../../contract/dnm/rule.ts'
import { ruleOrder } from '../../crm/index.ts'
import { handle, invalid, notFound, saidIn, stale, type Ctx } from '../../kernel/index.ts'
import { assertDistributor } from '../dealers/assert-distributor.ts'

const order = ruleOrder('network_rules')
type Draft = z.output<typeof NetworkRuleDraft>
const columns = ['id', 'place', 'name', 'brandId', 'modelId', 'interest', 'city', 'wishedDealerId', 'toDealerId', 'toOutletId', 'onlyOpen', 'isActive', 'version'] as const

export const listNetworkRules = handle(networkRules.list, async (ctx) => {
  const rows = await ctx.db
    .selectFrom('networkRules')
    .select([...columns])
    .orderBy('place')
    .orderBy('id')
    .limit(MAX_RULES)
    .execute()
  return { rules: rows.map(({ toOutletId, interest, ...row }) => ({ ...row, interest: interest as NetworkRule['interest'], toNetworkOutletId: toOutletId })) }
})

const toRow = <T extends Partial<Draft>>({ toNetworkOutletId, ...rest }: T) => ({ ...rest, ...(toNetworkOutletId === undefined ? {} : { toOutletId: toNetworkOutletId }) })

export const createNetworkRule = handle(networkRules.create, async (ctx, draft) => {
  await assertDistributor(ctx)
  const place = await order.nextPlace(ctx)
  await checkTargets(ctx, draft)
  const id = ctx.newId()
  await ctx.db
    .insertInto('networkRules')
    .values({ id, place, ...toRow(draft), name: draft.name })
    .execute()
  ctx.audit('network_rule.edited', { object: { kind: 'network_rule', id }, details: { what: 'created' } })
  return { id, version: 1 }
})

export const editNetworkRule = handle(networkRules.edit, async (ctx, { networkRuleId, version, ...asked }) => {
  const rule = await lockRule(ctx, networkRuleId, version)
  const { change, changed } = saidIn(asked, 'name')
  await checkTargets(ctx, { ...rule, toNetworkOutletId: rule.toOutletId, ...change })
  await ctx.db
    .updateTable('networkRules')
    .set({ ...toRow(change), version: version + 1 })
    .where('id', '=', networkRuleId)
    .execute()
  ctx.audit('network_rule.edited', { object: { kind: 'network_rule', id: networkRuleId }, details: { what: 'edited', changed } })
  return { id: networkRuleId, version: version + 1 }
})

export const removeNetworkRule = handle(networkRules.remove, async (ctx, { networkRuleId, version }) => {
  await lockRule(ctx, networkRuleId, version)
  await ctx.db.deleteFrom('networkRules').where('id', '=', networkRuleId).execute()
  ctx.audit('network_rule.edited', { object: { kind: 'network_rule', id: networkRuleId }, details: { what: 'removed' } })
  return {}
})

export const reorderNetworkRules = handle(networkRules.reorder, async (ctx, { ruleIds }) => {
  await order.reorder(ctx, ruleIds)
  ctx.audit('network_rule.edited', { details: { what: 'reordered', rules: ruleIds.length } })
  return {}
})

async function lockRule(ctx: Ctx, ruleId: string, version: number) {
  const rule = await ctx.db
    .selectFrom('networkRules')
    .select([...columns])
    .where('id', '=', ruleId)
    .forUpdate()
    .executeTakeFirst()
  if (!rule) throw notFound()
  if (rule.version !== version) {
    const { toOutletId, ...rest } = rule
    throw stale({ ...rest, toNetworkOutletId: toOutletId })
  }
  return rule
}

type Targets = Pick<Draft, 'brandId' | 'modelId' | 'wishedDealerId' | 'toDealerId' | 'toNetworkOutletId'>

/** What a rule names must be there: a rule that leads nowhere would be passed over without a word. */
async function checkTargets(ctx: Ctx, { brandId, modelId, wishedDealerId, toDealerId, toNetworkOutletId }: Targets): Promise<void> {
  const dealer = (id: string | null) => id && ctx.db.selectFrom('networkDealers').select('id').where('id', '=', id).executeTakeFirst()
  const [brand, model, wished, to, outlet] = await Promise.all([
    brandId && ctx.db.selectFrom('brands').select('id').where('id', '=', brandId).executeTakeFirst(),
    modelId && ctx.db.selectFrom('models').select('id').where('id', '=', modelId).executeTakeFirst(),
    dealer(wishedDealerId),
    dealer(toDealerId),
    toNetworkOutletId && ctx.db.selectFrom('networkOutlets').select('dealerId').where('id', '=', toNetworkOutletId).executeTakeFirst(),
  ])
  if (brandId && !brand) throw invalid('brandId', 'unknown')
  if (modelId && !model) throw invalid('modelId', 'unknown')
  if (wishedDealerId && !wished) throw invalid('wishedDealerId', 'unknown')
  if (toDealerId && !to) throw invalid('toDealerId', 'unknown')
  if (toNetworkOutletId && !outlet) throw invalid('toNetworkOutletId', 'unknown')
  if (outlet && toDealerId && outlet.dealerId !== toDealerId) throw invalid('toNetworkOutletId', 'of_another_dealer')
}
