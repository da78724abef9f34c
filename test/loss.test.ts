/**
 * Whatever dies and whenever: an act that was acknowledged is there exactly once, and nothing is there by halves. Real processes are killed with -9
 * at random moments while people and machines work; those ask again with the same Idempotency-Key, as our pages and every integration do.
 * LOSS_SEED repeats the order of a run, LOSS_ROUNDS says how many die.
 */
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { databaseSource, readPublicKey, rowsOf, verifyLog } from '../server/audit/index.ts'
import { createRandom } from '../server/demo/index.ts'
import { openEnds } from './ends.ts'
import { eventually } from './eventually.ts'
import { insist, installation, type Installation } from './installation.ts'
import { halves } from './loss/halves.ts'
import { begin, letters, publishTemplate, untilDone, wait } from './loss/mailing.ts'
import { askOnSite, bring, importFile, write, writeDown } from './loss/requests.ts'
import { openScene, PATIENCE_MS, type Scene } from './loss/scene.ts'
import { correct, destroy, drive, look, refuse, unsubscribe, withdraw, work } from './loss/work.ts'

const SEED = process.env.LOSS_SEED ?? String(randomInt(1e9))
const ROUNDS = Number(process.env.LOSS_ROUNDS ?? 15)
const victims = ['web', 'vault', 'worker', 'postgres', 'keystore'] as const
const ends = openEnds()
let house: Installation
let scene: Scene
let templateId = ''
let isOver = false

before(async () => {
  house = await installation(ends)
  await house.ready()
  scene = await openScene(house, () => isOver)
  ends.after(() => scene.database.end())
  templateId = await publishTemplate(scene)
})
after(ends.close)

async function count(text: string, values: unknown[] = []): Promise<number> {
  const { rows } = await scene.database.query<{ count: number }>(`select count(*)::int as count ${text}`, values)
  return rows[0]?.count ?? -1
}
const idsOf = async (text: string, values: unknown[] = []): Promise<string[]> => (await scene.database.query<{ id: string }>(text, values)).rows.map(({ id }) => id).toSorted()
const sorted = (ids: readonly string[]): string[] => [...ids].toSorted()

test(`people and machines work while ${ROUNDS} processes die (LOSS_SEED=${SEED})`, async (t) => {
  t.diagnostic(`LOSS_SEED=${SEED}`)
  const random = createRandom(SEED)
  await untilDone(scene, await begin(scene, templateId))
  const links = new Map((await letters(scene)).map(({ to, link }) => [to, link]))
  // One at the head, who sees every lead; several of them would take each other's.
  const head = insist(await house.hire('head_of_sales'), PATIENCE_MS)
  const machines = [insist(await house.machine(), PATIENCE_MS), insist(await house.machine(), PATIENCE_MS)]
  const dying = await begin(scene, templateId)
  const working = [
    ...machines.map((machine, i) => bring(scene, machine, random.fork(`machine ${i}`), String(i))),
    ...(['zvezda', 'veltara'] as const).flatMap((company, i) => [0, 1].map((lane) => askOnSite(scene, company, String(i * 2 + lane)))),
    work(scene, head, random.fork('head')),
    write(scene),
    writeDown(scene),
    importFile(scene),
    look(scene),
    correct(scene),
    drive(scene),
    withdraw(scene),
    refuse(scene),
    unsubscribe(scene, links),
    destroy(scene),
  ]
  const failing = Promise.all(working)
  failing.catch(() => (isOver = true))
  for (let round = 0; round < ROUNDS && !isOver; round++) {
    await sleep(random.int(200, 1_800))
    const victim = round < victims.length ? victims[round]! : random.pick(victims)
    const pid = house.pidOf(victim)
    const { leads, forms, noes, destroyed } = scene.done
    t.diagnostic(`${victim} dies after ${leads.size} leads, ${forms.length} requests on sites, ${noes.length} withdrawals, ${destroyed.length} destroyed`)
    if (pid > 0) process.kill(pid, 'SIGKILL')
    if (random.chance(0.7)) await house.ready()
  }
  await house.ready()
  isOver = true
  await failing
  await wait(scene)
  await untilDone(scene, dying)
  const { leads, forms, taken, deals, noes, unsubscribed, destroyed, drives, edits, looks, byHand } = scene.done
  const little = Object.entries({ leads: leads.size, forms: forms.length, taken: taken.length, deals: deals.length, noes: noes.length, unsubscribed: unsubscribed.length })
  const more = Object.entries({
    destroyed: destroyed.length,
    drives: drives.length,
    edits: edits.size,
    looks: looks.length,
    byHand: byHand.length,
    letters: scene.done.letters.length,
  })
  for (const [what, times] of [...little, ...more]) assert.ok(times > 0, `too little happened: ${what}`)
  assert.ok(leads.size > ROUNDS * 2, `too little happened: ${leads.size} leads`)
})

