import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openEnds } from '../../test/ends.ts'
import { eventually } from '../../test/eventually.ts'
import { workerStage, type WorkerStage } from '../../test/worker-stage.ts'
import { actor } from '../jobs.ts'
import { bringLead, openLiving } from './living.ts'
import { companyIn, type DemoCompany, demoNetwork } from './network.ts'
import { seedDemo } from './seed.ts'

const seed = 'living'
const network = demoNetwork(seed)
const [zvezda, ural] = [companyIn(network, 'zvezda'), companyIn(network, 'ural')]
const ends = openEnds()
let at: WorkerStage
before(async () => {
  at = await workerStage(ends)
  await seedDemo({ pool: at.owner, sealer: at.sealer, now: at.clock.now, seed, peoplePerDealer: 60 })
  await at.owner.query(`update leads set status = 'closed' where status = 'new'`)
})
after(ends.close)

const actIn = (tenantId: string) => actor(at.worker.work, 'intake-mail', { tenantId }, '0')
const bring = ({ tenant, ...company }: DemoCompany): Promise<number | null> => actIn(tenant.tenantId)((ctx) => bringLead(ctx, { tenant, ...company }))
const waiting = async ({ tenant }: DemoCompany): Promise<number> =>
  (await at.owner.query<{ n: number }>(`select count(*)::int n from leads where tenant_id = $1 and status = 'new' and external_ref like 'living/%'`, [tenant.tenantId])).rows[0]
    ?.n ?? 0
/** Somebody of this company has a screen open. */
async function look({ tenant }: DemoCompany): Promise<void> {
  await at.owner.query(
    `insert into sessions (tenant_id, id, token_hash, employee_id, device, expires_at, last_seen_at, reauthenticated_at)
    select $1, gen_random_uuid(), decode(md5(random()::text) || md5(random()::text), 'hex'), id, 'Chrome', $2::timestamptz + interval '1 day', $2, $2 from employees where tenant_id = $1 limit 1`,
    [tenant.tenantId, at.clock.now],
  )
}

test('a lead comes to a dealer whose screens somebody looks at, by the act of every door, and to no other', async () => {
  assert.equal(await bring(zvezda), null, 'nobody looks')
  await look(zvezda)
  const number = await bring(zvezda)
  assert.ok(number)
  assert.deepEqual([await waiting(zvezda), await waiting(ural), await bring(ural)], [1, 0, null])
  const { rows } = await at.owner.query<{ person: string; because: string; said: string }>(
    `select l.person_id person, l.assigned_because because, (select string_agg(e.event, ',' order by e.event) from log_events e where e.tenant_id = l.tenant_id and (e.object_id = l.id or l.person_id = any (e.person_ids))) said
    from leads l where l.tenant_id = $1 and l.number = $2`,
    [zvezda.tenant.tenantId, number],
  )
  assert.match(rows[0]?.because ?? '', /^(?:rule_|no_rule)/)
  assert.match(rows[0]?.said ?? '', /lead\.received/)
})

test('when enough leads wait, no more come', async () => {
  await look(ural)
  await at.owner.query(
    `insert into leads (tenant_id, id, source_id, outlet_id, department_kind, interest, assigned_because, received_at)
    select $1, gen_random_uuid(), (select id from lead_sources where tenant_id = $1 limit 1), (select id from outlets where tenant_id = $1 limit 1), 'sales', 'callback', 'no_rule', $2 from generate_series(1, 40)`,
    [ural.tenant.tenantId, at.clock.now],
  )
  assert.equal(await bring(ural), null)
})

test('the same moment brings the same lead, the living demo brings the next one only after a while, and stops when told', async (t) => {
  await look(zvezda)
  const first = await bring(zvezda)
  assert.equal(await bring(zvezda), first)
  at.clock.forward(2_000)
  const before = await waiting(zvezda)
  const living = openLiving({ actIn, now: () => at.clock.now, log: () => undefined, lookEveryMs: 10, seed })
  t.after(() => living.stop())
  await eventually(async () => (await waiting(zvezda)) === before + 1, 'the next lead')
  at.clock.forward(125_000)
  await eventually(async () => (await waiting(zvezda)) === before + 2, 'one more')
  await living.stop()
  at.clock.forward(200_000)
  await look(zvezda)
  assert.equal(await waiting(zvezda), before + 2)
})
