/** Both databases from nothing, or from an older shape, to ready: schema, job queue, roles. The launcher, the tests and `npm run db` do it with the same function. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'
import { repositoryFolder } from '../config/repository.ts'
import { migrate, type LoginRole } from './migrate.ts'

export const migrationFolders = { main: path.join(repositoryFolder, 'db/migrations'), keys: path.join(repositoryFolder, 'db/keystore') }
export const afterMigrateFile: string = path.join(repositoryFolder, 'db/after-migrate.sql')

export type RolePasswords = Record<LoginRole, string>
export type Prepared = { main: string[]; keys: string[] }

/**
 * @param owners as the owner of each database, who may make roles.
 * @returns which migrations were run.
 * @throws Error with a sentence, see `migrate`.
 */
export async function prepareDatabases(owners: { main: pg.ClientConfig; keys: pg.ClientConfig }, passwords: RolePasswords, pendingAllowed: boolean): Promise<Prepared> {
  const { infotech_keys, ...forMain } = passwords
  const main = await migrate(owners.main, { folder: migrationFolders.main, passwords: forMain, pendingAllowed })
  await prepareJobs(owners.main)
  const keys = await migrate(owners.keys, { folder: migrationFolders.keys, passwords: { infotech_keys }, pendingAllowed })
  return { main, keys }
}

/** The queue brings its own migrations; the owner runs them, so the worker needs no right to change tables. */
async function prepareJobs(owner: pg.ClientConfig): Promise<void> {
  const pool = new pg.Pool({ ...owner, max: 2 })
  // The queue's runner complains of a pool without a listener; a lost connection fails the query that follows anyway.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await runMigrations({ pgPool: pool, logger: new Logger(() => () => {}) })
    await pool.query(readFileSync(afterMigrateFile, 'utf8'))
  } finally {
    await pool.end()
  }
}
