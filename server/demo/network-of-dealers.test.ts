import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { freshDatabase, testPool } from '../../test/database.ts'
import { openBulkSealer } from '../vault/bulk.ts'
import { companyIn, demoNetwork } from './network.ts'
import { recentPeople } from './network-told.ts'
import { defaultSeed } from './random.ts'
import { seedDemo } from './seed.ts'

test('the importer’s network stands: dealers joined, outlets published, requests in every state, nothing of people but ids', async (t) => {
  const ends: (() => unknown)[] = []
  t.after(async () => {
    for (const end of ends) await end()
  })
  const database = await freshDatabase(t)
  const folder = mkdtempSync(join(tmpdir(), 'demo-network-'))
  const pool = testPool(database.owner, 4)
  const sealer = await openBulkSealer({ keystore: database.keys, rootKey: join(folder, 'root.key') })
  ends.push(
    () => sealer.close(),
    () => pool.end(),
    () => rmSync(folder, { recursive: true }),
  )
  const now = new Date('2026-11-19T10:30:00.000Z')
  await seedDemo({ pool, sealer, now, peoplePerDealer: 400 })
  const veltara = companyIn(demoNetwork(defaultSeed), 'veltara').tenant.tenantId
  const rows = async (sql: string): Promise<Record<string, unknown>[]> => (await pool.query(sql, [veltara])).rows
  assert.deepEqual(await rows(`select code, accepted_at is not null joined from network_dealers where tenant_id = $1 order by code`), [
    { code: 'ural', joined: true },
    { code: 'zaliv', joined: true },
    { code: 'zvezda', joined: true },
  ])
  assert.deepEqual(await rows(`select distinct city from network_outlets where tenant_id = $1 order by city`), [
    { city: 'Владивосток' },
    { city: 'Екатеринбург' },
    { city: 'Москва' },
  ])
  const states = await rows(`select state, count(*)::int n from network_leads where tenant_id = $1 group by 1 order by 1`)
  assert.deepEqual(
    states.map(({ state }) => state),
    ['closed', 'contacted', 'disputed', 'received', 'taken'],
  )
  assert.ok(states.reduce((sum, { n }) => sum + Number(n), 0) > 3 * recentPeople)
  assert.deepEqual(await rows(`select count(*)::int n from network_disputes where tenant_id = $1 and state = 'open'`), [{ n: 3 }])
  assert.deepEqual(
    await rows(`select count(*)::int n from received_transfers r where r.distributor_tenant_id = $1
      and not exists (select from leads l where l.tenant_id = r.tenant_id and l.id = r.lead_id and l.network_lead_id = r.network_lead_id)`),
    [{ n: 0 }],
  )
  assert.deepEqual(
    await rows(`select count(*)::int n from network_leads n where n.tenant_id = $1 and n.asked_at > $2::timestamptz`.replace('$2::timestamptz', `'${now.toISOString()}'`)),
    [{ n: 0 }],
  )
  const month = new Date(now.getTime() - 30 * 86_400_000).toISOString()
  const figures = await rows(`select d.code, count(n.deal_at)::int lists, count(n.sold_at)::int sold, count(*)::int requests from network_leads n
    join network_dealers d on d.tenant_id = n.tenant_id and d.id = n.dealer_id where n.tenant_id = $1 and n.asked_at >= '${month}' group by 1 order by 1`)
  assert.equal(figures.length, 3)
  for (const { code, lists, sold, requests } of figures) assert.ok(Number(sold) > 0 && Number(lists) > Number(sold) && Number(requests) > Number(lists), String(code))
  assert.deepEqual(
    await rows(`select count(*)::int n from network_leads n join leads l on l.tenant_id = n.dealer_tenant_id and l.network_lead_id = n.id
      left join deals d on d.tenant_id = l.tenant_id and d.lead_id = l.id
      where n.tenant_id = $1 and (n.deal_at is distinct from d.opened_at or n.sold_at is distinct from case when d.stage = 'won' then d.closed_at end
        or n.client_dms_id is distinct from d.number::text or n.result is distinct from l.result or (d.id is not null) <> (l.result is not distinct from 'deal'))`),
    [{ n: 0 }],
    'what the importer was told is what stands at the dealer',
  )
  assert.deepEqual(
    await rows(`select count(*)::int n from persons p join leads l on l.tenant_id = p.tenant_id and l.person_id = p.id and l.network_lead_id is not null
      where $1::uuid is not null and p.destroy_after is distinct from (select case when bool_or(g.until is null) then null else max(g.until) end from grounds g where g.tenant_id = p.tenant_id and g.person_id = p.id)`),
    [{ n: 0 }],
    'whoever bought is held for the papers, whoever did not for a month',
  )
  const mailed = await rows(
    `select g.state, t.kind, m.because, count(*)::int n from mailings g join mail_templates t on t.tenant_id = g.tenant_id and t.id = g.template_id
     join outbound_messages m on m.tenant_id = g.tenant_id and m.mailing_id = g.id where g.tenant_id = $1 group by 1, 2, 3 order by 3`,
  )
  assert.deepEqual(
    mailed.map(({ state, kind, because }) => [state, kind, because]),
    ['channel_consent_absent', 'consents', 'data_consent_absent', 'no_address', 'objection'].map((because) => ['done', 'advertising', because]),
    'the importer’s letter went to whoever agreed, and every other one has a reason',
  )
  assert.deepEqual(
    await rows(`select count(*)::int n from outbound_messages m where m.tenant_id = $1 and m.state = 'sent' and (
      not exists (select from consent_events e where e.tenant_id = m.tenant_id and e.id = m.consent_event_id and e.person_id = m.person_id and e.kind = 'advertising_email' and e.state = 'given' and e.at < m.settled_at)
      or not exists (select from grounds g join activities a on a.tenant_id = g.tenant_id and a.id = g.activity_id and a.code = 'marketing'
        where g.tenant_id = m.tenant_id and g.person_id = m.person_id and g.until > m.settled_at))`),
    [{ n: 0 }],
    'nothing was sent without a consent and a ground',
  )
  assert.deepEqual(
    await rows(`select count(*)::int n from persons p where p.tenant_id = $1 and p.kind = 'customer' and p.destroy_after is distinct from
      (select case when bool_or(g.until is null) then null else max(g.until) end from grounds g where g.tenant_id = p.tenant_id and g.person_id = p.id)`),
    [{ n: 0 }],
    'the importer holds whoever agreed to advertising as long as that lasts',
  )
  const older = await rows(`select count(*)::int n from network_leads n join leads l on l.tenant_id = n.tenant_id and l.id = n.id where n.tenant_id = $1 and l.person_id is null`)
  assert.ok(Number(older[0]?.n) > 0, 'requests that are long over hold nobody at the importer')
})
