import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import type { TestContext } from 'node:test'
import { logKey, readPublicKey } from './log-key.ts'
import { isSignedBy, openHead, originOf, parseHead, publicKeyFrom, signHead, verifierKey } from './note.ts'
import type { Head } from './note.ts'
import { sha256 } from './merkle.ts'

const tenantId = '0198c0de-0000-7000-8000-000000000001'
const aHead: Head = { tenantId, generation: 1, size: 42, root: sha256(Buffer.from('root')), at: new Date('2026-02-03T04:05:06.007Z'), previous: null, shreds: 7 }

async function folder(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'key-'))
  t.after(() => rm(dir, { recursive: true, force: true }))
  return dir
}

test('a note that Go’s sumdb/note signed is good here too', () => {
  const [name = '', , key = ''] = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'.split('+')
  const publicKey = publicKeyFrom(Buffer.from(key, 'base64').subarray(1))
  const note =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
  assert.equal(verifierKey(name, publicKey.bytes), 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
  assert.ok(isSignedBy(note, name, publicKey))
  assert.ok(!isSignedBy(note.replace('cryptography', 'paperwork'), name, publicKey))
  assert.ok(!isSignedBy(note, 'PeterNewman', publicKey))
})

test('a head is a checkpoint that anyone’s C2SP tools read', async (t) => {
  const key = logKey(join(await folder(t), 'log.key'))
  const note = signHead(aHead, key)
  const lines = note.split('\n')
  assert.deepEqual(lines.slice(0, 6), [`infotech/${tenantId}`, '42', aHead.root.toString('base64'), 'time 2026-02-03T04:05:06.007Z', 'previous none', 'shreds 7'])
  assert.equal(lines[6], '')
  assert.match(lines[7] ?? '', new RegExp(`^— infotech/${tenantId} [A-Za-z0-9+/]+=*$`))
  assert.deepEqual(openHead(note, key.publicKey), aHead)
  const later: Head = { ...aHead, generation: 3, previous: sha256(Buffer.from(note)), shreds: null }
  assert.deepEqual(openHead(signHead(later, key), key.publicKey), later)
  assert.equal(originOf(tenantId, 3), `infotech/${tenantId}/3`)
})

test('a witness may add a signature; a changed word, another key or another name is refused', async (t) => {
  const dir = await folder(t)
  const [key, other] = [logKey(join(dir, 'a.key')), logKey(join(dir, 'b.key'))]
  const note = signHead(aHead, key)
  assert.deepEqual(openHead(`${note}— importer.example ${Buffer.alloc(68).toString('base64')}\n`, key.publicKey), aHead)
  assert.equal(openHead(note.replace('\n42\n', '\n43\n'), key.publicKey), null)
  assert.equal(openHead(note.replace('shreds 7', 'shreds 6'), key.publicKey), null)
  assert.equal(openHead(note, other.publicKey), null)
  assert.equal(openHead(note.replaceAll('infotech', 'imposter'), key.publicKey), null)
  for (const junk of ['', '\n\n', 'x', note.slice(0, -1), note.slice(0, 40)]) assert.equal(openHead(junk, key.publicKey), null)
  assert.equal(parseHead(note.replace('2026-02-03', '2026-99-03')), null)
})

test('the log makes its key once, for nobody else’s eyes', async (t) => {
  const file = join(await folder(t), 'secrets', 'log.key')
  const key = logKey(file)
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  assert.deepEqual(logKey(file).publicKey.bytes, key.publicKey.bytes)
  assert.deepEqual(readPublicKey(file).bytes, key.publicKey.bytes)
  const line = join(file, '..', 'log.pub')
  await writeFile(line, `${verifierKey('infotech', key.publicKey.bytes)}\n`)
  assert.deepEqual(readPublicKey(line).bytes, key.publicKey.bytes)
  await chmod(file, 0o640)
  assert.throws(() => logKey(file), /0600/)
})
