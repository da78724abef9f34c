import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import { takeLock } from './lock.ts'

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'infotech-lock-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('the second who asks for a lock learns who has it, and gets it after it was given back', (t) => {
  const folder = newFolder(t)
  const file = path.join(folder, 'lock')
  const first = takeLock(file)
  assert.ok('release' in first)
  assert.deepEqual(takeLock(file), { heldBy: process.pid })
  first.release()
  assert.ok('release' in takeLock(file))
  assert.deepEqual(readdirSync(folder), ['lock'])
})

test('the lock of a process that was killed is taken over', (t) => {
  const file = path.join(newFolder(t), 'lock')
  const { pid } = spawnSync(process.execPath, ['--version'])
  writeFileSync(file, `${pid} 1\n`)
  assert.ok('release' in takeLock(file))
})

test("a stranger who has got the dead holder's number does not keep the lock", { skip: process.platform !== 'linux' && 'beginnings of processes are known on Linux only' }, (t) => {
  const file = path.join(newFolder(t), 'lock')
  writeFileSync(file, `${process.ppid} 1\n`)
  assert.ok('release' in takeLock(file))
})
