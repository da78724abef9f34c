import type { Writable } from 'node:stream'
import pg from 'pg'
import type { LiveKind } from '../../contract/live.ts'
import type { Right } from '../../contract/permissions.ts'
import { sees, type Seen } from '../vault/index.ts'
import { may, seer, type Actor } from './actor.ts'
import type { LiveChange } from './ctx.ts'

type Heard = LiveChange & { tenantId: string }
/** Who listens, once more as the database knows them now. @throws when their session is over. */
export type AskAgain = () => Promise<Actor>
type Listener = { actor: Actor; stream: Writable; askAgain: AskAgain; isAsked: boolean }
const MAX_LISTENERS = 5_000
const HEARTBEAT_MS = 20_000
/** Some thousand events: who has not read them by now does not read, and would be kept in memory. */
const MAX_UNREAD_BYTES = 256 * 1024

/** Who hears of a kind of row: those whose right reads it, and of these the ones who see this row by the predicate of lists. `all: null`: nobody's own, the company's. */
const rules: Record<Exclude<LiveKind, 'session'>, { reads: Right; all: Parameters<typeof seer>[1] | null }> = {
  lead: { reads: 'lead.read', all: 'lead.read_all' },
  message: { reads: 'message.read', all: 'lead.read_all' },
  lead_file: { reads: 'lead.import', all: null },
  deal: { reads: 'deal.read', all: 'deal.read_all' },
  person: { reads: 'person.read', all: 'person.read_all' },
  test_drive: { reads: 'test_drive.read', all: 'person.read_all' },
  task: { reads: 'person.read', all: 'person.read_all' },
  request: { reads: 'request.read', all: null },
  stock: { reads: 'stock.read', all: null },
  network_lead: { reads: 'network.read', all: null },
  mailing: { reads: 'mailing.read', all: null },
}

/** One LISTEN connection of this process hands what committed elsewhere to the screens that may see it: kind and id, nothing more. */
export class LiveHub {
  readonly #listeners = new Set<Listener>()
  readonly #config: pg.PoolConfig
  readonly #now: () => Date
  #client: pg.Client | null = null
  #closed = false
  readonly #heartbeat: NodeJS.Timeout

  constructor(config: pg.PoolConfig, now: () => Date = () => new Date(), heartbeatMs: number = HEARTBEAT_MS) {
    this.#config = config
    this.#now = now
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs)
    this.#heartbeat.unref()
  }

  async start(): Promise<void> {
    if (this.#closed) return
    const client = new pg.Client(this.#config)
    const again = (): void => {
      if (this.#client !== client) return
      this.#client = null
      setTimeout(() => void this.start(), 500).unref()
    }
    this.#client = client
    client.on('error', again)
    client.on('end', again)
    client.on('notification', (note) => note.payload && this.#hear(JSON.parse(note.payload) as Heard))
    try {
      await client.connect()
      await client.query('set role infotech_app')
      await client.query('listen live')
      // Whatever happened while nobody listened: every screen asks again, and a session that was ended meanwhile is found out.
      for (const listener of this.#listeners) {
        this.#write(listener, 'event: again\ndata: {}\n\n')
        void this.#verify(listener)
      }
    } catch {
      again()
    }
  }

  add(actor: Actor, stream: Writable, askAgain: AskAgain): boolean {
    if (this.#listeners.size >= MAX_LISTENERS) return false
    const listener = { actor, stream, askAgain, isAsked: false }
    this.#listeners.add(listener)
    stream.on('close', () => this.#listeners.delete(listener))
    return true
  }

  get size(): number {
    return this.#listeners.size
  }

  #hear({ tenantId, kind, id, ...row }: Heard): void {
    const line = `data: ${JSON.stringify({ kind, id })}\n\n`
    for (const listener of this.#listeners) {
      const { actor, stream } = listener
      if (actor.tenantId !== tenantId) continue
      if (hears(actor, kind, row)) this.#write(listener, line)
      if (kind === 'session' && actor.sessionId === id) stream.end()
    }
  }

  #beat(): void {
    const now = this.#now()
    for (const listener of this.#listeners) {
      this.#write(listener, ': \n\n')
      const { goodUntil } = listener.actor
      if (goodUntil !== null && goodUntil <= now) void this.#verify(listener)
    }
  }

  /** The session may have been used meanwhile, by the clicks of whoever sits there; else it ends here as it ends everywhere. */
  async #verify(listener: Listener): Promise<void> {
    if (listener.isAsked) return
    listener.isAsked = true
    try {
      listener.actor = await listener.askAgain()
    } catch {
      // A browser whose session is good comes back by itself.
      listener.stream.end()
    }
    listener.isAsked = false
  }

  #write({ stream }: Listener, text: string): void {
    if (stream.writableLength > MAX_UNREAD_BYTES) stream.destroy()
    else if (!stream.writableEnded) stream.write(text)
  }

  async stop(): Promise<void> {
    this.#closed = true
    clearInterval(this.#heartbeat)
    for (const { stream } of this.#listeners) stream.end()
    const client = this.#client
    this.#client = null
    await client?.end().catch(() => {})
  }
}

function hears(actor: Actor, kind: LiveKind, row: Seen): boolean {
  if (kind === 'session') return actor.id === row.responsibleId
  const rule = rules[kind]
  if (rule === undefined || !may(actor, rule.reads)) return false
  return sees(rule.all ? seer(actor, rule.all) : { id: actor.id, outletId: actor.outletId, seesAll: true, seesUnled: true }, row)
}
