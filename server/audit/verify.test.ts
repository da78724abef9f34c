import assert from 'node:assert/strict'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import type { TestContext } from 'node:test'
import { newId } from '../platform/ids.ts'
import { anEvent, logStage, writeEvents } from './log-stage.ts'
import type { LogStage } from './log-stage.ts'
import { logKey } from './log-key.ts'
import { openHead, signHead } from './note.ts'
import { sealOnce } from './sealer.ts'
import type { Problem } from './verify-tree.ts'

type Sealed = { stage: LogStage; tenantId: string; ids: string[] }

/** Four batches of five events; ids in tree order. */
async function sealedLog(t: TestContext): Promise<Sealed> {
  const stage = await logStage(t)
  const tenantId = newId()
  for (let batch = 0; batch < 4; batch += 1) {
    for (let i = 0; i < 5; i += 1) await writeEvents(stage.web, [anEvent(tenantId)])
    assert.equal((await stage.seal()).events, 5)
  }
  const { rows } = await stage.owner.query<{ event_id: string }>('select event_id from log_leaves order by position')
  return { stage, tenantId, ids: rows.map((row) => row.event_id) }
}

const places = (problems: Problem[]): string[] => problems.map(({ kind, position, eventId }) => `${kind} ${position ?? '-'} ${eventId ?? '-'}`)

const changes: Record<string, string> = {
  at: `at + interval '1 microsecond'`,
  event: `'person.listed'`,
  actor_kind: `'support'`,
  actor_id: 'gen_random_uuid()',
  role: `'administrator'`,
  door: `'GET /people'`,
  purpose: 'null',
  person_ids: 'person_ids[1:1]',
  object_kind: `'deal'`,
  object_id: 'null',
  details: `details || '{"count": 3}'`,
  body: `'another body'`,
  leaf: `sha256('x')`,
  xid: `(xid::text::int8 + 3)::text::xid8`,
}

test('whoever changes any column of an event is found at the event', async (t) => {
  const { stage, ids } = await sealedLog(t)
  for (const [column, value] of Object.entries(changes)) {
    const { rows } = await stage.owner.query<{ old: string }>(`select ${column}::text as old from log_events where id = $1`, [ids[7]])
    await stage.owner.query(`update log_events set ${column} = ${value} where id = $1`, [ids[7]])
    const { problems } = await stage.verify()
    assert.ok(problems.length > 0, `a changed ${column} was not found`)
    // A moved transaction number shows where the order breaks: at the event itself or the one behind it.
    const expected = column === 'xid' ? [`changed 8 ${ids[8]}`] : [`changed 7 ${ids[7]}`]
    assert.deepEqual(places(problems), expected, column)
    await stage.owner.query(`update log_events set ${column} = $2::text::${await typeOf(stage, column)} where id = $1`, [ids[7], rows[0]?.old])
    assert.deepEqual((await stage.verify()).problems, [], column)
  }
})

async function typeOf({ owner }: LogStage, column: string): Promise<string> {
  const { rows } = await owner.query<{ type: string }>(
    `select format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = 'log_events'::regclass and attname = $1`,
    [column],
  )
  return rows[0]?.type ?? 'text'
}

test('an event that was deleted is missed at its place', async (t) => {
  const { stage, ids } = await sealedLog(t)
  await stage.owner.query('delete from log_events where id = $1', [ids[3]])
  assert.deepEqual(places((await stage.verify()).problems), [`removed 3 ${ids[3]}`])
})

test('an event deleted together with its leaf is missed too, and the hole is named', async (t) => {
  const { stage, ids } = await sealedLog(t)
  await stage.owner.query('delete from log_events where id = $1', [ids[3]])
  await stage.owner.query('delete from log_leaves where event_id = $1', [ids[3]])
  assert.deepEqual(places((await stage.verify()).problems), ['removed 3 -'])
})

test('closing the hole by moving the rest up is found where the event was', async (t) => {
  const { stage, ids } = await sealedLog(t)
  await stage.owner.query('delete from log_events where id = $1', [ids[12]])
  await stage.owner.query('delete from log_leaves where position = 12')
  await stage.owner.query('update log_leaves set position = position + 1000 where position > 12')
  await stage.owner.query('update log_leaves set position = position - 1001 where position > 1000')
  const found = places((await stage.verify()).problems)
  assert.equal(found[0], 'removed 12 -')
})

test('the newest events cut off are missed', async (t) => {
  const { stage } = await sealedLog(t)
  await stage.owner.query('delete from log_events e using log_leaves l where l.event_id = e.id and l.position >= 15')
  await stage.owner.query('delete from log_leaves where position >= 15')
  await stage.owner.query('delete from log_heads where size > 15')
  assert.deepEqual(places((await stage.verify()).problems), ['removed 15 -'])
})

test('a whole tenant deleted from the log is missed', async (t) => {
  const { stage } = await sealedLog(t)
  for (const table of ['log_events', 'log_leaves', 'log_heads', 'log_tiles']) await stage.owner.query(`delete from ${table}`)
  assert.deepEqual(places((await stage.verify()).problems), ['removed 0 -'])
})

