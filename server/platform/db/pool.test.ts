import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../../test/database.ts'
import { eventually } from '../../../test/eventually.ts'
import { endLater, openPool } from './pool.ts'

test('a transaction that only read is ended by whoever takes its connection next, and by itself when nobody does', async (t) => {
  const database = await freshDatabase(t)
  const pool = openPool(database.owner, 1)
  t.after(() => pool.end())
  const reads = async (): Promise<void> => {
    const client = await pool.connect()
    await client.query('begin read only')
    await client.query('select 1')
    endLater(client)
    client.release()
  }
  await reads()
  // Inside the reading transaction this would be refused.
  await pool.query('create temporary table kept (n int)')
  await reads()
  const watcher = openPool(database.owner, 1)
  t.after(() => watcher.end())
  const ended = `select state from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query = 'commit'`
  assert.equal(await eventually(async () => (await watcher.query<{ state: string }>(ended)).rows[0]?.state, 'the end of the transaction'), 'idle')
})

test('lists of uuids are read as the database writes them', async (t) => {
  const database = await freshDatabase(t)
  const pool = openPool(database.owner, 1)
  t.after(() => pool.end())
  const [one, two] = ['0193aaaa-bbbb-7ccc-8ddd-000000000001', '0193aaaa-bbbb-7ccc-8ddd-000000000002']
  const { rows } = await pool.query(
    `select '{}'::uuid[] none, array['${one}']::uuid[] one, array['${one}', '${two}']::uuid[] two, array['${one}', null]::uuid[] hole, array[array['${one}'], array['${two}']]::uuid[] deep, null::uuid[] "null"`,
  )
  assert.deepEqual(rows[0], { none: [], one: [one], two: [one, two], hole: [one, null], deep: [[one], [two]], null: null })
})
