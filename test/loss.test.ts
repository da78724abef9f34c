/**
 * Whatever dies and whenever: an act that was acknowledged is there exactly once, and nothing is there by halves. Real processes are killed with -9
 * at random moments while people and machines work; those ask again with the same Idempotency-Key, as our pages and every integration do.
 * LOSS_SEED repeats the order of a run, LOSS_ROUNDS says how many die.
 */
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import path from 'node:path'
import { after, before, test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { databaseSource, readPublicKey, rowsOf, verifyLog } from '../server/audit/index.ts'
import { createRandom, type Random } from '../server/demo/index.ts'
import { insist, installation, type Installation, type Speaker } from './installation.ts'

const SEED = process.env.LOSS_SEED ?? String(randomInt(1e9))
const ROUNDS = Number(process.env.LOSS_ROUNDS ?? 15)
const PATIENCE_MS = 120_000
const victims = ['web', 'vault', 'worker', 'postgres', 'keystore'] as const
const closers: (() => unknown)[] = []
let house: Installation
let database: pg.Client

/** What was answered with a yes. */
const done = { leads: new Map<string, { leadId: string; number: number }>(), taken: [] as string[], interactions: [] as string[], deals: [] as string[] }
type Lead = { id: string; personId: string; version: number }

before(async () => {
  house = await installation({ after: (close: unknown) => void closers.push(close as () => unknown) } as Pick<TestContext, 'after'>)
})
after(async () => {
  await database?.end()
  for (const close of closers.toReversed()) await close()
})

async function say(who: Speaker, method: 'GET' | 'POST', address: string, body?: unknown): Promise<Record<string, unknown>> {
  const { status, text, body: answer } = await who.ask(method, address, body)
  assert.equal(status, 200, `${method} ${address}: ${status} ${text.slice(0, 300)}\n${house.words()}`)
  return answer
}

/** Leads come in: of new people and of some who are known. */
async function bring(machine: Speaker, random: Random, lane: string, isOver: () => boolean): Promise<void> {
  for (let n = 0; !isOver(); n++) {
    const externalRef = `${lane}-${n}`
    const contact = { surname: 'Стойкина', given: 'Вера', phones: [`+7946${lane}${String(random.chance(0.3) ? 7 : n).padStart(6, '0')}`] }
    const answer = await say(machine, 'POST', '/intake/leads', { sourceCode: 'site', externalRef, contact, comment: `Запрос ${externalRef}` })
    done.leads.set(externalRef, { leadId: String(answer.leadId), number: Number(answer.number) })
  }
}

/** Takes new leads, tells of a call, opens a working list for some. */
async function work(who: Speaker, random: Random, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    // Few at a time: on a quick machine long lists would use up the hour's quota of people seen.
    const { rows } = (await say(who, 'GET', '/leads?view=unassigned&limit=2')) as { rows: Lead[] }
    const lead = rows[random.int(0, Math.max(0, rows.length - 1))]
    if (!lead) {
      await sleep(50)
      continue
    }
    const taken = await say(who, 'POST', `/leads/${lead.id}/take`, { leadId: lead.id, version: lead.version })
    done.taken.push(lead.id)
    const contact = await say(who, 'POST', '/interactions', {
      personId: lead.personId,
      leadId: lead.id,
      kind: 'call_out',
      result: 'no_answer',
      text: `Звонок по заявке ${lead.id}`,
    })
    done.interactions.push(String(contact.id))
    if (!random.chance(0.4)) continue
    const deal = await say(who, 'POST', '/deals', { leadId: lead.id, leadVersion: taken.version, modelId: house.dealer.modelId })
    done.deals.push(String(deal.id))
  }
}

async function count(text: string, values: unknown[] = []): Promise<number> {
  const { rows } = await database.query<{ count: number }>(`select count(*)::int as count ${text}`, values)
  return rows[0]?.count ?? -1
}

test(`people and machines work while ${ROUNDS} processes die (LOSS_SEED=${SEED})`, async (t) => {
  t.diagnostic(`LOSS_SEED=${SEED}`)
  const random = createRandom(SEED)
  // One at the head, who sees every lead; several of them would take each other's.
  const head = insist(await house.hire('head_of_sales'), PATIENCE_MS)
  const machines = [insist(await house.machine(), PATIENCE_MS), insist(await house.machine(), PATIENCE_MS)]
  await house.ready()
  let isOver = false
  const working = [...machines.map((machine, i) => bring(machine, random.fork(`machine ${i}`), String(i), () => isOver)), work(head, random.fork('head'), () => isOver)]
  const failing = Promise.all(working)
  failing.catch(() => (isOver = true))
  for (let round = 0; round < ROUNDS && !isOver; round++) {
    await sleep(random.int(200, 1_800))
    const victim = round < victims.length ? victims[round]! : random.pick(victims)
    const pid = house.pidOf(victim)
    t.diagnostic(`${victim} dies after ${done.leads.size} leads, ${done.interactions.length} contacts, ${done.deals.length} working lists`)
    if (pid > 0) process.kill(pid, 'SIGKILL')
    if (random.chance(0.7)) await house.ready()
  }
  await house.ready()
  isOver = true
  await failing
  assert.ok(
    done.leads.size > ROUNDS * 2 && done.taken.length > 5 && done.deals.length > 0,
    `too little happened: ${done.leads.size} leads, ${done.taken.length} taken, ${done.deals.length} working lists`,
  )
  database = new pg.Client(house.superuser.main)
  await database.connect()
})

