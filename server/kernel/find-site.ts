import type { Work } from './work.ts'

const KEPT_MS = 60_000
const MAX_KEPT = 1_000
const word = /^[a-z0-9][a-z0-9-]{0,39}$/

/** Finds whose site a word in an address is; null when it is nobody's. What was found is believed for a minute. */
export function openSiteFinder(work: Work): (slug: string) => Promise<string | null> {
  const kept = new Map<string, { tenantId: string; until: number }>()
  return async (slug) => {
    const known = kept.get(slug)
    if (known && known.until > Date.now()) return known.tenantId
    if (!word.test(slug)) return null
    const { result } = await work(
      { credential: { kind: 'visitor' }, door: 'site', purpose: undefined, readOnly: true, caller: { device: '', language: 'ru', addressKey: '' } },
      (ctx) => ctx.db.selectFrom('siteSlugs').select('tenantId').where('slug', '=', slug).executeTakeFirst(),
    )
    if (!result) return null
    if (kept.size >= MAX_KEPT) kept.clear()
    kept.set(slug, { tenantId: result.tenantId, until: Date.now() + KEPT_MS })
    return result.tenantId
  }
}
