import type pg from 'pg'
import { asRole } from './as-role.ts'

/** Every tenant's id. Only the worker may ask: its login may become infotech_sealer, who walks over all of them. */
export async function listTenants(pool: pg.Pool): Promise<string[]> {
  const { rows } = await asRole(pool, 'infotech_sealer', (client) => client.query<{ tenant_id: string }>('select tenant_id from tenants order by tenant_id'))
  return rows.map((row) => row.tenant_id)
}