test('an event rewritten together with both its leaves is found by what was published', async (t) => {
  const { stage, ids } = await sealedLog(t)
  const forged = anEvent((await stage.owner.query<{ tenant_id: string }>('select tenant_id from log_events limit 1')).rows[0]!.tenant_id)
  await writeEvents(stage.web, [forged])
  await stage.owner.query('update log_events set xid = (select xid from log_events where id = $2) where id = $1', [forged.id, ids[11]])
  await stage.owner.query('delete from log_events where id = $1', [ids[11]])
  await stage.owner.query('update log_leaves set event_id = $1, leaf = (select leaf from log_events where id = $1) where position = 11', [forged.id])
  // The sealer never saw the forged event, so the index by person lacks it too.
  assert.deepEqual(places((await stage.verify()).problems), [`changed 11 ${forged.id}`, `removed 11 ${forged.id}`])
  await rm(join(stage.sealer.headsDir, forged.tenantId, '1', 'leaves.bin'))
  const [blurred] = (await stage.verify()).problems
  assert.equal(blurred?.kind, 'head')
  assert.match(blurred.what, /entries 10 to 14/)
})

test('an event slipped in under an old transaction is found outside the tree', async (t) => {
  const { stage, tenantId, ids } = await sealedLog(t)
  const slipped = anEvent(tenantId)
  await writeEvents(stage.web, [slipped])
  await stage.owner.query('update log_events set xid = (select xid from log_events where id = $2) where id = $1', [slipped.id, ids[4]])
  assert.deepEqual(places((await stage.verify()).problems), [`inserted - ${slipped.id}`])
})

test('a new event with an old date is found before it is sealed; one of now is not suspected', async (t) => {
  const { stage, tenantId } = await sealedLog(t)
  const backdated = anEvent(tenantId, { at: new Date(Date.now() - 86_400_000) })
  await writeEvents(stage.web, [backdated, anEvent(tenantId)])
  assert.deepEqual(places((await stage.verify()).problems), [`inserted - ${backdated.id}`])
})

test('an event squeezed into the tree is found at the place where it stands', async (t) => {
  const { stage, tenantId, ids } = await sealedLog(t)
  const slipped = anEvent(tenantId)
  await writeEvents(stage.web, [slipped])
  await stage.owner.query('update log_events set xid = (select xid from log_events where id = $2) where id = $1', [slipped.id, ids[6]])
  await stage.owner.query('update log_leaves set position = position + 1000 where position >= 7')
  await stage.owner.query('update log_leaves set position = position - 999 where position >= 1000')
  await stage.owner.query('insert into log_leaves select tenant_id, 1, 7, id, leaf from log_events where id = $1', [slipped.id])
  assert.equal(places((await stage.verify()).problems)[0], `inserted 7 ${slipped.id}`)
})

test('two events that changed places are both named', async (t) => {
  const { stage, ids } = await sealedLog(t)
  await stage.owner.query('update log_leaves set position = position + 1000 where position in (6, 8)')
  await stage.owner.query('update log_leaves set position = case position when 1006 then 8 else 6 end where position > 1000')
  assert.deepEqual(places((await stage.verify()).problems), [`reordered 6 ${ids[8]}`, `reordered 8 ${ids[6]}`])
})

test('a look taken out of what the client is shown is named', async (t) => {
  const { stage, ids } = await sealedLog(t)
  await stage.owner.query('delete from log_event_persons where ctid = (select ctid from log_event_persons where event_id = $1 limit 1)', [ids[9]])
  assert.deepEqual(places((await stage.verify()).problems), [`removed 9 ${ids[9]}`])
})

test('a stored hash that was changed is named before a proof fails on it', async (t) => {
  const stage = await logStage(t)
  const tenantId = newId()
  await writeEvents(
    stage.web,
    Array.from({ length: 600 }, () => anEvent(tenantId)),
  )
  await stage.seal()
  await stage.owner.query(`update log_tiles set hash = sha256('x') where position = 1`)
  assert.deepEqual(places((await stage.verify()).problems), ['changed 256 -'])
})

test('a head exchanged in the database, in the folder or in both is named', async (t) => {
  const { stage, tenantId } = await sealedLog(t)
  const file = join(stage.sealer.headsDir, tenantId, '1', '10.note')
  const note = await readFile(file, 'utf8')
  const head = openHead(note, stage.sealer.key.publicKey)!
  const other = logKey(join(stage.dir, 'other.key'))
  const resigned = signHead(head, other)
  await writeFile(file, resigned)
  assert.deepEqual(places((await stage.verify()).problems), ['head 10 -'])
  await stage.owner.query('update log_heads set note = $1 where size = 10', [resigned])
  const both = (await stage.verify()).problems
  assert.ok(both.some(({ position, what }) => position === 10 && what.includes('not signed')))
  await writeFile(file, note)
  assert.ok((await stage.verify()).problems.some(({ position, what }) => position === 10 && what.includes('stored note is not signed')))
  await stage.owner.query('update log_heads set note = $1 where size = 10', [note])
  assert.deepEqual((await stage.verify()).problems, [])
  await writeFile(file, await readFile(join(stage.sealer.headsDir, tenantId, '1', '15.note')))
  assert.ok((await stage.verify()).problems.some(({ what }) => what.includes('belongs to another place')))
})

test('a whole log sealed again with another key convinces nobody who has the right one', async (t) => {
  const { stage, ids } = await sealedLog(t)
  await stage.owner.query(`update log_events set role = 'administrator' where id = $1`, [ids[2]])
  for (const table of ['log_leaves', 'log_heads', 'log_tiles', 'log_event_persons']) await stage.owner.query(`delete from ${table}`)
  await rm(stage.sealer.headsDir, { recursive: true })
  const forger = { ...stage.sealer, key: logKey(join(stage.dir, 'forger.key')) }
  await stage.settle()
  assert.equal((await sealOnce(forger)).events, 20)
  const { problems } = await stage.verify()
  assert.ok(problems.some(({ kind, what }) => kind === 'head' && what.includes('not signed with the key of the log')))
})
