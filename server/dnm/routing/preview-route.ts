import { networkRules } from '../../../contract/dnm/rule.ts'
import { addWorkingMinutes, defaultPolicy } from '../../crm/index.ts'
import { sameCity } from '../../identity/index.ts'
import { handle, invalid } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { policyOf, readCandidates, readRules } from './candidates.ts'
import { byLoad, chooseDealer, misfit, type Asked } from './choose-dealer.ts'

const MOST_SHOWN = 50

const models = statement<{ id: string; name: string; brandId: string; brand: string }>(
  'network_models',
  `
  select m.id, m.name, b.id "brandId", b.name brand from models m join brands b on b.id = m.brand_id where $1::uuid is not null order by b.name, m.name limit 1000`,
)
export const listNetworkModels = handle(networkRules.models, async (ctx) => ({ models: await ctx.run(models) }))

/** Asks the very function that decides, and tells whom it left aside and why. */
export const previewNetworkRoute = handle(networkRules.preview, async (ctx, { interest, modelId, city, networkOutletId }) => {
  const model = modelId ? await ctx.db.selectFrom('models').select('brandId').where('id', '=', modelId).executeTakeFirst() : null
  if (modelId && !model) throw invalid('modelId', 'unknown')
  const [candidates, rules, policy] = await Promise.all([readCandidates(ctx), readRules(ctx), policyOf(ctx, interest)])
  const wished = candidates.find(({ outletId }) => outletId === networkOutletId)
  if (networkOutletId && !wished) throw invalid('networkOutletId', 'unknown')
  const known = wished?.city ?? candidates.find((one) => city !== undefined && sameCity(one.city, city))?.city ?? null
  const asked: Asked = { brandId: model?.brandId ?? null, modelId: modelId ?? null, interest, city: known, wishedOutletId: wished?.outletId ?? null, tried: [] }
  const choice = chooseDealer(asked, rules, candidates)
  const chosen = candidates.find(({ outletId }) => outletId === choice?.outletId)
  const due = (minutes: number): string | null => (chosen ? addWorkingMinutes(chosen.hours, ctx.now(), minutes).toISOString() : null)
  const { takeMinutes, firstContactMinutes } = policy ?? defaultPolicy
  const fit = candidates.filter((one) => misfit(asked, one) === null).sort(byLoad)
  return {
    networkOutletId: chosen?.outletId ?? null,
    dealerId: chosen?.dealerId ?? null,
    dealer: chosen?.dealer ?? null,
    outlet: chosen?.outlet ?? null,
    because: choice?.because ?? 'no_dealer',
    ruleId: choice?.ruleId ?? null,
    takeDueAt: due(takeMinutes),
    firstContactDueAt: due(firstContactMinutes),
    candidates: fit.slice(0, MOST_SHOWN).map((one) => ({ ...one, networkOutletId: one.outletId })),
    passedOver: candidates.slice(0, MOST_SHOWN * 4).flatMap((one) => {
      const why = misfit(asked, one)
      return why ? [{ networkOutletId: one.outletId, dealer: one.dealer, outlet: one.outlet, why }] : []
    }),
  }
})
