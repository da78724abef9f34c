import type pg from 'pg'
import { isUuid } from '../platform/ids.ts'
import { VaultRefusal } from './refusal.ts'

/** A statement prepared by name; `$1` is always the tenant. */
export type Look = { name: string; text: string; values: readonly unknown[] }
export type Row = Record<string, unknown>

const begin = (tenantId: string, mode: '' | ' read only'): string => {
  // SET takes no parameters, so the tenant is written into the text: only ever a checked uuid.
  if (!isUuid(tenantId)) throw new VaultRefusal('not_found')
  return `begin${mode}; set local role infotech_vault; set local app.tenant = '${tenantId}'`
}

/**
 * Reads in one round trip: role, tenant, all statements and the end of the transaction are sent together.
 * @returns the rows of each statement, in order.
 */
export async function look(pool: pg.Pool, tenantId: string, looks: readonly Look[]): Promise<Row[][]> {
  const opening = begin(tenantId, ' read only')
  const client = await pool.connect()
  const sent = [client.query(opening), ...looks.map(({ name, text, values }) => client.query({ name, text, values: [tenantId, ...values] })), client.query('commit')]
  const answers = await Promise.allSettled(sent)
  const failed = answers.find((answer) => answer.status === 'rejected')
  // A connection on which anything failed is not trusted with another tenant.
  client.release(failed !== undefined)
  if (failed) throw failed.reason
  return answers.slice(1, -1).map((answer) => (answer.status === 'fulfilled' ? (answer.value.rows as Row[]) : []))
}

/** A transaction as the vault's role inside one tenant. */
export async function withTenant<T>(pool: pg.Pool, tenantId: string, run: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const opening = begin(tenantId, '')
  const client = await pool.connect()
  try {
    await client.query(opening)
    const result = await run(client)
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw error
  }
}
