import { showcase, type BodyType, type ShownModel } from '../../../contract/site/showcase.ts'
import { handle, notFound, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

const MAX_MODELS = 100

type Row = Omit<ShownModel, 'priceFromKopecks'> & { priceFromKopecks: string; bodyType: BodyType }
const shown = statement<Row>(
  'site_models_shown',
  `
  select s.model_id "modelId", b.name brand, m.name, s.headline, s.body_type "bodyType", s.price_from_kopecks "priceFromKopecks", s.place, s.trims
  from site_models s join models m on m.id = s.model_id join brands b on b.id = m.brand_id
  where s.tenant_id = $1 and s.is_shown and ($2::uuid is null or s.model_id = $2) order by s.place, m.name limit ${MAX_MODELS}`,
)

/** The models on show, in the order that the company has chosen; one of them when it is named. */
export const shownModels = async (ctx: Ctx, modelId: string | null = null): Promise<ShownModel[]> =>
  (await ctx.run(shown, [modelId])).map((row) => ({ ...row, priceFromKopecks: Number(row.priceFromKopecks) }))

const words = statement<{ headline: string; about: string }>('site_words', `select headline, about from sites where tenant_id = $1`)

export const showHome = handle(showcase.home, async (ctx) => {
  const [[site], models] = await Promise.all([ctx.run(words), shownModels(ctx)])
  if (!site) throw notFound()
  return { ...site, models }
})

export const showModels = handle(showcase.models, async (ctx) => ({ models: await shownModels(ctx) }))

export const showModel = handle(showcase.model, async (ctx, { modelId }) => {
  const [model] = await shownModels(ctx, modelId)
  if (!model) throw notFound()
  return model
})
