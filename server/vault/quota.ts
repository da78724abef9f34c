import type pg from 'pg'
import type { Purpose } from '../../contract/purposes.ts'
import type { Actor } from './asking.ts'
import { look } from './db.ts'
import { VaultRefusal } from './refusal.ts'

/** Different people an hour, by actor and purpose: opened in full, shown masked in lists, and found to be held when a phone or an e-mail is tried. */
export type Limits = { revealed: number; listed: number; matched: number }
export const defaultLimits: Limits = { revealed: 300, listed: 5_000, matched: 500 }

const HOUR_MS = 60 * 60 * 1000
/** All persons who look at themselves on their own page are one actor with so many times the limit: whoever could make sessions for them would else know no limit. */
const SUBJECTS = { name: 'subjects', times: 10 } as const
type Kind = keyof Limits
/** When each person was last looked at, the longest ago first. Never more of them than the limit. */
type Seen = Map<number, number>

/**
 * Remembers in memory whom an actor looked at within the last hour; what was before a restart is read back from the log. The same person
 * counts once, however often a screen that stays open asks again: the limit is on how many people somebody gets to know.
 * Jobs have none: no human sees what they open, each task has fixed rights (contract/jobs.ts) and is believed only while the queue runs it,
 * and the ground, the log and the canaries are the same for them. A letter to a hundred thousand clients is one errand.
 */
export class Quota {
  readonly #main: pg.Pool
  readonly #limits: Limits
  readonly #now: () => number
  readonly #seen = new Map<string, Seen>()
  readonly #read = new Map<string, Promise<void>>()

  constructor(main: pg.Pool, limits: Limits, now: () => number) {
    this.#main = main
    this.#limits = limits
    this.#now = now
  }

  /** Books a look at these. @throws VaultRefusal quota when those not seen yet do not fit into the hour; then nobody is booked. */
  async spend(kind: Kind, tenantId: string, actor: Actor, purpose: Purpose | null, ids: readonly string[]): Promise<void> {
    if (ids.length === 0 || actor.id === null) return
    await this.#rebuilt(tenantId)
    const isSubject = actor.kind === 'subject'
    const name = nameOf(kind, tenantId, isSubject ? SUBJECTS.name : actor.id, purpose)
    const limit = this.#limits[kind] * (isSubject ? SUBJECTS.times : 1)
    const seen = this.#seen.get(name) ?? new Map<number, number>()
    const now = this.#now()
    forget(seen, now)
    const marks = ids.map(markOf)
    const fresh = new Set(marks.filter((mark) => !seen.has(mark)))
    if (seen.size + fresh.size > limit) throw new VaultRefusal('quota')
    for (const mark of marks) note(seen, mark, now)
    this.#seen.set(name, seen)
  }

  /** Forgets hours that are over. */
  expire(): void {
    for (const [name, seen] of this.#seen) {
      forget(seen, this.#now())
      if (seen.size === 0) this.#seen.delete(name)
    }
  }

  #rebuilt(tenantId: string): Promise<void> {
    const known = this.#read.get(tenantId)
    if (known) return known
    const reading = this.#rebuild(tenantId).catch((error: unknown) => {
      this.#read.delete(tenantId)
      throw error
    })
    this.#read.set(tenantId, reading)
    return reading
  }

  async #rebuild(tenantId: string): Promise<void> {
    const [rows] = await look(this.#main, tenantId, [{ name: 'quota', text: rebuildText, values: [new Date(this.#now() - HOUR_MS)] }])
    for (const row of rows ?? []) {
      const name = nameOf(kindOf(row.event as string, row.purpose as string | null), tenantId, row.actor_id as string, row.purpose as Purpose | null)
      const seen = this.#seen.get(name) ?? new Map<number, number>()
      note(seen, markOf(row.id as string), (row.last as Date).getTime())
      this.#seen.set(name, seen)
    }
  }
}

const nameOf = (kind: Kind, tenantId: string, actorId: string, purpose: Purpose | null): string => `${kind}/${tenantId}/${actorId}/${purpose}`

/** The last 48 bits of an id, which are random in ours: a number takes a third of the memory of the text. */
const markOf = (id: string): number => Number.parseInt(id.slice(-12), 16)

function note(seen: Seen, mark: number, at: number): void {
  seen.delete(mark)
  seen.set(mark, at)
}

function forget(seen: Seen, now: number): void {
  for (const [mark, at] of seen) {
    if (at > now - HOUR_MS) return
    seen.delete(mark)
  }
}

function kindOf(event: string, purpose: string | null): Kind {
  if (event === 'person.matched') return 'matched'
  return (event === 'person.revealed' && purpose !== 'employment') || event === 'message.opened' ? 'revealed' : 'listed'
}

/** A message or a file that belongs to nobody yet counts as a person. Only staff are asked about what they tried out (acts/match.ts). */
const rebuildText = `select event, case actor_kind when 'subject' then '${SUBJECTS.name}' else actor_id::text end as actor_id, purpose, looked.id, max(at) as last
  from log_events, unnest(case when event = 'message.opened' and person_ids = '{}' then array[object_id] else person_ids end) as looked (id)
  where tenant_id = $1 and at > $2 and actor_id is not null
    and (event in ('person.revealed', 'person.listed', 'person.searched', 'staff.named', 'message.opened') or (event = 'person.matched' and actor_kind = 'staff'))
  group by 1, 2, 3, 4 order by 5`
