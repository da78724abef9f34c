/** How the floor asks its database: named statements on the pool or on one connection, and payloads that are clear JSON. */
import type pg from 'pg'
import type { Statement } from '../server/platform/db/session.ts'

export type Row = Record<string, unknown>
export type Body = Record<string, unknown>
export type Run = <R = Row>(statement: Statement<R>, values: unknown[]) => Promise<R[]>
export type Answer = (path: string[], body: Body, idempotencyKey: string) => Promise<unknown>

/** `$1` of every statement is the tenant. */
export const runOn =
  (client: pg.Pool | pg.PoolClient, tenantId: string): Run =>
  async (statement, values) =>
    (await client.query({ name: statement.name, text: statement.text, values: [tenantId, ...values] })).rows

export const clear = (row: Row): Row => ({ ...row, payload: JSON.parse((row.payload as Buffer).toString('utf8')) as unknown })
export const bytesOf = (facts: unknown): Buffer => Buffer.from(JSON.stringify(facts))

export async function inTransaction<T>(pool: pg.Pool, tenantId: string, act: (run: Run) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const result = await act(runOn(client, tenantId))
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw error
  }
}
