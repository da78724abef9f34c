import type { Writable } from 'node:stream'
import pg from 'pg'

// int8 as number: our counts and numbers stay far below 2^53. Dates without zones stay text.
pg.types.setTypeParser(20, Number)
pg.types.setTypeParser(1082, (value) => value)
// Lists of uuids have no quotes: the driver's own reader, which allows for them, takes ten times as long.
const UUIDS = 2951 as Parameters<typeof pg.types.setTypeParser>[0]
const readUuids = pg.types.getTypeParser(UUIDS) as (value: string) => string[]
pg.types.setTypeParser(UUIDS, (value) => (value === '{}' ? [] : value.includes('NULL') || value.includes('{', 1) ? readUuids(value) : value.slice(1, -1).split(',')))

/**
 * A pool whose connections pipeline: statements that do not wait for each other share a round trip.
 * Statement time is limited to 15 s, idle transactions to 30 s, so that a stuck caller cannot hold a lock for ever.
 * @param plans `generic`: every prepared statement is planned once per connection, for callers whose statements all go by an index of the tenant;
 * planning these anew for each list of ids costs more than running them.
 */
export function openPool(config: pg.PoolConfig, size: number, plans: 'auto' | 'generic' = 'auto'): pg.Pool {
  const pool = new pg.Pool({
    ...config,
    max: size,
    pipeline: true,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    options: '-c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000 -c timezone=UTC' + (plans === 'generic' ? ' -c plan_cache_mode=force_generic_plan' : ''),
  } as pg.PoolConfig)
  // Without a listener an idle connection that breaks would end the process; the next query opens a new one.
  pool.on('error', () => {})
  // The same for one that is being closed and no longer belongs to the pool.
  pool.on('connect', (client) => {
    client.on('error', () => {})
    gatherWrites(client)
  })
  return pool
}

/** Of connections whose transaction only read and is not ended yet: what ends it. */
const ends = new WeakMap<pg.PoolClient, () => void>()

/**
 * Ends a transaction that only read. Nobody has to wait for that: the `commit` leaves with the first statement of whoever takes the connection next, and by
 * itself when nobody does in this turn of the loop.
 */
export function endLater(client: pg.PoolClient): void {
  const end = (): void => {
    if (!ends.delete(client)) return
    // A connection that breaks here is noticed by its pool, and by whoever asks next.
    void client.query('commit').catch(() => {})
  }
  ends.set(client, end)
  setImmediate(end)
}

/** Statements that are asked for in one turn leave in one packet: the system call costs more than the statement's own bytes. */
function gatherWrites(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  const query = client.query.bind(client) as (...asked: unknown[]) => unknown
  let isGathering = false
  client.query = ((...asked: unknown[]) => {
    ends.get(client)?.()
    if (!isGathering) {
      isGathering = true
      stream.cork()
      process.nextTick(() => {
        isGathering = false
        stream.uncork()
      })
    }
    return query(...asked)
  }) as typeof client.query
}
