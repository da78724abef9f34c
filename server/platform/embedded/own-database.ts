import pg from 'pg'
import { scramVerifier } from '../db/scram.ts'
import type { DatabaseConnection } from '../config/runtime.ts'

export const OWNER_ROLE = 'infotech_owner'

/**
 * In a cluster of our own: a role that owns the database and may make roles, but is no superuser, and the database.
 * @param superuser as `startPostgres` gives it.
 * @returns how to connect as the owner.
 */
export async function ensureDatabase(superuser: DatabaseConnection, database: string, ownerPassword: string): Promise<DatabaseConnection> {
  const client = new pg.Client(superuser)
  await client.connect()
  try {
    const { rowCount: isRole } = await client.query('select from pg_roles where rolname = $1', [OWNER_ROLE])
    await client.query(`${isRole ? 'alter' : 'create'} role ${OWNER_ROLE} login createrole password ${pg.escapeLiteral(scramVerifier(ownerPassword))}`)
    const { rowCount: isThere } = await client.query('select from pg_database where datname = $1', [database])
    if (!isThere) await client.query(`create database ${pg.escapeIdentifier(database)} owner ${OWNER_ROLE}`)
  } finally {
    await client.end()
  }
  return { ...superuser, database, user: OWNER_ROLE, password: ownerPassword }
}
