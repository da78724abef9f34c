import { siteContent, type SiteContent } from '../../../contract/site/content.ts'
import type { BodyType } from '../../../contract/site/showcase.ts'
import { handle, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

const MAX_MODELS = 500

const site = statement<SiteContent>(
  'site_content',
  `
  select w.slug, s.name, s.headline, s.about, s.is_open "isOpen", s.version from sites s join site_slugs w on w.tenant_id = $1 where s.tenant_id = $1`,
)
type Row = {
  modelId: string
  brand: string
  name: string
  headline: string | null
  bodyType: BodyType | null
  priceFromKopecks: string | null
  trims: { name: string; priceKopecks: number }[] | null
  place: number | null
  isShown: boolean | null
  version: number | null
}
const models = statement<Row>(
  'site_content_models',
  `
  select m.id "modelId", b.name brand, m.name, s.headline, s.body_type "bodyType", s.price_from_kopecks "priceFromKopecks", s.trims, s.place, s.is_shown "isShown", s.version
  from models m join brands b on b.id = m.brand_id left join site_models s on s.tenant_id = $1 and s.model_id = m.id
  order by s.is_shown desc nulls last, s.place, b.name, m.name limit ${MAX_MODELS}`,
)

export const readSite = async (ctx: Ctx): Promise<SiteContent | null> => (await ctx.run(site))[0] ?? null

/** Every model of the catalogue: those the site says nothing of yet stand at the end, with version 0. */
export const showContent = handle(siteContent.show, async (ctx) => {
  const [ours, rows] = await Promise.all([readSite(ctx), ctx.run(models)])
  return {
    site: ours,
    models: rows.map((row) => ({
      ...row,
      headline: row.headline ?? '',
      bodyType: row.bodyType ?? ('sedan' as const),
      priceFromKopecks: row.priceFromKopecks === null ? null : Number(row.priceFromKopecks),
      trims: row.trims ?? [],
      place: row.place ?? 0,
      isShown: row.isShown ?? false,
      version: row.version ?? 0,
    })),
  }
})
