import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { eventually } from '../../test/eventually.ts'
import { openPool } from '../platform/db/pool.ts'
import { refusalOf } from './refusal.ts'

const withCode = (code: string): Error => Object.assign(new Error('said by somebody'), { code })
const unavailable = (error: unknown): boolean => refusalOf(error)?.code === 'unavailable'

test('what will pass is "come back", whoever says it; a fault of ours stays a fault', () => {
  const passing = [
    '08006',
    '25P03',
    '40001',
    '40P01',
    '53100',
    '53200',
    '53300',
    '55P03',
    '57014',
    '57P01',
    '57P02',
    '57P03',
    '57P05',
    'ECONNREFUSED',
    'ECONNRESET',
    'EAGAIN',
    'ETIMEDOUT',
  ]
  for (const code of passing) assert.ok(unavailable(withCode(code)), code)
  for (const words of ['Connection terminated unexpectedly', 'Client has encountered a connection error and is not queryable', 'timeout exceeded when trying to connect'])
    assert.ok(unavailable(new Error(words)), words)
  for (const code of ['08P01', '25P02', '26000', '42601', '42501', 'XX000', 'ERR_INVALID_ARG_TYPE']) assert.equal(refusalOf(withCode(code)), undefined, code)
  assert.equal(refusalOf(new Error('a mistake')), undefined)
})

test('whoever was held up in their transaction until the database cut them off is told to come back', async (t) => {
  const database = await freshDatabase(t)
  const pool = openPool(database.owner, 2)
  t.after(() => pool.end())
  const failures: unknown[] = []
  for (const cut of [`set idle_in_transaction_session_timeout = '50ms'`, 'select 1']) {
    const client = await pool.connect()
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() pid')
    await client.query(cut)
    await client.query('begin')
    if (cut === 'select 1') await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    await eventually(async () => (await pool.query('select from pg_stat_activity where pid = $1', [rows[0]?.pid])).rowCount === 0, 'the end of the connection')
    await client.query('select 1').catch((error: unknown) => failures.push(error))
    client.release(true)
  }
  assert.equal(failures.length, 2)
  for (const failure of failures) assert.ok(unavailable(failure), String(failure))
})
