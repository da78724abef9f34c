import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'
import { identityJobs } from '../../identity/index.ts'
import { handOverPersonalData } from '../../kernel/index.ts'
import { peopleJobs } from '../../people/index.ts'
import { allPersonalData } from '../../personal-data.ts'
import { aClient } from '../requests/requests-stage.ts'

let scene: Stage
let igor: Person
const ends = openEnds()
before(async () => {
  scene = await stage(ends)
  igor = await scene.hire('privacy_officer', { outletId: null })
})
after(() => ends.close())

const rowsOf = async (sql: string, values: unknown[]): Promise<Record<string, unknown>[]> => (await scene.owner.query(sql, values)).rows

test('colleagues who went are in an act as well, with what was counted of them, once, however often the job runs', async () => {
  const { employeeId } = await scene.hire('seller')
  const [former] = await rowsOf('update employees set is_active = false where id = $1 returning person_id', [employeeId])
  await scene.owner.query(`update persons set destroy_after = now() - interval '1 hour' where id = $1`, [former?.person_id])
  await scene.job(igor.dealer, 'destroy-former-staff', (ctx) => identityJobs['destroy-former-staff']!(ctx, {}))
  const [job] = await rowsOf(`select payload from graphile_worker._private_jobs where payload::jsonb -> 'personIds' ? $1`, [former?.person_id])
  const record = () => scene.job(igor.dealer, 'record-destruction', (ctx) => peopleJobs['record-destruction']!(ctx, job?.payload as Record<string, unknown>))
  await record()
  await record()
  const acts = () => rowsOf('select reason, categories, counts, executor_id from destruction_acts where person_ids = $1', [[former?.person_id]])
  assert.deepEqual(await acts(), [{ reason: 'retention_expired', categories: ['contact'], counts: { facts: 1, grounds: 1, employees: 1 }, executor_id: null }])
  scene.clock.forward(31 * 24 * 60 * 60_000)
  await record()
  assert.equal((await acts()).length, 2, 'a month is over when the clock of the act says so')
})

test('a table that a module begins to declare is in the preview, in the act and in the destruction, though none of them names it', async (t) => {
  // Connections of its own: what is counted is prepared once on each.
  const scene = await stage(t)
  const [anna, igor] = [await scene.hire('operator'), await scene.hire('privacy_officer', { outletId: null })]
  await scene.owner.query(`
    create table walks (tenant_id uuid, person_id uuid, foreign key (tenant_id, person_id) references persons (tenant_id, id) on delete cascade);
    create table visits (tenant_id uuid, person_id uuid, left_at timestamptz, foreign key (tenant_id, person_id) references persons (tenant_id, id) on delete set null (person_id));
    grant select, update on walks, visits to infotech_app`)
  const more = { purposes: ['sale'], what: { ru: 'новое', en: 'new' } } as const
  handOverPersonalData([
    ...allPersonalData,
    { ...more, table: 'walks', atTheEnd: 'deleted' },
    { ...more, table: 'visits', atTheEnd: 'unlinked', emptied: 'update visits set left_at = $3 where tenant_id = $1 and person_id = any ($2::uuid[])' },
  ])
  t.after(() => handOverPersonalData(allPersonalData))
  const { personId } = await aClient(anna)
  for (const table of ['walks', 'visits', 'visits']) await scene.owner.query(`insert into ${table} (tenant_id, person_id) values ($1, $2)`, [igor.dealer.tenantId, personId])
  type Row = { table: string; count: number; atTheEnd: string }
  const { body: preview } = await igor.get<{ rows: Row[] }>(`/persons/${personId}/destruction`)
  assert.deepEqual(
    preview.rows.filter(({ table }) => table === 'walks' || table === 'visits'),
    [
      { table: 'walks', count: 1, atTheEnd: 'deleted' },
      { table: 'visits', count: 2, atTheEnd: 'unlinked' },
    ],
  )
  await scene.owner.query(`update grounds set ended_at = now(), ended_reason = 'purpose_reached' where person_id = $1`, [personId])
  const done = await igor.post<{ actId: string }>(`/persons/${personId}/destroy`)
  assert.equal(done.status, 200, JSON.stringify(done.body))
  const { counts } = (await igor.get<{ counts: Record<string, number> }>(`/destructions/${done.body.actId}`)).body
  assert.deepEqual([counts.walks, counts.visits], [1, 2])
  assert.deepEqual((await scene.owner.query('select person_id from walks')).rows, [])
  assert.deepEqual((await scene.owner.query('select person_id, left_at is null is_waiting from visits')).rows, [
    { person_id: null, is_waiting: false },
    { person_id: null, is_waiting: false },
  ])
})
