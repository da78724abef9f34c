import type { ServerResponse } from 'node:http'
import pg from 'pg'
import type { LiveKind } from '../../contract/live.ts'
import { sees } from '../vault/index.ts'
import { seer, type Actor } from './actor.ts'
import type { LiveChange } from './ctx.ts'

type Heard = LiveChange & { tenantId: string }
type Listener = { actor: Actor; stream: ServerResponse }
const MAX_LISTENERS = 5_000
const HEARTBEAT_MS = 20_000

/** Which "sees all" right decides for a kind of row; the same predicate as lists use. */
const allOf: Record<LiveKind, Parameters<typeof seer>[1]> = {
  lead: 'lead.read_all',
  message: 'lead.read_all',
  lead_file: 'lead.read_all',
  deal: 'deal.read_all',
  person: 'person.read_all',
  test_drive: 'person.read_all',
  task: 'person.read_all',
  session: 'person.read_all',
  request: 'person.read_all',
  stock: 'person.read_all',
  network_lead: 'lead.read_all',
  mailing: 'person.read_all',
}

/** One LISTEN connection of this process hands what committed elsewhere to the screens that may see it: kind and id, nothing more. */
export class LiveHub {
  readonly #listeners = new Set<Listener>()
  readonly #config: pg.PoolConfig
  #client: pg.Client | null = null
  #closed = false
  readonly #heartbeat: NodeJS.Timeout

  constructor(config: pg.PoolConfig) {
    this.#config = config
    this.#heartbeat = setInterval(() => this.#all(': \n\n'), HEARTBEAT_MS)
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
      // Whatever happened while nobody listened: every screen asks again.
      this.#all('event: again\ndata: {}\n\n')
    } catch {
      again()
    }
  }

  add(actor: Actor, stream: ServerResponse): boolean {
    if (this.#listeners.size >= MAX_LISTENERS) return false
    const listener = { actor, stream }
    this.#listeners.add(listener)
    stream.on('close', () => this.#listeners.delete(listener))
    return true
  }

  get size(): number {
    return this.#listeners.size
  }

  #hear({ tenantId, kind, id, outletId, responsibleId }: Heard): void {
    const line = `data: ${JSON.stringify({ kind, id })}\n\n`
    for (const { actor, stream } of this.#listeners) {
      if (actor.tenantId !== tenantId) continue
      if (kind === 'session' ? actor.id === responsibleId : sees(seer(actor, allOf[kind]), { outletId, responsibleId })) stream.write(line)
      if (kind === 'session' && actor.sessionId === id) stream.end()
    }
  }

  #all(text: string): void {
    for (const { stream } of this.#listeners) stream.write(text)
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