test('each acknowledged lead, take, contact and working list is there exactly once', async () => {
  const { rows } = await database.query<{ id: string; ref: string; number: string }>('select id, external_ref as ref, number from leads')
  assert.deepEqual(rows.map(({ ref }) => ref).toSorted(), [...done.leads.keys()].toSorted())
  for (const { id, ref, number } of rows) assert.deepEqual({ leadId: id, number: Number(number) }, done.leads.get(ref))
  const idsOf = async (table: string): Promise<string[]> => (await database.query<{ id: string }>(`select id from ${table} order by id`)).rows.map(({ id }) => id)
  assert.deepEqual(await idsOf('interactions'), done.interactions.toSorted())
  assert.deepEqual(await idsOf('deals'), done.deals.toSorted())
  for (const [event, ids] of [
    ['lead.received', rows.map(({ id }) => id)],
    ['lead.taken', done.taken],
    ['interaction.logged', done.interactions],
    ['deal.opened', done.deals],
  ] as const) {
    const { rows: events } = await database.query<{ id: string }>('select object_id as id from log_events where event = $1', [event])
    assert.deepEqual(events.map(({ id }) => id).toSorted(), ids.toSorted(), event)
  }
  assert.equal(await count(`from leads where status = 'new' and id = any ($1)`, [done.taken]), 0, 'what was taken is taken')
})

test('nothing is there by halves', async () => {
  const halves: [string, string][] = [
    ['a lead without a person', 'from leads where person_id is null'],
    ['a lead without its original', `from leads l where not exists (select from intake_messages m where m.tenant_id = l.tenant_id and m.lead_id = l.id and m.status = 'accepted')`],
    [
      'a lead without what the client wrote',
      `from leads l where not exists (select from facts f where f.tenant_id = l.tenant_id and f.person_id = l.person_id and f.record_id = l.id)`,
    ],
    [
      'a lead without a ground',
      `from leads l where not exists (select from grounds g where g.tenant_id = l.tenant_id and g.person_id = l.person_id and g.evidence ->> 'leadId' = l.id::text)`,
    ],
    ['a person without a contact', `from persons p where not exists (select from facts f where f.tenant_id = p.tenant_id and f.person_id = p.id and f.class = 'contact')`],
    [
      'a client who cannot be found',
      `from persons p where p.kind = 'customer' and not exists (select from search_tokens s where s.tenant_id = p.tenant_id and s.person_id = p.id)`,
    ],
    ['a client whom nothing brought', `from persons p where p.kind = 'customer' and not exists (select from leads l where l.tenant_id = p.tenant_id and l.person_id = p.id)`],
    [
      'facts that belong to nothing',
      `from facts f where f.class = 'communication' and not exists (select from leads l where l.id = f.record_id) and not exists (select from interactions i where i.id = f.record_id)`,
    ],
    ['a contact without its text', `from interactions i where i.has_text and not exists (select from facts f where f.tenant_id = i.tenant_id and f.record_id = i.id)`],
    [
      'a new lead that nobody will be reminded of',
      `from leads l where l.status = 'new' and not exists (select from graphile_worker._private_jobs j where j.key = 'lead-deadline:' || l.id)`,
    ],
  ]
  for (const [what, text] of halves) assert.equal(await count(text), 0, what)
  const keys = new pg.Client(house.superuser.keys)
  await keys.connect()
  const { rows } = await database.query<{ keyId: string }>('select distinct key_id "keyId" from (select key_id from facts union all select key_id from intake_messages) all_keys')
  const { rows: found } = await keys.query<{ count: number }>('select count(*)::int as count from data_keys where key_id = any ($1)', [rows.map(({ keyId }) => keyId)])
  await keys.end()
  assert.equal(found[0]?.count, rows.length, 'every payload has its key')
})

test('the log verifies against the heads that were published meanwhile', async () => {
  for (
    const deadline = Date.now() + PATIENCE_MS;
    (await count('from log_events e where not exists (select from log_leaves l where l.tenant_id = e.tenant_id and l.event_id = e.id)')) > 0;
    await sleep(200)
  ) {
    assert.ok(Date.now() < deadline, `the sealer has not caught up\n${house.words()}`)
  }
  await database.query('begin isolation level repeatable read read only')
  const verdict = await verifyLog({
    source: databaseSource(rowsOf(database)),
    headsDir: path.join(house.folder, 'heads'),
    publicKey: readPublicKey(path.join(house.folder, 'secrets', 'log.key')),
  })
  await database.query('commit')
  assert.deepEqual(verdict.problems, [])
  assert.equal(verdict.problemCount, 0)
  assert.ok(verdict.heads > 0 && verdict.entries >= (await count('from log_events')) - 50, `${verdict.heads} heads over ${verdict.entries} entries`)
})
