import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import type pg from 'pg'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import { checkBackup } from '../tools/restore/check-backup.ts'
import { RestoreFailed } from '../tools/restore/say.ts'
import { freshDatabase, testPool } from './database.ts'
import { stage, type Stage } from './stage.ts'

test('npm run restore:check rehearses a restore from beginning to end, and nobody comes back', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(repositoryFolder, 'tools/restore-check.ts')], {
    encoding: 'utf8',
    cwd: repositoryFolder,
  })
  assert.equal(status, 0, `${stdout}\n${stderr}`)
  for (const said of [
    'is held, and is found by phone',
    'removed 34 rows',
    'not found',
    'finds nobody',
    'no row of theirs in facts',
    'the vault does not start',
    'Nobody came back.',
  ])
    assert.ok(stdout.includes(said), `it says: ${said}\n${stdout}`)
})

/** What a backup of the main database holds of its people, in a database of its own. */
async function backupOf(scene: Stage, t: TestContext): Promise<pg.Pool & { login: pg.ClientConfig }> {
  const copy = await freshDatabase(t)
  const into = testPool(copy.owner, 1)
  t.after(() => into.end())
  await into.query('delete from installation')
  for (const [table, columns] of [
    ['installation', 'id'],
    ['tenants', 'tenant_id, kind, name, inn, ogrn, address'],
    ['persons', 'tenant_id, id, kind'],
    ['facts', 'tenant_id, person_id, class, record_id, version, key_id, payload'],
    ['search_tokens', 'tenant_id, token, person_id, kind'],
  ] as const) {
    const { rows } = await scene.owner.query<{ json: string }>(`select to_json(t)::text as json from (select ${columns} from ${table}) t`)
    await into.query(`insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::json)`, [`[${rows.map(({ json }) => json).join(',')}]`])
  }
  return Object.assign(into, { login: copy.owner })
}

test('a backup of one’s own is checked against the living key store: who was destroyed since is noise in it, and is removed', async (t) => {
  const scene = await stage(t)
  const [anna, igor] = [await scene.hire('operator'), await scene.hire('privacy_officer', { outletId: null })]
  const { body } = await anna.post<{ personId: string }>('/leads', { sourceId: anna.dealer.sources.phone, contact: { fullName: 'Призракова Инна', phones: ['+7 999 111 2233'] } })
  const kept = await anna.post<{ personId: string }>('/leads', { sourceId: anna.dealer.sources.phone, contact: { fullName: 'Живая Анна', phones: ['+7 999 111 2244'] } })
  const backup = await backupOf(scene, t)
  await scene.owner.query(`update grounds set ended_at = now(), ended_reason = 'purpose_reached' where person_id = $1`, [body.personId])
  assert.equal((await igor.post(`/persons/${body.personId}/destroy`)).status, 200)
  const folder = mkdtempSync(path.join(tmpdir(), 'infotech-restore-test-'))
  const runtime = { process: 'vault', database: scene.database.vault, keystore: scene.database.keys, headsDir: folder }
  process.env.INFOTECH_RUNTIME = path.join(folder, 'vault.json')
  t.after(() => delete process.env.INFOTECH_RUNTIME)
  writeFileSync(process.env.INFOTECH_RUNTIME, JSON.stringify(runtime))
  const said: string[] = []
  await checkBackup(backup.login as never, (sentence) => said.push(sentence))
  assert.match(said.join('\n'), /still holds 1 of those people[\s\S]*None of their[\s\S]*No fact and no search token/)
  const left = async (personId: string): Promise<number> => (await backup.query('select 1 from facts where person_id = $1', [personId])).rows.length
  assert.deepEqual([await left(body.personId), await left(kept.body.personId)], [0, 1])

  const keys = testPool(scene.database.keysOwner, 1)
  await keys.query(
    `insert into data_keys (tenant_id, key_id, e, wrapped, commitment) select s.tenant_id, s.key_ids[1], d.e, d.wrapped, d.commitment from shreds s, (select e, wrapped, commitment from data_keys limit 1) d`,
  )
  await assert.rejects(
    checkBackup(backup.login as never, () => {}),
    (error) => error instanceof RestoreFailed && /None of their/.test(error.message),
    'a key that came back is noticed',
  )
  await keys.end()
})
