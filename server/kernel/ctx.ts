import type { Kysely } from 'kysely'
import type { AuditEvent } from '../../contract/audit-events.ts'
import type { LiveKind } from '../../contract/live.ts'
import type { Role } from '../../contract/permissions.ts'
import type { Purpose } from '../../contract/purposes.ts'
import type { Statement } from '../platform/db/session.ts'
import type { Tables } from '../platform/db/tables.ts'
import type { SealedFiles } from '../platform/files/sealed-files.ts'
import type { Asker, Seen, WrappedVault } from '../vault/index.ts'
import type { Actor } from './actor.ts'

/** What an act says of itself to the log: ids, codes and numbers only, never personal data. */
export type About = {
  persons?: readonly string[]
  object?: { kind: string; id: string }
  details?: Record<string, string | number | boolean | null>
  /** Who it was, where the credential could not say so yet: the one who has just signed in. */
  by?: { id: string; role: Role }
}
export type TrailEntry = { event: AuditEvent; about: About }

/** `outletId` and `responsibleId` let the visibility predicate choose who hears of it. */
export type LiveChange = { kind: LiveKind; id: string } & Seen

export type CookieName = 'session' | 'own'
export type JobOptions = { runAt?: Date; /** A job of the same key is replaced, not doubled. */ key?: string }

/** Everything a piece of work may know or touch. There is no other way to reach the database or the vault. */
export type Ctx = {
  actor: Actor
  /** The tenant of this work; acts of visitors have none and throw when they ask. */
  tenantId: string
  /** The member of staff who acts; machines and visitors are refused. */
  me: string
  asker: Asker
  door: string
  /** Declared by the endpoint; an act that touches people without one throws. */
  purpose: Purpose
  db: Kysely<Tables>
  /** A prepared statement of a hot path; `$1` is the tenant, `values` begin at `$2`. */
  run: <Row>(statement: Statement<Row>, values?: readonly unknown[]) => Promise<Row[]>
  vault: WrappedVault
  /** Sealed objects; a file's key comes from the vault. */
  files: SealedFiles
  /** The moment of this work: one for all that it writes, so that what was done together can be told and taken back together. */
  now: () => Date
  newId: () => string
  audit: (event: AuditEvent, about?: About) => void
  /** Adds a job in this transaction: it exists only when the act is committed. */
  emit: (task: string, payload: Record<string, unknown>, options?: JobOptions) => void
  /** Tells open screens, after the commit, that a row changed: ids only. */
  live: (change: LiveChange) => void
  /** Work in another tenant or as another actor, in a transaction of its own (sign-in, switching company). */
  elsewhere: <T>(tenantId: string, door: string, run: (ctx: Ctx) => Promise<T>) => Promise<T>
  /** The session cookie of the answer; `own` is the one of a person's own page. */
  cookie: { set: (token: string, expires: Date, name?: CookieName) => void; clear: (name?: CookieName) => void }
  /**
   * `addressKey`: the caller's network address, for rate limits and, sealed, for the proof of a consent; `agent`: the browser's own words, for that proof;
   * `bytes`: a JSON body as it came, for the doors that keep originals.
   */
  caller: { device: string; language: 'ru' | 'en'; addressKey: string; agent?: string; bytes?: Buffer }
}
