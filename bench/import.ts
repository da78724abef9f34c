/** A file of leads through the product's door, beside a bulk insert of the same rows by the floor's owner. */
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { writeRows, writeTable, writeTokens, type Run } from '../server/demo/write-rows.ts'
import { newId } from '../server/platform/ids.ts'
import { memoryMb } from './children.ts'
import type { Filled } from './fill.ts'
import type { Product } from './product.ts'
import { newTokens } from './queries.ts'
import type { World } from './world.ts'

export type ImportResult = {
  rows: number
  checkedPerS: number
  importedPerS: number
  floorPerS: number
  ratio: number
  /** Of the part that finds, seals and writes, of the first and of the last quarter. */ firstQuarterS: number
  lastQuarterS: number
  memoryMb: Record<string, { early: number; highest: number }>
}
type Progress = { status: string; version: number; rows: { done: number; total: number } }
const LOOK_EVERY_MS = 250
const FLOOR_BATCH = 1_000

export async function measureImport(world: World, product: Product, rows: number): Promise<ImportResult> {
  const say = sayer(world)
  const startedAt = performance.now()
  const uploaded = await say('POST', `/lead-files?sourceId=${world.filled.sourceId}&basis=contract&attested=yes&fileName=bench.csv`, Buffer.from(table(rows)))
  const address = `/lead-files/${String(uploaded.id)}`
  await say('POST', `${address}/check`, { version: uploaded.version, mapping: uploaded.mapping, interest: 'callback' })
  const watch = watcher(() => say('GET', address) as unknown as Promise<Progress>, { web: product.web.pid, vault: product.vault.pid, worker: product.worker.pid })
  const checked = await watch('checked')
  const checkedAt = performance.now()
  await say('POST', `${address}/import`, { version: checked.version })
  const done = await watch('imported')
  if (done.rows.done !== rows) throw new Error(`${done.rows.done} rows of ${rows} were imported`)
  const importMs = performance.now() - checkedAt
  const quarter = (share: number): number => watch.progress.find(({ done: count }) => count >= rows * share)?.at ?? performance.now()
  const floorMs = await bulkInsert(world, rows)
  const importedPerS = (rows / importMs) * 1000
  const floorPerS = (rows / floorMs) * 1000
  return {
    rows,
    checkedPerS: (rows / (checkedAt - startedAt)) * 1000,
    importedPerS,
    floorPerS,
    ratio: ((rows / (performance.now() - startedAt - floorMs)) * 1000) / floorPerS,
    firstQuarterS: (quarter(0.25) - checkedAt) / 1000,
    lastQuarterS: (quarter(1) - quarter(0.75)) / 1000,
    memoryMb: Object.fromEntries(Object.entries(watch.memory).map(([name, mb]) => [name, { early: mb[Math.floor(mb.length / 4)] ?? 0, highest: Math.max(...mb) }])),
  }
}

type Watcher = { (status: string): Promise<Progress>; progress: { done: number; at: number }[]; memory: Record<string, number[]> }

function watcher(look: () => Promise<Progress>, pids: Record<string, number>): Watcher {
  const progress: Watcher['progress'] = []
  const memory: Watcher['memory'] = Object.fromEntries(Object.keys(pids).map((name) => [name, []]))
  const watch = async (status: string): Promise<Progress> => {
    for (; ; await sleep(LOOK_EVERY_MS)) {
      const now = await look()
      for (const [name, pid] of Object.entries(pids)) memory[name]?.push(memoryMb(pid))
      if (now.rows.done > 0) progress.push({ done: now.rows.done, at: performance.now() })
      if (now.status === status) return now
      if (now.status === 'failed') throw new Error('the import failed')
    }
  }
  return Object.assign(watch, { progress, memory })
}

