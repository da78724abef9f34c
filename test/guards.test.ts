import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { destruction as en } from '../i18n/en/destruction.ts'
import { destructionAct } from '../i18n/ru/destruction-act.ts'
import { destruction as ru } from '../i18n/ru/destruction.ts'
import { changedByDestruction } from '../server/kernel/index.ts'
import { allByHash, allPersonalData } from '../server/personal-data.ts'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import { freshDatabase, testPool, type FreshDatabase } from './database.ts'

let database: FreshDatabase
let owner: pg.Pool
let web: pg.Pool
before(async () => {
  database = await freshDatabase({ after: () => {} })
  owner = testPool(database.owner, 2)
  web = testPool(database.web, 2)
})
after(async () => {
  await Promise.all([owner.end(), web.end()])
  await database.drop()
})

const namesOf = async (sql: string): Promise<string[]> => (await owner.query<{ name: string }>(sql)).rows.map(({ name }) => name)
const own = `c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`
/** Attribute number of the tenant in each tenant table. */
const tenantTable = `with tenant_table as (select a.attrelid as oid, a.attnum from pg_attribute a join pg_class c on c.oid = a.attrelid where ${own} and a.attname = 'tenant_id')`
/** Global tables that lead accounts and addresses of sites to tenants: read before anybody knows the tenant, ids and words of addresses only. */
const beforeTheTenant = `('account_tenants', 'site_slugs')`

