/** Looks at a PostgreSQL that somebody named by URL before anything is done with it, and says what is wrong in a sentence that names the setting. */
import pg from 'pg'
import type { DatabaseConnection } from '../config/runtime.ts'

export type Finding = { mistake: string } | { system: string }

const OLDEST = 15
const ANSWER_MS = 10_000

/** @returns the identity of the cluster, which two stores must not share, or a sentence. */
export async function examineServer(setting: string, connection: DatabaseConnection): Promise<Finding> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: ANSWER_MS })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<Facts>(factsText)
    const facts = rows[0]
    const mistake = facts ? objectionTo(facts, connection) : 'the server does not say who it is'
    return mistake === undefined ? { system: facts?.system ?? '' } : { mistake: `${setting}: ${mistake}.` }
  } catch (error) {
    return { mistake: `${setting}: ${reasonOf(error, connection)}.` }
  } finally {
    await client.end().catch(() => {})
  }
}

type Facts = { version: number; system: string; mayMakeRoles: boolean; isOwner: boolean }
const factsText = `select current_setting('server_version_num')::int / 10000 as version, (select system_identifier::text from pg_control_system()) as system,
  (select r.rolcreaterole or r.rolsuper from pg_roles r where r.rolname = current_user) as "mayMakeRoles",
  pg_has_role((select d.datdba from pg_database d where d.datname = current_database()), 'usage') as "isOwner"`

function objectionTo({ version, mayMakeRoles, isOwner }: Facts, { user, database }: DatabaseConnection): string | undefined {
  if (version < OLDEST) return `the server is PostgreSQL ${version}, and ${OLDEST} is the oldest that will do`
  if (!mayMakeRoles) return `${user} may not make roles. As an administrator of that server: alter role ${pg.escapeIdentifier(user)} createrole`
  if (!isOwner)
    return `${user} does not own the database ${database}. As an administrator of that server: alter database ${pg.escapeIdentifier(database)} owner to ${pg.escapeIdentifier(user)}`
  return undefined
}

function reasonOf(error: unknown, { host, port, user, database }: DatabaseConnection): string {
  const { code = '', message } = error as { code?: string; message: string }
  const where = `${host}:${port}`
  if (code === '28P01' || code === '28000') return `the server at ${where} does not let ${user} in: check name and password`
  if (code === '3D000') return `there is no database ${database} on the server at ${where}: make it first`
  if (['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'].includes(code) || /timeout/i.test(message))
    return `nobody answers at ${where}: check the address, and that the server runs`
  if (['ENOTFOUND', 'EAI_AGAIN'].includes(code)) return `the name ${host} is not known here`
  if (/does not support SSL/i.test(message)) return `the server at ${where} speaks no TLS: set it up there, or add ?sslmode=disable where the way to it is safe`
  if (/certificate|self[- ]signed/i.test(message) || code.startsWith('CERT_') || code.includes('_CERT'))
    return `the certificate of ${where} is not trusted here: name its authority by NODE_EXTRA_CA_CERTS, or add ?sslmode=require`
  return `the server at ${where} cannot be used (${code || 'no code'}): ${message}`
}
