import { portal } from '../../../../contract/site/portal.ts'
import { handle, type Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import { hashToken, newToken, tokenTenant } from '../../../vault/index.ts'
import { networkLimit } from '../../requests/limits.ts'
import { openedBy } from './address.ts'
import { openOwnSession } from './open-own-session.ts'
import { refused } from './refused.ts'

const LINK_MS = 7 * 86_400_000

const add = statement<{ slug: string }>(
  'portal_link_add',
  `
  with made as (insert into portal_links (tenant_id, id, token_hash, person_id, created_at, expires_at) values ($1, $2, $3, $4, $5, $6) returning id)
  select s.slug from made, site_slugs s where s.tenant_id = $1`,
)
const use = statement<{ id: string; personId: string }>(
  'portal_link_use',
  `
  update portal_links l set used_at = $3 from persons p
  where l.tenant_id = $1 and l.token_hash = $2 and l.used_at is null and l.expires_at > $3 and p.tenant_id = $1 and p.id = l.person_id and p.kind = 'customer'
  returning l.id, l.person_id "personId"`,
)

/**
 * A way to their own page for a letter to this person: good once, for seven days. The address is of our site, without its origin; null when the company has
 * no site. Opening it shows a button only, so that a program that looks at links does not use it up.
 */
export async function portalLink(ctx: Ctx, { personId }: { personId: string }): Promise<{ path: string; expiresAt: Date } | null> {
  const [token, id, expiresAt] = [newToken(ctx.tenantId), ctx.newId(), new Date(ctx.now().getTime() + LINK_MS)]
  const [site] = await ctx.run(add, [id, hashToken(token), personId, ctx.now(), expiresAt])
  if (!site) return null
  ctx.audit('portal.link_made', { persons: [personId], object: { kind: 'portal_link', id } })
  return { path: `/site/${site.slug}/my/enter/${token}`, expiresAt }
}

/** Whatever is wrong with a link stands in the log. */
const countNetwork = networkLimit(120)

export const enterByLink = handle(portal.enterByLink, async (ctx, { token }) => {
  countNetwork(ctx)
  const [link] = tokenTenant(token) === ctx.tenantId ? await ctx.run(use, [hashToken(token), ctx.now()]) : []
  if (!link) return refused(ctx)
  // Letters go by mail; what has become of the person since counts for them too, and so does everyone who reads that mailbox.
  const readers = await ctx.vault.holders(ctx.asker, ctx.tenantId, { personId: link.personId, door: ctx.door })
  const { personIds, isSole } = await openedBy(ctx, 'email', [...new Set([link.personId, ...readers])])
  return personIds.includes(link.personId) ? openOwnSession(ctx, 'link', { personIds: [link.personId], isSole }) : refused(ctx)
})
