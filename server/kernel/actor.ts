import { allows, type Right, type Role } from '../../contract/permissions.ts'
import type { Asker, Seer } from '../vault/index.ts'

/** What a caller showed at the door. Its tenant is inside a token and is proved by the row that holds the token's hash. */
export type Credential =
  | { kind: 'session'; tenantId: string; token: string }
  | { kind: 'key'; tenantId: string; token: string }
  | { kind: 'job'; tenantId: string; task: string; jobId: string }
  | { kind: 'visitor' }
  /** A visitor of this company's site: takes in and seals, opens nothing. `evenClosed`: at a door that stays open when the site is closed. */
  | { kind: 'site'; tenantId: string; evenClosed?: true }
  /** The person themself, who has proved an address of theirs. */
  | { kind: 'subject'; tenantId: string; token: string }

/** Who acts, as the database knows them in this very transaction. */
export type Actor = {
  kind: 'staff' | 'key' | 'job' | 'visitor' | 'subject'
  id: string | null
  tenantId: string | null
  role: Role
  outletId: string | null
  accountId: string | null
  sessionId: string | null
  /** Of an integration key: the rights it was given; null: all of the role. */
  scopes: readonly string[] | null
  reauthenticatedAt: Date | null
  /** Of a session: when it is over if nobody uses it again. */
  goodUntil: Date | null
  /** Of a subject: the persons who are them. */
  persons: readonly string[]
  /** Of a subject: nobody else has the address they came in by, so that they may read and act as themself. */
  isProved: boolean
}

export const visitor: Actor = {
  kind: 'visitor',
  id: null,
  tenantId: null,
  role: 'visitor',
  outletId: null,
  accountId: null,
  sessionId: null,
  scopes: null,
  reauthenticatedAt: null,
  goodUntil: null,
  persons: [],
  isProved: false,
}

export const may = (actor: Actor, right: Right): boolean => allows(actor.role, right) && (actor.scopes === null || actor.scopes.includes(right))

/** The actor as the visibility predicate sees them. */
export const seer = (actor: Actor, all: 'lead.read_all' | 'person.read_all' | 'deal.read_all'): Seer => ({
  id: actor.id,
  outletId: actor.outletId,
  seesAll: may(actor, all),
  seesUnled: actor.kind !== 'staff' || may(actor, 'unled.read'),
})

export function askerOf(credential: Credential): Asker | null {
  switch (credential.kind) {
    case 'session':
      return { kind: 'session', token: credential.token }
    case 'key':
      return { kind: 'key', token: credential.token }
    case 'job':
      return { kind: 'job', task: credential.task, jobId: credential.jobId }
    case 'site':
      return { kind: 'site', ...(credential.evenClosed ? { evenClosed: true } : {}) }
    case 'subject':
      return { kind: 'subject', token: credential.token }
    case 'visitor':
      return null
  }
}
