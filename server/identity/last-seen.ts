import type pg from 'pg'

const EVERY_MS = 60_000
const statements = {
  session: { name: 'seen_session', text: 'update sessions set last_seen_at = greatest(last_seen_at, $3) where tenant_id = $1 and id = $2 and revoked_at is null' },
  portal: { name: 'seen_portal', text: 'update portal_sessions set last_seen_at = greatest(last_seen_at, $3) where tenant_id = $1 and id = $2 and ended_at is null' },
  key: { name: 'seen_key', text: 'update integration_keys set last_used_at = greatest(last_used_at, $3) where tenant_id = $1 and id = $2 and revoked_at is null' },
} as const

/**
 * Writes down when a session or a key was used last: at most once a minute each, beside the act and never in its transaction, so that
 * a GET stays read only and an act waits for nobody's row. What cannot be written is written by the next click.
 */
export class LastSeen {
  readonly #pool: pg.Pool
  readonly #writing = new Map<string, Promise<void>>()
  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  note(kind: keyof typeof statements, tenantId: string, id: string, last: Date | null, now: Date): void {
    if (last !== null && now.getTime() - last.getTime() < EVERY_MS) return
    if (this.#writing.has(id)) return
    const done = this.#write(kind, tenantId, id, now)
      .catch(() => {})
      .finally(() => this.#writing.delete(id))
    this.#writing.set(id, done)
  }

  /** Before the pool closes: what is on its way arrives. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing.values())
  }

  async #write(kind: keyof typeof statements, tenantId: string, id: string, now: Date): Promise<void> {
    const client = await this.#pool.connect()
    try {
      // The tenant was checked to be a uuid before anyone was looked up in it.
      await Promise.all([
        client.query(`begin; set local role infotech_app; set local app.tenant = '${tenantId}'`),
        client.query({ ...statements[kind], values: [tenantId, id, now] }),
        client.query('commit'),
      ])
      client.release()
    } catch (error) {
      client.release(true)
      throw error
    }
  }
}
