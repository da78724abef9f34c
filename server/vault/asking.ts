import { isJobTask, jobTask } from '../../contract/jobs.ts'
import { allows, type Right, type Role } from '../../contract/permissions.ts'
import type { Look, Row } from './db.ts'
import type { Asker } from './protocol.ts'
import { VaultRefusal } from './refusal.ts'
import { hashToken, PORTAL_IDLE_MS, SESSION_IDLE_MS, tokenTenant } from './token.ts'
import { sees, type Seen, type Seer } from './visible.ts'

/** Which process holds the connection: only the worker may speak for jobs. */
export type Peer = 'web' | 'worker'

/** Who asks, as the database says, not as the caller says. */
export type Actor = {
  kind: 'staff' | 'key' | 'job' | 'visitor' | 'subject'
  id: string | null
  role: Role
  outletId: string | null
  scopes: readonly string[] | null
  persons?: readonly string[]
  /** Of a subject: nobody else has the address they came in by. */
  isProved?: boolean
}

/** The statement that finds the asker. Refuses at once what no statement could find. */
export function askerLook(asker: Asker, tenantId: string, peer: Peer): Look {
  switch (asker.kind) {
    case 'session':
      return { name: 'asker-session', text: sessionText, values: [tokenHash(asker.token, tenantId), SESSION_IDLE_MS] }
    case 'key':
      return { name: 'asker-key', text: keyText, values: [tokenHash(asker.token, tenantId)] }
    case 'job':
      if (peer !== 'worker' || !isJobTask(asker.task)) throw new VaultRefusal('forbidden')
      if (jobTask(asker.task).standing) return { name: 'asker-standing', text: standingText, values: [] }
      return { name: 'asker-job', text: jobText, values: [asker.jobId, asker.task] }
    case 'site':
      return { name: 'asker-site', text: siteText, values: [asker.evenClosed === true] }
    case 'subject':
      return { name: 'asker-subject', text: subjectText, values: [tokenHash(asker.token, tenantId), PORTAL_IDLE_MS] }
  }
}

const sessionText = `select e.id, e.role, e.outlet_id from sessions s join employees e on e.tenant_id = s.tenant_id and e.id = s.employee_id
  where s.tenant_id = $1 and s.token_hash = $2 and s.revoked_at is null and s.expires_at > now() and s.last_seen_at > now() - $3 * interval '1 millisecond' and e.is_active`
const keyText = 'select id, scopes from integration_keys where tenant_id = $1 and token_hash = $2 and revoked_at is null'
/** A door that is always open has no row in the queue; its rights let it take in, never open. */
const standingText = 'select 1 from tenants where tenant_id = $1'
const siteText = 'select 1 from sites where tenant_id = $1 and (is_open or $2::boolean)'
const subjectText = `select s.id, s.is_proved, array(select p.person_id from portal_session_persons p where p.tenant_id = $1 and p.session_id = s.id) as persons
  from portal_sessions s where s.tenant_id = $1 and s.token_hash = $2 and s.ended_at is null and s.expires_at > now() and s.last_seen_at > now() - $3 * interval '1 millisecond'`
const jobText = 'select 1 from tenants where tenant_id = $1 and job_is_running($2::bigint, $3::text)'

/** @throws VaultRefusal not_signed_in for a session or key that is none, forbidden for a job that does not run. */
export function actorOf(asker: Asker, rows: readonly Row[]): Actor {
  const row = rows[0]
  switch (asker.kind) {
    case 'session':
      if (!row) throw new VaultRefusal('not_signed_in')
      return { kind: 'staff', id: row.id as string, role: row.role as Role, outletId: row.outlet_id as string | null, scopes: null }
    case 'key':
      if (!row) throw new VaultRefusal('not_signed_in')
      return { kind: 'key', id: row.id as string, role: 'integration', outletId: null, scopes: row.scopes as string[] }
    case 'job':
      if (!row) throw new VaultRefusal('forbidden')
      return { kind: 'job', id: null, role: 'job', outletId: null, scopes: isJobTask(asker.task) ? jobTask(asker.task).rights : [] }
    case 'site':
      if (!row) throw new VaultRefusal('not_found')
      return { kind: 'visitor', id: null, role: 'visitor', outletId: null, scopes: null }
    case 'subject':
      if (!row) throw new VaultRefusal('not_signed_in')
      return { kind: 'subject', id: row.id as string, role: 'subject', outletId: null, scopes: null, persons: row.persons as string[], isProved: row.is_proved as boolean }
  }
}

const may = (actor: Actor, right: Right): boolean => allows(actor.role, right) && (actor.scopes === null || actor.scopes.includes(right))

/** Refuses an actor who has none of these rights. */
export function needsAny(actor: Actor, rights: readonly Right[]): void {
  if (!rights.some((right) => may(actor, right))) throw new VaultRefusal('forbidden')
}

/** The actor as the predicate of visible.ts sees them: machines work for the whole tenant. */
export const seerOf = (actor: Actor): Seer => ({
  id: actor.id,
  outletId: actor.outletId,
  seesAll: actor.kind !== 'staff' || may(actor, 'person.read_all'),
  seesUnled: actor.kind !== 'staff' || may(actor, 'unled.read'),
})

/** May this actor know of this person at all? A person sees themself only, a dealer's system only whom it was handed. */
export const seesPerson = (actor: Actor, person: { personId: string } & Seen): boolean =>
  actor.kind === 'subject' || actor.kind === 'key' ? (actor.persons ?? []).includes(person.personId) : sees(seerOf(actor), person)

/** Data subjects' requests are answered by the privacy officer, also for the restricted and whatever the ground (152-ФЗ art. 14, 20, 21). */
export const answersSubjects = (actor: Actor, purpose: string): boolean => actor.role === 'privacy_officer' && purpose === 'rights'

function tokenHash(token: string, tenantId: string): Buffer {
  if (tokenTenant(token) !== tenantId) throw new VaultRefusal('not_signed_in')
  return hashToken(token)
}
