import { siteContent } from '../../../contract/site/content.ts'
import { handle, notFound, stale, TryAgain } from '../../kernel/index.ts'

/** What the site says of a model. The price "from" is that of the cheapest trim, so that the two never differ. */
export const editSiteModel = handle(siteContent.editModel, async (ctx, { modelId, version, trims, ...draft }) => {
  if (!(await ctx.db.selectFrom('models').select('id').where('id', '=', modelId).executeTakeFirst())) throw notFound()
  const now = await ctx.db.selectFrom('siteModels').select(['version', 'isShown', 'headline', 'bodyType', 'place', 'trims']).where('modelId', '=', modelId).executeTakeFirst()
  if ((now?.version ?? 0) !== version) throw stale({ ...(now ?? { version: 0 }) })
  const cheapestFirst = trims.toSorted((one, other) => one.priceKopecks - other.priceKopecks)
  const values = { ...draft, priceFromKopecks: cheapestFirst[0]?.priceKopecks ?? 0, trims: JSON.stringify(cheapestFirst), version: version + 1 }
  if (now) {
    const { numUpdatedRows } = await ctx.db.updateTable('siteModels').set(values).where('modelId', '=', modelId).where('version', '=', version).executeTakeFirst()
    if (numUpdatedRows !== 1n) throw new TryAgain()
  } else {
    const { numInsertedOrUpdatedRows } = await ctx.db
      .insertInto('siteModels')
      .values({ modelId, ...values })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows !== 1n) throw new TryAgain()
  }
  ctx.audit('site.model_edited', { object: { kind: 'model', id: modelId }, details: { isShown: draft.isShown, priceFromKopecks: values.priceFromKopecks } })
  return { modelId, version: version + 1 }
})
