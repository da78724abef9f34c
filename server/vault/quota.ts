import type pg from 'pg'
import type { Purpose } from '../../contract/purposes.ts'
import type { Actor } from './asking.ts'
import { look } from './db.ts'
import { VaultRefusal } from './refusal.ts'

/** People per hour, actor and purpose: opened in full, and shown masked in lists. */
export type Limits = { revealed: number; listed: number }
export const defaultLimits: Limits = { revealed: 300, listed: 5_000 }

const HOUR_MS = 60 * 60 * 1000
const MINUTE_MS = 60_000
type Kind = keyof Limits
type Minute = { minute: number; people: number }

/** Counts in memory by minutes of the last hour; what was looked at before a restart is read back from the log. */
export class Quota {
  readonly #main: pg.Pool
  readonly #limits: Limits
  readonly #now: () => number
  readonly #counts = new Map<string, Minute[]>()
  readonly #read = new Map<string, Promise<void>>()

  constructor(main: pg.Pool, limits: Limits, now: () => number) {
    this.#main = main
    this.#limits = limits
    this.#now = now
  }

  /** Books `people` looks. @throws VaultRefusal quota when they do not fit into the hour. */
  async spend(kind: Kind, tenantId: string, actor: Actor, purpose: Purpose, people: number): Promise<void> {
    if (people === 0) return
    await this.#rebuilt(tenantId)
    const name = nameOf(kind, tenantId, actor.id, purpose)
    const oldest = this.#now() - HOUR_MS
    const minutes = (this.#counts.get(name) ?? []).filter(({ minute }) => minute > oldest)
    if (minutes.reduce((sum, one) => sum + one.people, people) > this.#limits[kind]) throw new VaultRefusal('quota')
    this.#add(name, minutes, this.#now(), people)
  }

  /** Forgets hours that are over. */
  expire(): void {
    const oldest = this.#now() - HOUR_MS
    for (const [name, minutes] of this.#counts) if ((minutes.at(-1)?.minute ?? 0) <= oldest) this.#counts.delete(name)
  }

  #add(name: string, minutes: Minute[], at: number, people: number): void {
    const minute = at - (at % MINUTE_MS)
    const last = minutes.at(-1)
    if (last?.minute === minute) last.people += people
    else minutes.push({ minute, people })
    this.#counts.set(name, minutes)
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
      const kind: Kind = row.event === 'person.revealed' && row.purpose !== 'employment' ? 'revealed' : 'listed'
      const name = nameOf(kind, tenantId, row.actor_id as string | null, row.purpose as Purpose)
      this.#add(name, this.#counts.get(name) ?? [], (row.minute as Date).getTime(), row.people as number)
    }
  }
}

const nameOf = (kind: Kind, tenantId: string, actorId: string | null, purpose: Purpose): string => `${kind}/${tenantId}/${actorId}/${purpose}`

const rebuildText = `select event, actor_id, purpose, date_trunc('minute', at) as minute, sum(cardinality(person_ids))::int as people from log_events
  where tenant_id = $1 and at > $2 and event in ('person.revealed', 'person.listed', 'staff.named') group by 1, 2, 3, 4 order by 4`
