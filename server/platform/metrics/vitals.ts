import type pg from 'pg'

export type Vitals = { jobsWaiting: number; oldestJobSeconds: number; jobsFailed: number; workers: number; unsealedSeconds: number }
type Row = { jobs_waiting: number; oldest_job_seconds: number; jobs_failed: number; workers: number; unsealed_seconds: number }

const KEPT_MS = 1_000

/** Asks the database how queue, worker and log are; at most once a second however often one asks. Null when it does not answer. */
export function watchVitals(pool: pg.Pool): () => Promise<Vitals | null> {
  let kept: { at: number; vitals: Promise<Vitals | null> } | undefined
  return () => {
    if (!kept || Date.now() - kept.at > KEPT_MS) kept = { at: Date.now(), vitals: read(pool).catch(() => null) }
    return kept.vitals
  }
}

async function read(pool: pg.Pool): Promise<Vitals | null> {
  const client = await pool.connect()
  const sent = [
    client.query('begin read only; set local role infotech_app'),
    client.query<Row>({ name: 'vitals', text: 'select * from vitals()' }),
    client.query('commit'),
  ] as const
  const [, answer] = await Promise.allSettled(sent)
  client.release(answer.status === 'rejected')
  const row = answer.status === 'fulfilled' ? answer.value.rows[0] : undefined
  return row
    ? {
        jobsWaiting: row.jobs_waiting,
        oldestJobSeconds: row.oldest_job_seconds,
        jobsFailed: row.jobs_failed,
        workers: row.workers,
        unsealedSeconds: row.unsealed_seconds,
      }
    : null
}
