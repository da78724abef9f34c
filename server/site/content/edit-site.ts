import { siteContent } from '../../../contract/site/content.ts'
import { handle, notFound, stale, TryAgain } from '../../kernel/index.ts'

/** Closed, the site is found by nobody; what was agreed to on it stays. */
export const editSite = handle(siteContent.edit, async (ctx, { version, ...words }) => {
  const now = await ctx.db.selectFrom('sites').select(['name', 'headline', 'about', 'isOpen', 'version']).executeTakeFirst()
  if (!now) throw notFound()
  if (now.version !== version) throw stale({ ...now })
  const { numUpdatedRows } = await ctx.db
    .updateTable('sites')
    .set({ ...words, version: version + 1 })
    .where('version', '=', version)
    .executeTakeFirst()
  // Somebody was faster between the two statements: the next run tells them so.
  if (numUpdatedRows !== 1n) throw new TryAgain()
  const changed = (Object.keys(words) as (keyof typeof words)[]).filter((name) => words[name] !== now[name])
  ctx.audit('site.edited', { object: { kind: 'site', id: ctx.tenantId }, details: { changed: changed.join(','), isOpen: words.isOpen } })
  return { version: version + 1 }
})
