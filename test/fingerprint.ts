import type pg from 'pg'

/** Written beside the acts, or when somebody signs in: what is left tells what the acts have done. */
const unfollowed = ['log_events', 'log_leaves', 'log_tiles', 'log_heads', 'log_event_persons', 'sessions', 'accounts', 'idempotency_keys']

const tablesSql = `
  select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all ($1)
    and (not $2 or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')) order by 1`

/** Changes when any row of a company does (of all of them, without a tenant), the log and sign-ins aside; a line for each table. */
export async function fingerprint(owner: pg.Pool, { tenantId, except = [] }: { tenantId?: string; except?: readonly string[] } = {}): Promise<string> {
  const { rows: tables } = await owner.query<{ name: string }>(tablesSql, [[...unfollowed, ...except], tenantId !== undefined])
  const each = tables.map(({ name }) => {
    const whose = tenantId === undefined ? '' : 'where tenant_id = $1'
    return `select '${name}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from ${name} t ${whose}`
  })
  const { rows } = await owner.query<{ name: string; hash: string }>(each.join(' union all '), tenantId === undefined ? [] : [tenantId])
  return rows
    .map(({ name, hash }) => `${name} ${hash}`)
    .toSorted()
    .join('\n')
}