function sayer({ webPort, importer }: World): (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<Record<string, unknown>> {
  return async (method, path, body) => {
    const isRaw = Buffer.isBuffer(body)
    const reply = await fetch(`http://127.0.0.1:${webPort}/api${path}`, {
      method,
      headers: { cookie: `infotech=${importer}`, 'x-requested-with': 'infotech', ...(body === undefined ? {} : { 'content-type': isRaw ? 'text/csv' : 'application/json' }) },
      ...(body === undefined ? {} : { body: isRaw ? new Uint8Array(body) : JSON.stringify(body) }),
    })
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as Record<string, unknown>
  }
}

/** Each with a telephone and an address of their own. */
const table = (rows: number): string =>
  [
    'Фамилия;Имя;Телефон;Почта;Комментарий',
    ...Array.from({ length: rows }, (_, n) => `Ввозимов;Игорь;+7948${String(n).padStart(7, '0')};import.${n}@mail.example;Интересует новый автомобиль`),
  ].join('\r\n')

/** Person, ground, contact, comment, tokens, lead and original of every row, a thousand rows in a transaction. */
async function bulkInsert({ floor, filled }: World, count: number): Promise<number> {
  const client = new pg.Client(floor)
  await client.connect()
  const startedAt = performance.now()
  for (let from = 0; from < count; from += FLOOR_BATCH) {
    await client.query('begin')
    await insertBatch((sql, values) => client.query(sql, values), filled, Math.min(FLOOR_BATCH, count - from))
    await client.query('commit')
  }
  const tookMs = performance.now() - startedAt
  await client.end()
  return tookMs
}

async function insertBatch(run: Run, { tenantId, outletId, sourceId, leadActivityId }: Filled, count: number): Promise<void> {
  const now = new Date()
  const people = Array.from({ length: count }, () => ({ id: newId(), leadId: newId() }))
  await writeRows(run, {
    persons: people.map(({ id }) => ({ tenantId, id, kind: 'customer', outletId, responsibleId: null, specialistId: null, destroyAfter: null, createdAt: now, updatedAt: now })),
    grounds: people.map(({ id }) => ({ tenantId, id: newId(), personId: id, activityId: leadActivityId, basis: 'contract', evidence: {}, since: now, until: null })),
    leads: people.map(({ id, leadId }) => ({
      tenantId,
      id: leadId,
      personId: id,
      sourceId,
      outletId,
      departmentKind: 'call_centre',
      responsibleId: null,
      interest: 'callback',
      modelId: null,
      status: 'new',
      result: null,
      assignedBecause: 'no_rule',
      externalRef: leadId,
      receivedAt: now,
      takenAt: null,
      firstContactAt: null,
      closedAt: null,
      escalatedAt: null,
    })),
  })
  const contact = Buffer.from(JSON.stringify({ surname: 'Ввозимов', given: 'Игорь', phones: ['+79480000000'], emails: ['import.1@mail.example'] }))
  const comment = Buffer.from(JSON.stringify({ text: 'Интересует новый автомобиль' }))
  await writeTable(
    run,
    'facts',
    people.flatMap(({ id, leadId }) => [
      { tenantId, personId: id, class: 'contact', recordId: id, version: 1, keyId: id, payload: contact },
      { tenantId, personId: id, class: 'communication', recordId: leadId, version: 1, keyId: id, payload: comment },
    ]),
  )
  const tokens = people.flatMap(({ id }) => newTokens().map((token) => ({ token, personId: id })))
  await writeTokens(run, tenantId, { token: tokens.map(({ token }) => token), personId: tokens.map(({ personId }) => personId), kind: tokens.map(() => 1) })
  await run(
    `insert into intake_messages (tenant_id, id, source_id, format, status, lead_id, person_id, key_id, payload, received_at)
     select $1, lead_id, $2, 'row', 'accepted', lead_id, person_id, lead_id, $5, $6 from unnest($3::uuid[], $4::uuid[]) as given (lead_id, person_id)`,
    [tenantId, sourceId, people.map(({ leadId }) => leadId), people.map(({ id }) => id), comment, now],
  )
}
