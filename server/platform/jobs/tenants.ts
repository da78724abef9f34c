import type pg from 'pg'

/** Every tenant's id. Only the worker may ask: its login may become infotech_sealer, who walks over all of them. */
export async function listTenants(pool: pg.Pool): Promise<string[]> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('set local role infotech_sealer')
    const { rows } = await client.query<{ tenant_id: string }>('select tenant_id from tenants order by tenant_id')
    await client.query('commit')
    return rows.map((row) => row.tenant_id)
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}
