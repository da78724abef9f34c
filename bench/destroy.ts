/** People whose last ground is over, destroyed by the nightly job as in production; beside a floor that deletes the same rows in batches of the same size. */
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { newId } from '../server/platform/ids.ts'
import { memoryMb } from './children.ts'
import type { Filled } from './fill.ts'
import type { Product } from './product.ts'
import type { World } from './world.ts'

export type DestroyResult = {
  people: number
  perS: number
  floorPerS: number
  ratio: number
  firstQuarterS: number
  lastQuarterS: number
  memoryMb: Record<string, { early: number; highest: number }>
  /** Rows of theirs that are still there, of any table. */ left: number
}
const BATCH = 500
const LOOK_EVERY_MS = 100
const WAIT_MS = 600_000

export async function measureDestroy(world: World, { web, vault, worker }: Product, people: number): Promise<DestroyResult> {
  const [product, floor] = [new pg.Client(world.owner), new pg.Client(world.floor)]
  await Promise.all([product.connect(), floor.connect()])
  try {
    const ids = await makeDue(product, world.filled, people)
    await markDue(floor, world.filled.tenantId, ids)
    const watched = await watch(product, world.filled.tenantId, ids.length, { web: web.pid, vault: vault.pid, worker: worker.pid })
    const floorMs = await deleteInBatches(floor, world.filled.tenantId, ids)
    const { at, memory, startedAt } = watched
    const quarter = (share: number): number => at.find(({ done }) => done >= ids.length * share)?.at ?? startedAt
    const tookMs = quarter(1) - startedAt
    return {
      people: ids.length,
      perS: (ids.length / tookMs) * 1000,
      floorPerS: (ids.length / floorMs) * 1000,
      ratio: floorMs / tookMs,
      firstQuarterS: (quarter(0.25) - startedAt) / 1000,
      lastQuarterS: (quarter(1) - quarter(0.75)) / 1000,
      memoryMb: Object.fromEntries(Object.entries(memory).map(([name, mb]) => [name, { early: mb[Math.floor(mb.length / 4)] ?? 0, highest: Math.max(...mb) }])),
      left: await countLeft(product, world.filled.tenantId, ids),
    }
  } finally {
    await Promise.allSettled([product.end(), floor.end()])
  }
}

/** Those who have been clients longest, but for the one who has asked what is held about them: they are answered first. */
async function makeDue(client: pg.Client, { tenantId, eventful }: Filled, people: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(`select id from persons where tenant_id = $1 and kind = 'customer' and id <> $2 order by created_at, id limit $3`, [
    tenantId,
    eventful,
    people,
  ])
  const ids = rows.map(({ id }) => id)
  await markDue(client, tenantId, ids)
  return ids
}

async function markDue(client: pg.Client, tenantId: string, ids: readonly string[]): Promise<void> {
  await client.query(`update persons set destroy_after = now() - interval '1 day' where tenant_id = $1 and id = any ($2::uuid[])`, [tenantId, ids])
  await client.query('vacuum analyze persons')
}

type Watched = { startedAt: number; at: { done: number; at: number }[]; memory: Record<string, number[]> }

/** How many are gone is told by the acts of destruction: a cheap question, so that the asking does not slow the doing. */
async function watch(client: pg.Client, tenantId: string, people: number, pids: Record<string, number>): Promise<Watched> {
  const memory: Watched['memory'] = Object.fromEntries(Object.keys(pids).map((name) => [name, []]))
  const at: Watched['at'] = []
  const startedAt = performance.now()
  await client.query(`select graphile_worker.add_job('destroy-due', $1::json, job_key => $2)`, [JSON.stringify({ tenantId }), `destroy-due:${tenantId}`])
  for (const deadline = Date.now() + WAIT_MS; ; await sleep(LOOK_EVERY_MS)) {
    for (const [name, pid] of Object.entries(pids)) memory[name]?.push(memoryMb(pid))
    const { rows } = await client.query<{ done: number }>('select coalesce(sum(cardinality(person_ids)), 0)::int done from destruction_acts where tenant_id = $1', [tenantId])
    const done = rows[0]?.done ?? 0
    if (done !== at.at(-1)?.done) at.push({ done, at: performance.now() })
    if (done >= people) return { startedAt, at, memory }
    if (Date.now() > deadline) throw new Error(`${done} of ${people} people were destroyed in ${WAIT_MS / 1000} s`)
  }
}

/** What stays without a person and what goes with them is the same there; nothing is noted, counted or told. */
async function deleteInBatches(client: pg.Client, tenantId: string, ids: readonly string[]): Promise<number> {
  const startedAt = performance.now()
  for (let from = 0; from < ids.length; from += BATCH) {
    const values = [tenantId, ids.slice(from, from + BATCH)]
    await client.query('begin')
    await client.query(
      `insert into destruction_acts (tenant_id, id, number, at, operator_name, operator_address, operator_inn, operator_ogrn, person_ids, categories, counts, system, method, reason)
       select $1, $3, $4, now(), name, address, inn, ogrn, $2::uuid[], '{contact}', '{}', 'crm', 'keys_and_rows', 'retention_expired' from tenants where tenant_id = $1`,
      [...values, newId(), from + 1],
    )
    for (const { name, text } of deletions) await client.query({ name, text, values })
    await client.query('commit')
  }
  return performance.now() - startedAt
}

const ofThem = 'tenant_id = $1 and person_id = any ($2::uuid[])'
const deletions = [
  { name: 'leads', text: `update leads set external_ref = null, status = 'closed', closed_at = coalesce(closed_at, now()) where ${ofThem}` },
  { name: 'deals', text: `update deals set stage = 'lost', lost_reason = 'other', stage_since = now(), closed_at = now() where ${ofThem} and stage not in ('won', 'lost')` },
  { name: 'messages', text: `update outbound_messages set state = 'cancelled', address_token = null, settled_at = now() where ${ofThem} and state in ('queued', 'sending')` },
  { name: 'drives', text: `update test_drives set status = 'cancelled' where ${ofThem} and status = 'booked'` },
  { name: 'tokens', text: `delete from search_tokens where ${ofThem}` },
  { name: 'persons', text: 'delete from persons where tenant_id = $1 and id = any ($2::uuid[])' },
] as const

const tables = [
  'facts',
  'search_tokens',
  'grounds',
  'consent_events',
  'interactions',
  'tasks',
  'person_vehicles',
  'intake_messages',
  'files',
  'leads',
  'deals',
  'test_drives',
] as const

async function countLeft(client: pg.Client, tenantId: string, ids: readonly string[]): Promise<number> {
  let left = 0
  for (const table of tables) {
    const { rows } = await client.query<{ count: number }>(`select count(*)::int count from ${table} where ${ofThem}`, [tenantId, ids])
    left += rows[0]?.count ?? 0
  }
  return left
}
