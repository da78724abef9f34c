import type pg from 'pg'
import { asRole } from './as-role.ts'

/** A job of the same key is replaced, not doubled; while a worker is taking that one, the new one waits for it and is a further job. */
export type NewJob = { task: string; payload: Record<string, unknown>; key: string }

/** Adds many jobs in one statement, all or none; for who is no act, which has `ctx.emit`. */
export async function addJobs(pool: pg.Pool, jobs: readonly NewJob[]): Promise<void> {
  await asRole(pool, 'infotech_app', (client) => client.query('select jobs_add_all($1::json)', [JSON.stringify(jobs)]))
}
