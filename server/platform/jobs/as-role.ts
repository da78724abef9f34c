import type pg from 'pg'

/** One transaction of the worker's login as one of the roles that it may become. */
export async function asRole<T>(pool: pg.Pool, role: 'infotech_app' | 'infotech_sealer', run: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query(`begin; set local role ${role}`)
    const result = await run(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}
