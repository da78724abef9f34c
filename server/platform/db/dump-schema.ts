/** The schema as text, from the catalogue and in a steady order: what one reads to know the database, and what a test compares with the migrations. */
import type pg from 'pg'

const OWN = "c.relnamespace = 'public'::regnamespace and c.relname <> 'migrations'"
const HEADER = '-- The result of the migrations, written by `npm run db`. Do not edit: change it with a new migration.\n'

const TABLES = `
  select c.oid, c.relname as name, c.relrowsecurity as secured, c.relforcerowsecurity as forced, pg_get_partkeydef(c.oid) as partition_key,
    (select inhparent::regclass::text from pg_inherits where inhrelid = c.oid) as parent, pg_get_expr(c.relpartbound, c.oid) as bound
  from pg_class c where c.relkind in ('r', 'p') and ${OWN} order by c.relname`
const COLUMNS = `
  select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required, a.attidentity as identity, a.attgenerated as generated,
    pg_get_expr(d.adbin, d.adrelid) as fallback
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`
const CONSTRAINTS = `
  select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = $1 and contype in ('p', 'u', 'f', 'c', 'x') and conparentid = 0
  order by array_position(array['p', 'u', 'x', 'c', 'f'], contype::text), conname`
const INDEXES = `
  select pg_get_indexdef(i.indexrelid) as definition from pg_index i join pg_class c on c.oid = i.indexrelid
  where i.indrelid = $1 and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')) and not c.relispartition order by c.relname`
const TRIGGERS = 'select pg_get_triggerdef(oid) as definition from pg_trigger where tgrelid = $1 and not tgisinternal order by tgname'
const POLICIES = `
  select polname as name, polpermissive as permissive, polcmd as command, pg_get_expr(polqual, polrelid) as using, pg_get_expr(polwithcheck, polrelid) as checks,
    (select string_agg(case r when 0 then 'public' else pg_get_userbyid(r) end, ', ' order by pg_get_userbyid(r)) from unnest(polroles) r) as roles
  from pg_policy where polrelid = $1 order by polname`
const GRANTS = `
  select pg_get_userbyid(g.grantee) as role, string_agg(lower(g.privilege_type), ', ' order by g.privilege_type) as rights, '' as columns
  from pg_class c, aclexplode(c.relacl) g where c.oid = $1 and g.grantee <> c.relowner group by 1
  union all
  select role, privilege, string_agg(attname, ', ' order by attnum) from (
    select pg_get_userbyid(g.grantee) as role, lower(g.privilege_type) as privilege, a.attname, a.attnum
    from pg_attribute a, aclexplode(a.attacl) g where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped) each group by role, privilege
  order by 1, 2, 3`
const FUNCTIONS = `
  select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) as definition,
    (select string_agg(case g.grantee when 0 then 'public' else pg_get_userbyid(g.grantee) end, ', ' order by 1)
      from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee <> p.proowner) as roles
  from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by 1`
const VIEWS = `select c.oid, c.relname as name, c.relkind = 'm' as stored, pg_get_viewdef(c.oid) as definition from pg_class c where c.relkind in ('v', 'm') and ${OWN} order by c.relname`

const commands: Record<string, string> = { r: 'select', a: 'insert', w: 'update', d: 'delete', '*': 'all' }

type Table = { oid: number; name: string; secured: boolean; forced: boolean; partition_key: string | null; parent: string | null; bound: string | null }
type Column = { name: string; type: string; required: boolean; identity: string; generated: string; fallback: string | null }
type Policy = { name: string; permissive: boolean; command: string; using: string | null; checks: string | null; roles: string }

/**
 * @param client connected to a migrated database, as its owner.
 * @returns SQL that shows every table, constraint, index, policy, grant, view and function of schema public.
 */
export async function dumpSchema(client: pg.ClientBase): Promise<string> {
  // Expressions are printed with schema names or without, depending on this.
  await client.query('set search_path = public')
  const { rows: tables } = await client.query<Table>(TABLES)
  const parts: string[] = [HEADER]
  for (const table of tables) parts.push(await dumpTable(client, table))
  const { rows: views } = await client.query<{ oid: number; name: string; stored: boolean; definition: string }>(VIEWS)
  for (const { oid, name, stored, definition } of views) {
    const grants = await dumpGrants(client, oid, name)
    parts.push([`create ${stored ? 'materialized view' : 'view'} ${name} as\n${definition}`, ...grants, ''].join('\n'))
  }
  const { rows: functions } = await client.query<{ name: string; definition: string; roles: string | null }>(FUNCTIONS)
  for (const { name, definition, roles } of functions) parts.push(`${definition.trim()};\n${roles ? `grant execute on function ${name} to ${roles};\n` : ''}`)
  return parts.join('\n')
}

async function dumpTable(client: pg.ClientBase, table: Table): Promise<string> {
  const texts = async (sql: string) => (await client.query<{ definition: string }>(sql, [table.oid])).rows.map(({ definition }) => `${definition};`)
  const lines = [await createTable(client, table), ...(await texts(INDEXES)), ...(await texts(TRIGGERS))]
  if (table.secured) lines.push(`alter table ${table.name} enable row level security;`)
  if (table.forced) lines.push(`alter table ${table.name} force row level security;`)
  const { rows: policies } = await client.query<Policy>(POLICIES, [table.oid])
  lines.push(...policies.map((policy) => policyText(table.name, policy)), ...(await dumpGrants(client, table.oid, table.name)), '')
  return lines.join('\n')
}

async function createTable(client: pg.ClientBase, { oid, name, partition_key, parent, bound }: Table): Promise<string> {
  if (parent) return `create table ${name} partition of ${parent} ${bound};`
  const { rows: columns } = await client.query<Column>(COLUMNS, [oid])
  const { rows: constraints } = await client.query<{ name: string; definition: string }>(CONSTRAINTS, [oid])
  const body = [...columns.map(columnText), ...constraints.map((each) => `constraint ${each.name} ${each.definition}`)]
  return `create table ${name} (\n  ${body.join(',\n  ')}\n)${partition_key ? ` partition by ${partition_key}` : ''};`
}

function columnText({ name, type, required, identity, generated, fallback }: Column): string {
  const parts = [name, type]
  if (identity) parts.push(`generated ${identity === 'a' ? 'always' : 'by default'} as identity`)
  else if (generated) parts.push(`generated always as (${fallback})${generated === 's' ? ' stored' : ''}`)
  else if (fallback) parts.push(`default ${fallback}`)
  if (required) parts.push('not null')
  return parts.join(' ')
}

function policyText(table: string, { name, permissive, command, using, checks, roles }: Policy): string {
  const parts = [`create policy ${name} on ${table}`]
  if (!permissive) parts.push('as restrictive')
  parts.push(`for ${commands[command] ?? command} to ${roles}`)
  if (using) parts.push(`using (${using})`)
  if (checks) parts.push(`with check (${checks})`)
  return `${parts.join(' ')};`
}

async function dumpGrants(client: pg.ClientBase, oid: number, name: string): Promise<string[]> {
  const { rows } = await client.query<{ role: string; rights: string; columns: string }>(GRANTS, [oid])
  return rows.map(({ role, rights, columns }) => `grant ${rights}${columns ? ` (${columns})` : ''} on ${name} to ${role};`)
}