/** Runs as an act does, and rolls back. */
async function asApp<T>(run: (client: pg.PoolClient) => Promise<T>, tenantId = '00000000-0000-4000-8000-000000000001', mode = ''): Promise<T> {
  const client = await web.connect()
  try {
    await client.query(`begin ${mode}; set local role infotech_app; set local app.tenant = '${tenantId}'`)
    return await run(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}
const denied = (client: pg.PoolClient, sql: string): Promise<void> => assert.rejects(client.query(sql), { code: '42501' }, sql)

test('every table of a tenant has row security, and a policy that reads the setting without asking other tables', async () => {
  assert.deepEqual(
    await namesOf(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' where ${own} and not c.relrowsecurity and c.relname not in ${beforeTheTenant}`,
    ),
    [],
  )
  assert.deepEqual(
    await namesOf(`select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' where ${own} and c.relname not in ${beforeTheTenant}
    and not exists (select from pg_policy p where p.polrelid = c.oid and p.polroles = '{0}' and pg_get_expr(p.polqual, p.polrelid) like '%tenant_id = (NULLIF(current_setting(''app.tenant''::text, true)%')`),
    [],
  )
  assert.deepEqual(
    await namesOf(
      `select c.relname || '.' || p.polname as name from pg_policy p join pg_class c on c.oid = p.polrelid where ${own} and coalesce(pg_get_expr(p.polqual, p.polrelid), '') || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') ~* '\\mselect\\M'`,
    ),
    [],
  )
})

test('the tenant leads every key and every index of its tables, so that a tenant can live on a shard of its own', async () => {
  // But for the index that a key to a global table needs.
  assert.deepEqual(
    await namesOf(
      `${tenantTable} select i.indexrelid::regclass::text as name from pg_index i join tenant_table t on t.oid = i.indrelid where i.indkey[0] <> t.attnum and not exists (select from pg_constraint k where k.contype = 'f' and k.conrelid = i.indrelid and k.conkey = array[i.indkey[0]] and k.confrelid not in (select oid from tenant_table)) and i.indrelid::regclass::text not in ${beforeTheTenant}`,
    ),
    [],
  )
  assert.deepEqual(
    await namesOf(`${tenantTable} select k.conname as name from pg_constraint k join tenant_table mine on mine.oid = k.conrelid join tenant_table theirs on theirs.oid = k.confrelid
    where k.contype = 'f' and not (k.conkey[1] = mine.attnum and k.confkey[1] = theirs.attnum) and k.conrelid::regclass::text not in ${beforeTheTenant}`),
    [],
  )
})

test('every foreign key has an index, so that nothing is deleted by reading a whole table', async () => {
  // The reference to tenants itself is served by every index of the table.
  assert.deepEqual(
    await namesOf(`select k.conrelid::regclass || ' ' || k.conname as name from pg_constraint k join pg_class c on c.oid = k.conrelid where k.contype = 'f' and ${own} and k.confrelid <> all (array['models'::regclass, 'brands'::regclass])
    and not exists (select from pg_index i where i.indrelid = k.conrelid and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey and (i.indpred is null))`),
    [],
  )
})

const destruction = readFileSync(path.join(repositoryFolder, 'server/people/destruction/destroy-people.ts'), 'utf8')
const endings = { c: 'deleted', n: 'unlinked', r: 'ends_first' } as const

test('whatever refers to a person is declared by its module, and ends as declared when the person is destroyed', async () => {
  const { rows } = await owner.query<{ table: string; deletion: keyof typeof endings | null }>(`
    select c.relname as table, (select k.confdeltype from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = 'persons'::regclass and a.attnum = any(k.conkey)) as deletion
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname in ('person_id', 'person_ids') where ${own} order by 1`)
  assert.deepEqual(
    allPersonalData.map(({ table }) => table).sort(),
    rows.map(({ table }) => table),
  )
  for (const { table, deletion } of rows) {
    const declared = allPersonalData.find((each) => each.table === table)?.atTheEnd
    // Without a key to persons the act of destruction has to say it.
    if (deletion === null && declared === 'deleted') assert.ok(destruction.includes(`delete from ${table} `), table)
    else assert.equal(declared, deletion === null ? 'kept' : endings[deletion], table)
  }
})

test('whatever destruction changes has a name on the screen and in the act, which says what stayed without the person', () => {
  for (const { table, atTheEnd, emptied } of changedByDestruction(allPersonalData)) {
    const names: (string | undefined)[] = [ru, en].map(({ tables }) => (tables as Record<string, string>)[table])
    const inAct = (destructionAct.countNames as Record<string, string>)[table]
    assert.ok(
      [...names, inAct].every((name) => name !== undefined && name.length > 3),
      table,
    )
    assert.equal(inAct?.endsWith('(остались без человека)'), atTheEnd === 'unlinked', table)
    assert.ok(emptied === undefined || atTheEnd === 'unlinked', `${table}: what goes has nothing to empty`)
  }
})

/** Names of columns that know somebody without naming them. */
const byHash = `a.attname ~ '(^|_)(tokens?|hash(es)?|account_id|visitor_id|address_key)$'`
/** Of programs, of the log's own tree, of the migrations' files. */
const ofNobody = `('integration_keys', 'lead_sources', 'log_tiles', 'migrations')`

test('whatever knows people by a hash, a token or an account is declared with why and for how long', async () => {
  const found = await namesOf(
    `select distinct c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 where ${own} and ${byHash} and c.relname not in ${ofNobody} order by 1`,
  )
  const byPerson = new Set(allPersonalData.map(({ table }) => table))
  assert.deepEqual(
    allByHash.map(({ table }) => table).sort(),
    found.filter((table) => !byPerson.has(table)),
  )
  for (const { table, purposes, what, until } of allByHash) assert.ok(purposes.length > 0 && [what.ru, what.en, until.ru, until.en].every((words) => words.length > 3), table)
})

test('every column that lies open is justified on the list, or closed to a list of words', async () => {
  const list = readFileSync(path.join(repositoryFolder, 'db/plaintext-columns.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  const justified = list.map((line) => /^(\w+\.\w+) {2,}\S.{5,}$/.exec(line)?.[1] ?? `not a line of the list: ${line}`)
  const open =
    await namesOf(`select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid where ${own} and c.relname <> 'migrations' and a.attnum > 0 and not a.attisdropped
    and a.atttypid in ('text'::regtype, 'text[]'::regtype, 'varchar'::regtype, 'json'::regtype, 'jsonb'::regtype)
    and not exists (select from pg_constraint k where k.conrelid = a.attrelid and k.contype = 'c' and k.conkey = array[a.attnum] and pg_get_constraintdef(k.oid) ~ '= ANY \\(\\(?ARRAY\\[') order by 1`)
  assert.deepEqual(justified, open)
})

test('the application cannot read what is sealed, nor the tokens by which it is searched', async () => {
  for (const sql of [
    'select payload from facts',
    'select * from facts',
    'select token from search_tokens',
    'select payload from intake_messages',
    `delete from facts where payload = ''`,
    'select * from graphile_worker._private_jobs',
  ])
    await asApp((client) => denied(client, sql))
})

test('whoever connects can do nothing until a unit of work has named the role and the tenant', async () => {
  await assert.rejects(web.query('select from public.persons'), { code: '42501' })
  const client = await web.connect()
  try {
    await client.query('begin; set local role infotech_app')
    for (const table of ['persons', 'leads', 'tenants', 'log_events', 'employees']) assert.equal((await client.query(`select from ${table}`)).rowCount, 0, table)
  } finally {
    await client.query('rollback')
    client.release()
  }
})

test('nobody who works here can change or remove an event of the log, or a leaf, a head, a hash of its tree', async () => {
  for (const table of ['log_events', 'log_leaves', 'log_heads', 'log_tiles', 'log_event_persons']) {
    for (const sql of [`delete from ${table}`, `update ${table} set tenant_id = tenant_id`, `truncate ${table}`]) await asApp((client) => denied(client, sql))
    const { rows } = await owner.query(
      `select g.grantee::regrole as role, g.privilege_type as right from pg_class c, aclexplode(c.relacl) g where c.relname = $1 and g.grantee <> c.relowner and g.privilege_type not in ('SELECT', 'INSERT')`,
      [table],
    )
    assert.deepEqual(rows, [], table)
  }
})

test('an event of another company cannot be written, and reading it shows nothing', async () => {
  const [mine, theirs] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b']
  const insert = `insert into log_events (tenant_id, id, at, event, actor_kind, role, door, leaf) values ('${theirs}', '${mine}', now(), 'x', 'staff', 'x', 'x', '')`
  await asApp((client) => assert.rejects(client.query(insert), { code: '42501' }), mine)
})

test('a GET cannot write, whatever its act tries', async () => {
  await asApp((client) => assert.rejects(client.query(`insert into brands (id, name) values (gen_random_uuid(), 'x')`), { code: '25006' }), undefined, 'read only')
})

test('functions that run with their owner’s rights are few and keep to their own search path', async () => {
  const { rows } = await owner.query<{ name: string; config: string[] | null }>(
    `select p.proname as name, p.proconfig as config from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef order by 1`,
  )
  assert.deepEqual(
    rows.map(({ name }) => name),
    ['accounts_forget', 'job_is_running', 'jobs_add', 'jobs_add_all', 'mail_door', 'platform_company', 'vitals'],
  )
  for (const { name, config } of rows) assert.match(String(config), /search_path=[\w, ]*pg_temp/, name)
})

test('no table has a trigger of ours: what happens is said in an act', async () => {
  assert.deepEqual(await namesOf(`select t.tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid where ${own} and not t.tgisinternal`), [])
})
