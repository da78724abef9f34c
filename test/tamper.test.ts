import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import { openEnds } from './ends.ts'
import { openSealer, type TestSealer } from './seal.ts'
import { stage, type Person, type Stage } from './stage.ts'

let scene: Stage
let sealer: TestSealer
const ends = openEnds()
before(async () => {
  scene = await stage(ends)
  sealer = openSealer(scene.database, scene.owner)
})
after(async () => {
  await sealer.close()
  await ends.close()
})

/** A dealer with a day's work in the log: leads in, clients created and looked at, each round under a head of its own. */
async function aDay(): Promise<Person> {
  const dealer = await scene.dealer()
  const anna = await scene.hire('operator', { dealer, outletId: null })
  const site = await scene.machine(dealer)
  for (let round = 0; round < 3; round++) {
    await site.post('/intake/leads', { sourceCode: 'site', externalRef: `R-${round}`, contact: { fullName: 'Петрова Мария', phones: [`+7 999 111 22 3${round}`] } })
    const { body } = await anna.post<{ id: string }>('/persons', {
      contact: { fullName: 'Иванов Пётр', phones: [`+7 999 000-11-2${round}`] },
      ground: { activityCode: 'lead', basis: 'contract' },
    })
    await anna.post(`/persons/${body.id}/reveal`, { purpose: 'request_handling' })
    await sealer.seal()
  }
  return anna
}

/** `npm run log:verify` as an auditor runs it: the published heads, the public key and the database. */
function verify(tenantId: string, ...more: string[]): Promise<{ code: number | null; said: string }> {
  const { user, password, host, port, database } = scene.database.owner
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'tools/log-verify.ts', '--heads', sealer.headsDir, '--key', sealer.keyFile, '--tenant', tenantId, ...more],
    {
      cwd: repositoryFolder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        DATA_DIR: path.join(sealer.folder, 'data'),
        DATABASE_URL: `postgres://${user}:${encodeURIComponent(password)}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`,
      },
    },
  )
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })))
}

type Event = { id: string; position: number }
async function sealedEvent(anna: Person, event: string): Promise<Event> {
  const { rows } = await scene.owner.query<Event>(
    `select e.id, l.position::int as position from log_events e join log_leaves l on l.tenant_id = e.tenant_id and l.event_id = e.id where e.tenant_id = $1 and e.event = $2 order by l.position offset 1 limit 1`,
    [anna.dealer.tenantId, event],
  )
  assert.ok(rows[0], `${event} is sealed`)
  return rows[0]
}

test('a day that nobody touched is intact', async () => {
  const anna = await aDay()
  const { code, said } = await verify(anna.dealer.tenantId)
  assert.match(said, /Intact: \d+ entries in 1 trees under \d+ signed heads/)
  assert.equal(code, 0)
})

test('an export is checked far from the database, and one word changed in it is found', async () => {
  const anna = await aDay()
  const file = path.join(sealer.folder, 'log.ndjson')
  const written = await verify(anna.dealer.tenantId, '--write-export', file)
  assert.deepEqual([written.code, /^\d+ entries are in /.test(written.said)], [0, true], written.said)
  const intact = await verify(anna.dealer.tenantId, '--export', file)
  assert.equal(intact.code, 0, intact.said)
  assert.match(intact.said, /Intact: \d+ entries/)
  writeFileSync(file, readFileSync(file, 'utf8').replace('"role":"operator"', '"role":"seller"'))
  const changed = await verify(anna.dealer.tenantId, '--export', file)
  assert.equal(changed.code, 1, changed.said)
  assert.match(changed.said, /CHANGED/)
})

const edits: readonly { what: string; sql: (event: Event, tenant: string) => string; word: string }[] = [
  { what: 'wrote another person as the one who looked', sql: ({ id }) => `update log_events set actor_id = '${randomUUID()}' where id = '${id}'`, word: 'CHANGED' },
  { what: 'gave the look another purpose', sql: ({ id }) => `update log_events set purpose = 'rights' where id = '${id}'`, word: 'CHANGED' },
  { what: 'moved the look an hour back', sql: ({ id }) => `update log_events set at = at - interval '1 hour' where id = '${id}'`, word: 'CHANGED' },
  { what: 'took the client off the look', sql: ({ id }) => `update log_events set person_ids = '{}' where id = '${id}'`, word: 'CHANGED' },
  { what: 'removed the look', sql: ({ id }) => `delete from log_events where id = '${id}'`, word: 'REMOVED' },
]
for (const { what, sql, word } of edits) {
  test(`the owner of the tables ${what}, and the verifier names the place`, async () => {
    const anna = await aDay()
    const event = await sealedEvent(anna, 'person.revealed')
    const { rowCount } = await scene.owner.query(sql(event, anna.dealer.tenantId))
    assert.equal(rowCount, 1)
    const { code, said } = await verify(anna.dealer.tenantId)
    assert.match(said, new RegExp(`^${word} .*position ${event.position}\\b.*`, 'm'))
    assert.ok(said.includes(event.id), said)
    assert.equal(code, 1)
  })
}

test('the owner slips an event into yesterday, and the verifier finds it outside the tree', async () => {
  const anna = await aDay()
  const forged = randomUUID()
  await scene.owner.query(
    `insert into log_events select tenant_id, $2, at, '3'::xid8, event, actor_kind, actor_id, role, door, purpose, person_ids, object_kind, object_id, details, body, leaf from log_events where tenant_id = $1 order by at limit 1`,
    [anna.dealer.tenantId, forged],
  )
  const { code, said } = await verify(anna.dealer.tenantId)
  assert.match(said, new RegExp(`^INSERTED .*${forged}`, 'm'))
  assert.equal(code, 1)
})

test('the owner exchanges two events in the tree, and the verifier names both places', async () => {
  const anna = await aDay()
  const [one, other] = [await sealedEvent(anna, 'person.revealed'), await sealedEvent(anna, 'person.created')]
  await scene.owner.query(`update log_leaves l set event_id = null where tenant_id = $1 and event_id = any($2)`, [anna.dealer.tenantId, [one.id, other.id]])
  for (const [position, id] of [
    [one.position, other.id],
    [other.position, one.id],
  ] as const)
    await scene.owner.query(`update log_leaves set event_id = $3, leaf = (select leaf from log_events where tenant_id = $1 and id = $3) where tenant_id = $1 and position = $2`, [
      anna.dealer.tenantId,
      position,
      id,
    ])
  const { code, said } = await verify(anna.dealer.tenantId)
  for (const { position } of [one, other]) assert.match(said, new RegExp(`position ${position}\\b`))
  assert.equal(code, 1)
})

test('the owner forges a whole head, and the verifier asks for the signature', async () => {
  const anna = await aDay()
  await scene.owner.query(`update log_heads set note = replace(note, 'time 2', 'time 3') where tenant_id = $1 and size = (select max(size) from log_heads where tenant_id = $1)`, [
    anna.dealer.tenantId,
  ])
  const { code, said } = await verify(anna.dealer.tenantId)
  assert.match(said, /not signed|another note than was published/)
  assert.equal(code, 1)
})