test('each acknowledged request is there exactly once, by whatever door it came', async () => {
  const { done, net } = scene
  const { rows } = await scene.database.query<{ id: string; ref: string; number: string }>(`select id, external_ref as ref, number from leads where external_ref ~ '^[01]-[0-9]+$'`)
  assert.deepEqual(sorted(rows.map(({ ref }) => ref)), sorted([...done.leads.keys()]))
  for (const { id, ref, number } of rows) assert.deepEqual({ leadId: id, number: Number(number) }, done.leads.get(ref))
  for (const company of ['zvezda', 'veltara'] as const) {
    const { tenantId } = net[company]
    const refs = sorted(done.forms.filter((form) => form.company === company).map(({ ref }) => ref))
    const asked = `leads l join site_requests r on r.tenant_id = l.tenant_id and r.lead_id = l.id where l.tenant_id = $1`
    assert.deepEqual(await idsOf(`select l.external_ref id from ${asked}`, [tenantId]), refs, company)
    for (const kind of ['request', 'advertising_data', 'advertising_email'])
      assert.equal(await count(`from consent_events where tenant_id = $1 and how = 'site' and kind = $2 and state = 'given'`, [tenantId, kind]), refs.length, `${company} ${kind}`)
    assert.equal(await count('from policy_marks where tenant_id = $1', [tenantId]), refs.length, company)
  }
  assert.equal(await count(`from intake_messages where format = 'mail'`), done.letters.length)
  const phoned = [...done.byHand, ...Object.values(scene.clients).flat()].map(({ leadId }) => leadId)
  assert.deepEqual(await idsOf('select id from leads where source_id = $1', [house.dealer.sources.phone]), sorted(phoned))
  const [imported] = (await scene.database.query<{ rows_done: number }>('select rows_done from lead_files')).rows
  assert.deepEqual([imported?.rows_done, await count('from leads where source_id = $1', [house.dealer.sources.file])], [done.file?.rows, done.file?.rows])
})

test('each acknowledged take, contact, working list, drive, look and correction is there exactly once', async () => {
  const { done } = scene
  assert.deepEqual(await idsOf('select id from interactions'), sorted(done.interactions))
  assert.deepEqual(await idsOf('select id from deals'), sorted(done.deals))
  assert.deepEqual(await idsOf('select id from test_drives'), sorted(done.drives.map(({ id }) => id)))
  for (const [event, ids] of [
    ['lead.taken', done.taken],
    ['interaction.logged', done.interactions],
    ['deal.opened', done.deals],
    ['test_drive.booked', done.drives.map(({ id }) => id)],
  ] as const)
    assert.deepEqual(await idsOf('select object_id as id from log_events where event = $1', [event]), sorted(ids), event)
  assert.equal(await count(`from leads where status = 'new' and id = any ($1)`, [done.taken]), 0, 'what was taken is taken')
  const told = 'select event, count(*)::int as times from log_events e where event in ($1, $2) and $3 = any (person_ids) group by event'
  for (const [personId, looks] of Map.groupBy(done.looks, (id) => id)) {
    const { rows } = await scene.database.query<{ event: string; times: number }>(told, ['person.revealed', 'person.edited', personId])
    const times = (event: string): number => rows.find((row) => row.event === event)?.times ?? 0
    assert.ok(times('person.revealed') >= looks.length, `somebody saw ${personId} ${looks.length} times, the log knows of ${times('person.revealed')}`)
    const edit = done.edits.get(personId)
    if (edit) assert.deepEqual([times('person.edited'), await count('from persons where id = $1 and version = $2', [personId, edit.version])], [edit.times, 1], personId)
  }
})

