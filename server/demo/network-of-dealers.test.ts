import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { freshDatabase } from '../../test/database.ts'
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
  const pool = new pg.Pool({ ...database.owner, max: 4 })
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
  const older = await rows(`select count(*)::int n from network_leads n join leads l on l.tenant_id = n.tenant_id and l.id = n.id where n.tenant_id = $1 and l.person_id is null`)
  assert.ok(Number(older[0]?.n) > 0, 'requests that are long over hold nobody at the importer')
})
