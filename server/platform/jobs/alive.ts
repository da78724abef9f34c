import pg from 'pg'

/** A lock younger than this may belong to a runner that has not said yet that it lives. */
const GRACE = '3 seconds'
const RECONNECT_MS = 250

/**
 * Says to everyone that this runner lives: a session advisory lock under its name on a connection of its own, which the database drops
 * with the process, however it ends. A lost connection is opened again.
 */
export function sayAlive(config: pg.ClientConfig, runnerId: string): { stop: () => Promise<void> } {
  let client: pg.Client | null = null
  let stopped = false
  const open = async (): Promise<void> => {
    if (stopped) return
    const own = new pg.Client(config)
    client = own
    const again = (): void => {
      if (client !== own || stopped) return
      client = null
      setTimeout(() => void open(), RECONNECT_MS).unref()
    }
    own.on('error', again)
    own.on('end', again)
    await own
      .connect()
      .then(() => own.query('select pg_advisory_lock(hashtextextended($1, 0))', [runnerId]))
      .catch(again)
  }
  void open()
  return {
    stop: async () => {
      stopped = true
      await client?.end().catch(() => {})
    },
  }
}

/**
 * Gives back the jobs of runners that are dead: those whose advisory lock is free. Returns their names.
 * The queue itself would wait four hours for them.
 */
export async function freeTheDead(pool: pg.Pool): Promise<string[]> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ name: string }>(`
      select name from (
        select distinct locked_by as name from graphile_worker._private_jobs where locked_by is not null and locked_at < now() - interval '${GRACE}'
        union select locked_by from graphile_worker._private_job_queues where locked_by is not null and locked_at < now() - interval '${GRACE}') holders`)
    const dead: string[] = []
    for (const { name } of rows) {
      const {
        rows: [lock],
      } = await client.query<{ isFree: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as "isFree"', [name])
      if (!lock?.isFree) continue
      await client.query('select graphile_worker.force_unlock_workers(array[$1::text])', [name])
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
      dead.push(name)
    }
    return dead
  } finally {
    client.release()
  }
}
