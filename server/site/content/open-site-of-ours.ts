import { siteContent } from '../../../contract/site/content.ts'
import { handle, orConflict, Refusal } from '../../kernel/index.ts'
import { readSite } from './show-content.ts'

/** A company takes a word of its choice for its site. The word stays: letters and links out in the world lead to it. */
export const openOwnSite = handle(siteContent.open, async (ctx, { slug, name }) => {
  await orConflict('sites_pkey', 'taken', () => ctx.db.insertInto('sites').values({ name }).execute())
  await orConflict('site_slugs_pkey', 'taken', () => ctx.db.insertInto('siteSlugs').values({ tenantId: ctx.tenantId, slug }).execute())
  ctx.audit('site.opened', { object: { kind: 'site', id: ctx.tenantId }, details: { slug } })
  const site = await readSite(ctx)
  if (!site) throw new Refusal('internal')
  return site
})
