import type pg from 'pg'
import { insertEvents, MAX_EVENTS_PER_STATEMENT, type ActorKind, type LogEvent } from '../audit/index.ts'
import type { AuditEvent } from '../../contract/audit-events.ts'
import type { Purpose } from '../../contract/purposes.ts'
import { newId } from '../platform/ids.ts'
import type { VaultContext } from './context.ts'

type Waiting = { events: LogEvent[]; done: () => void; failed: (error: unknown) => void }

/** What a look says of itself: ids, codes and numbers only. */
export type LookEvent = {
  event: AuditEvent
  tenantId: string
  actor: { kind: ActorKind; id: string | null; role: string }
  door: string
  purpose: Purpose | null
  personIds: readonly string[]
  object?: { kind: string; id: string }
  details: Record<string, string | number | boolean>
}

export function toLogEvent(look: LookEvent, now: number): LogEvent {
  return {
    tenantId: look.tenantId,
    id: newId(now),
    at: new Date(now),
    event: look.event,
    actorKind: look.actor.kind,
    actorId: look.actor.id,
    role: look.actor.role,
    door: look.door,
    purpose: look.purpose,
    personIds: look.personIds,
    objectKind: look.object?.kind ?? null,
    objectId: look.object?.id ?? null,
    details: look.details,
    body: null,
  }
}

/** Whoever opens an invented person is reported, in the same breath as the look itself. */
export function canaryEvents({ canaries, now }: Pick<VaultContext, 'canaries' | 'now'>, said: LookEvent): LogEvent[] {
  const bait = said.personIds.filter((personId) => canaries.has(`${said.tenantId}/${personId}`))
  return bait.length === 0 ? [] : [toLogEvent({ ...said, event: 'canary.revealed', personIds: bait, details: {} }, now())]
}

/**
 * Writes looks before they are answered. While one insert is on its way, the looks of other askers gather for the next, so that
 * many of them share a commit and a single one waits for nobody.
 */
export class Trace {
  readonly #pool: pg.Pool
  #waiting: Waiting[] = []
  #isWriting = false

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  /** Resolves when the events are committed; rejects when they are not, and then nothing may be shown. */
  write(events: LogEvent[]): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ events, done, failed })
      if (!this.#isWriting) void this.#drain()
    })
  }

  async #drain(): Promise<void> {
    this.#isWriting = true
    // Requests that arrived in the same turn of the loop travel together.
    await new Promise(setImmediate)
    while (this.#waiting.length > 0) await this.#writeGroup(this.#takeGroup())
    this.#isWriting = false
  }

  #takeGroup(): Waiting[] {
    let size = 0
    let count = 0
    for (const { events } of this.#waiting) {
      if (count > 0 && size + events.length > MAX_EVENTS_PER_STATEMENT) break
      size += events.length
      count++
    }
    return this.#waiting.splice(0, count)
  }

  async #writeGroup(group: Waiting[]): Promise<void> {
    try {
      await this.#insert(group.flatMap(({ events }) => events))
      for (const { done } of group) done()
    } catch (error) {
      for (const { failed } of group) failed(error)
    }
  }

  async #insert(events: LogEvent[]): Promise<void> {
    const client = await this.#pool.connect()
    const sent: Promise<unknown>[] = [
      client.query('begin; set local role infotech_vault'),
      insertEvents((text, values) => client.query({ name: 'trace', text, values }), events),
      client.query('commit'),
    ]
    const failed = (await Promise.allSettled(sent)).find((answer) => answer.status === 'rejected')
    client.release(failed !== undefined)
    if (failed) throw failed.reason
  }
}
