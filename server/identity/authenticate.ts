import { isJobTask, jobTask } from '../../contract/jobs.ts'
import type { Right, Role } from '../../contract/permissions.ts'
import { notFound, Refusal, visitor, type Actor, type Authenticate } from '../kernel/index.ts'
import { statement } from '../platform/db/session.ts'
import { hashToken, PORTAL_IDLE_MS, SESSION_IDLE_MS } from '../vault/index.ts'
import type { LastSeen } from './last-seen.ts'
import type { RateLimit } from './rate-limit.ts'

type SessionRow = { sessionId: string; employeeId: string; accountId: string; role: Role; outletId: string | null; lastSeenAt: Date; expiresAt: Date; reauthenticatedAt: Date }
const bySession = statement<SessionRow>(
  'who_session',
  `
  select s.id "sessionId", e.id "employeeId", e.account_id "accountId", e.role, e.outlet_id "outletId", s.last_seen_at "lastSeenAt", s.expires_at "expiresAt", s.reauthenticated_at "reauthenticatedAt"
  from sessions s join employees e on e.tenant_id = s.tenant_id and e.id = s.employee_id
  where s.tenant_id = $1 and s.token_hash = $2 and s.revoked_at is null and e.is_active`,
)
const byKey = statement<{ id: string; scopes: Right[]; lastUsedAt: Date | null }>(
  'who_key',
  `
  select id, scopes, last_used_at "lastUsedAt" from integration_keys where tenant_id = $1 and token_hash = $2 and revoked_at is null`,
)
const bySite = statement<{ tenantId: string }>('who_site', `select tenant_id "tenantId" from sites where tenant_id = $1 and (is_open or $2::boolean)`)
const bySubject = statement<{ id: string; lastSeenAt: Date; expiresAt: Date; isProved: boolean; persons: string[] }>(
  'who_subject',
  `
  select s.id, s.last_seen_at "lastSeenAt", s.expires_at "expiresAt", s.is_proved "isProved",
    array(select p.person_id from portal_session_persons p where p.tenant_id = $1 and p.session_id = s.id order by p.person_id) persons
  from portal_sessions s where s.tenant_id = $1 and s.token_hash = $2 and s.ended_at is null`,
)

/**
 * Who a credential stands for, read in the work's own transaction: a revoked session or a changed role counts from the next request on.
 * @param seen where the use of sessions and keys is noted; null: nowhere (the worker has neither).
 * @param rate how much each session and key may ask, so that one that has run wild leaves the others their turn; null: as much as it likes.
 */
export const openAuthenticate =
  (seen: LastSeen | null, rate: RateLimit | null = null): Authenticate =>
  async (query, credential, now, isBackground): Promise<Actor> => {
    const count = (id: string): void => {
      if (rate && !rate.take(id, now)) throw new Refusal('too_many')
    }
    switch (credential.kind) {
      case 'visitor':
        return visitor
      case 'site': {
        const [site] = await query(bySite, [credential.tenantId, credential.evenClosed === true])
        if (!site) throw notFound()
        return { ...visitor, tenantId: credential.tenantId }
      }
      case 'subject': {
        const [row] = await query(bySubject, [credential.tenantId, hashToken(credential.token)])
        if (!row || row.expiresAt <= now || now.getTime() - row.lastSeenAt.getTime() > PORTAL_IDLE_MS) throw new Refusal('not_signed_in')
        count(row.id)
        seen?.note('portal', credential.tenantId, row.id, row.lastSeenAt, now)
        return { ...visitor, kind: 'subject', id: row.id, tenantId: credential.tenantId, role: 'subject', persons: row.persons, isProved: row.isProved }
      }
      case 'job':
        return { ...visitor, kind: 'job', id: null, tenantId: credential.tenantId, role: 'job', scopes: isJobTask(credential.task) ? jobTask(credential.task).rights : [] }
      case 'key': {
        const [key] = await query(byKey, [credential.tenantId, hashToken(credential.token)])
        if (!key) throw new Refusal('not_signed_in')
        count(key.id)
        seen?.note('key', credential.tenantId, key.id, key.lastUsedAt, now)
        return { ...visitor, kind: 'key', id: key.id, tenantId: credential.tenantId, role: 'integration', scopes: key.scopes }
      }
      case 'session': {
        const [row] = await query(bySession, [credential.tenantId, hashToken(credential.token)])
        if (!row || row.expiresAt <= now || now.getTime() - row.lastSeenAt.getTime() > SESSION_IDLE_MS) throw new Refusal('not_signed_in')
        count(row.sessionId)
        if (!isBackground) seen?.note('session', credential.tenantId, row.sessionId, row.lastSeenAt, now)
        return {
          ...visitor,
          kind: 'staff',
          id: row.employeeId,
          tenantId: credential.tenantId,
          role: row.role,
          outletId: row.outletId,
          accountId: row.accountId,
          sessionId: row.sessionId,
          reauthenticatedAt: row.reauthenticatedAt,
          goodUntil: new Date(Math.min(row.expiresAt.getTime(), row.lastSeenAt.getTime() + SESSION_IDLE_MS)),
        }
      }
    }
  }

export const authenticate: Authenticate = openAuthenticate(null)
