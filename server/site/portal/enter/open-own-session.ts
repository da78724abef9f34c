import type { Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import { hashToken, newToken } from '../../../vault/index.ts'
import type { Opened } from './address.ts'

/** However busy: two hours (docs/threat-model.md: the device may be a stranger's). */
const OWN_SESSION_MS = 2 * 60 * 60_000

const add = statement(
  'portal_session_add',
  `
  with opened as (insert into portal_sessions (tenant_id, id, token_hash, how, created_at, last_seen_at, expires_at, is_proved) values ($1, $2, $3, $4, $5, $5, $6, $7) returning id)
  insert into portal_session_persons (tenant_id, session_id, person_id) select $1, opened.id, p.id from opened, unnest($8::uuid[]) p(id)`,
)

/** Opens the page of these persons, to read only when the address is theirs alone. The token is always new; the cookie leaves with the answer. */
export async function openOwnSession(ctx: Ctx, how: 'code' | 'link', { personIds, isSole }: Opened): Promise<{ entered: true; expiresAt: string }> {
  const [token, sessionId, expiresAt] = [newToken(ctx.tenantId), ctx.newId(), new Date(ctx.now().getTime() + OWN_SESSION_MS)]
  await ctx.run(add, [sessionId, hashToken(token), how, ctx.now(), expiresAt, isSole, personIds])
  ctx.audit('portal.entered', { persons: personIds, object: { kind: 'portal_session', id: sessionId }, details: { how, isProved: isSole } })
  ctx.cookie.set(token, expiresAt, 'own')
  return { entered: true, expiresAt: expiresAt.toISOString() }
}
