import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { readSecrets, secretsFolder } from './secrets.ts'

test("secrets are drawn once, are this installation's own, and only the owner may read them", (t) => {
  const [one, other] = [mkdtempSync(path.join(os.tmpdir(), 'infotech-secrets-')), mkdtempSync(path.join(os.tmpdir(), 'infotech-secrets-'))]
  t.after(() => [one, other].forEach((folder) => rmSync(folder, { recursive: true, force: true })))
  const secrets = readSecrets(one)
  assert.deepEqual(readSecrets(one), secrets)
  assert.notDeepEqual(readSecrets(other), secrets)
  const all = [secrets.ownerPassword, ...Object.values(secrets.databasePasswords), ...Object.values(secrets.vaultTokens)]
  assert.equal(new Set(all).size, 7)
  for (const secret of all) assert.ok(secret.length >= 32)
  const file = path.join(secretsFolder(one), 'passwords.json')
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.equal(statSync(secretsFolder(one)).mode & 0o777, 0o700)
  chmodSync(file, 0o644)
  assert.throws(() => readSecrets(one), /may be read by others/)
})
