import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'
import pg from 'pg'
import { readConfig } from '../config/config.ts'
import { clusterFolders, openDatabases } from './databases.ts'
import { runningPostmaster } from './orphan.ts'

test('a pool goes on with its work after the database under it was killed with -9', async (t) => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'infotech-data-'))
  chmodSync(dataDir, 0o711)
  t.after(() => rmSync(dataDir, { recursive: true, force: true }))
  const config = readConfig({ DATA_DIR: dataDir })
  assert.ok(!('mistakes' in config))
  const said: string[] = []
  const databases = await openDatabases(config, 'a password of the owner', (sentence) => said.push(sentence))
  const pool = new pg.Pool({ ...databases.main, max: 2 })
  pool.on('error', () => {})
  t.after(async () => {
    await pool.end()
    await databases.stop()
  })
  await pool.query("create table kept as select 'before' as word")
  const folders = clusterFolders(dataDir)
  const killed = Number(readFileSync(path.join(folders.main, 'pgdata/postmaster.pid'), 'utf8').split('\n')[0])
  const keys = runningPostmaster(path.join(folders.keys, 'pgdata'))
  process.kill(killed, 'SIGKILL')
  const answer = await patiently(() => pool.query<{ word: string }>('select word from kept'))
  assert.deepEqual(answer.rows, [{ word: 'before' }])
  assert.ok(said.includes('PostgreSQL of the database has ended (SIGKILL); starting it again.'))
  assert.equal(runningPostmaster(path.join(folders.keys, 'pgdata')), keys)
})

/** As whoever uses the system does: tries again while the database is away. The first try fails on the connection that died. */
async function patiently<T>(act: () => Promise<T>): Promise<T> {
  await sleep(100)
  for (let tries = 0; ; tries++) {
    try {
      return await act()
    } catch (error) {
      if (tries > 100) throw error
      await sleep(200)
    }
  }
}
