import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { mayReach } from './unprivileged.ts'

test('a stranger cannot walk through a folder of mode 0700, and can through one of 0711', (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'infotech-reach-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const stranger = { uid: 4_242_424, gid: 4_242_424 }
  const inside = path.join(folder, 'closed/data/pgdata')
  mkdirSync(path.join(folder, 'closed'), { mode: 0o700 })
  chmodSync(folder, 0o755)
  assert.equal(mayReach(inside, stranger), false)
  assert.equal(mayReach(inside, undefined), true)
  chmodSync(path.join(folder, 'closed'), 0o711)
  assert.equal(mayReach(inside, stranger), true)
})