test('each acknowledged "no" stands, once, and nothing is sent against it', async () => {
  const { noes, unsubscribed } = scene.done
  for (const { personId, kind, eventId } of noes)
    assert.deepEqual(await idsOf(`select id from consent_events where person_id = $1 and kind = $2 and state = 'withdrawn'`, [personId, kind]), [eventId])
  assert.equal(await count(`from objections where how = 'unsubscribe_link' and lifted_at is null`), unsubscribed.length)
  const since = Date.now()
  await untilDone(scene, await begin(scene, templateId))
  const after = (await letters(scene)).filter(({ at }) => at >= since).map(({ to }) => to)
  const no = new Set([
    ...unsubscribed.map(({ email }) => email),
    ...Object.values(scene.clients).flatMap((each) => each.flatMap(({ personId, email }) => (noes.some((said) => said.personId === personId) ? [email] : []))),
  ])
  assert.deepEqual(
    after.filter((to) => no.has(to)),
    [],
  )
  assert.ok(after.length > 0, 'whoever has not said no is still written to')
  const both = Map.groupBy(await letters(scene), ({ messageId }) => messageId)
  for (const [messageId, sent] of both) assert.equal(new Set(sent.map(({ to }) => to)).size, 1, messageId)
  assert.equal(
    await count(`from (select mailing_id, person_id from outbound_messages where mailing_id is not null and person_id is not null group by 1, 2 having count(*) > 1) twice`),
    0,
    'no mailing has anybody twice',
  )
})

test('each acknowledged destruction is whole: no row, no token, no key, one act', async () => {
  const keys = new pg.Client(house.superuser.keys)
  await keys.connect()
  for (const { personId, actId } of scene.done.destroyed) {
    for (const from of ['persons where id', 'facts where person_id', 'search_tokens where person_id', 'grounds where person_id', 'consent_events where person_id'])
      assert.equal(await count(`from ${from} = $1`, [personId]), 0, from)
    assert.deepEqual(await idsOf('select id from destruction_acts where $1 = any (person_ids)', [personId]), [actId])
    const { rows } = await keys.query<{ left: number }>(
      `select count(d.key_id)::int as left from shreds s left join data_keys d on d.key_id = any (s.key_ids) where s.subject_id = $1 having count(s.n) > 0`,
      [personId],
    )
    assert.deepEqual(rows, [{ left: 0 }], 'their keys are gone and the key store says so')
  }
  const { rows: used } = await scene.database.query<{ keyId: string }>(
    'select distinct key_id "keyId" from (select key_id from facts union all select key_id from intake_messages) all_keys',
  )
  const { rows: found } = await keys.query<{ count: number }>('select count(*)::int as count from data_keys where key_id = any ($1)', [used.map(({ keyId }) => keyId)])
  await keys.end()
  assert.equal(found[0]?.count, used.length, 'every payload has its key')
})

test('each request of the distributor’s site is handed over exactly once, on both sides', async () => {
  const { done, net } = scene
  const asked = done.forms.filter(({ company }) => company === 'veltara').length
  const handed = `from network_transfers where tenant_id = $1 and state = 'done'`
  for (const deadline = Date.now() + PATIENCE_MS; (await count(handed, [net.veltara.tenantId])) < asked; await sleep(200))
    assert.ok(Date.now() < deadline, `of ${asked} requests ${await count(handed, [net.veltara.tenantId])} were handed over\n${house.words()}`)
  assert.equal(await count(handed, [net.veltara.tenantId]), asked)
  assert.equal(await count('from received_transfers where tenant_id = $1', [net.zvezda.tenantId]), asked)
  assert.equal(await count('from leads where tenant_id = $1 and network_lead_id is not null', [net.zvezda.tenantId]), asked)
})

test('nothing is there by halves', async () => {
  for (const [what, text] of halves) await eventually(async () => (await count(text)) === 0, `an end of ${what}: ${await count(text)} of them`)
})

test('the log verifies against the heads that were published meanwhile', async () => {
  for (
    const deadline = Date.now() + PATIENCE_MS;
    (await count('from log_events e where not exists (select from log_leaves l where l.tenant_id = e.tenant_id and l.event_id = e.id)')) > 0;
    await sleep(200)
  ) {
    assert.ok(Date.now() < deadline, `the sealer has not caught up\n${house.words()}`)
  }
  const database = new pg.Client(house.superuser.main)
  await database.connect()
  await database.query('begin isolation level repeatable read read only')
  const verdict = await verifyLog({
    source: databaseSource(rowsOf(database)),
    headsDir: path.join(house.folder, 'heads'),
    publicKey: readPublicKey(path.join(house.folder, 'secrets', 'log.key')),
  })
  await database.end()
  assert.deepEqual(verdict.problems, [])
  assert.equal(verdict.problemCount, 0)
  assert.ok(verdict.heads > 0 && verdict.entries >= (await count('from log_events')) - 50, `${verdict.heads} heads over ${verdict.entries} entries`)
})
