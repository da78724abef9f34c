import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { fakeS3 } from '../../../test/fakes/s3.ts'
import { ObjectMissing, objectName } from './object-store.ts'
import { openStream, sealedLength, SEGMENT_BYTES, sealStream } from './seal-stream.ts'
import { aside } from '../../../test/aside.ts'
import { openFiles } from './sealed-files.ts'

const key = randomBytes(32)
async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}
async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const sealed = (bytes: Buffer): Promise<Buffer> => whole(sealStream(key, cut(bytes, 10_007)))
const opened = (bytes: Buffer, size = 7_001): Promise<Buffer> => whole(openStream(key, cut(bytes, size)))
const damaged = { name: 'FileDamaged' }

test('whatever Anna stores comes back byte for byte, however the network cuts it', async () => {
  const lengths = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 2 * SEGMENT_BYTES, 3 * SEGMENT_BYTES + 5))
  await fc.assert(
    fc.asyncProperty(lengths, fc.integer({ min: 100, max: 200_000 }), async (length, size) => {
      const bytes = randomBytes(length)
      const object = await sealed(bytes)
      assert.equal(object.length, sealedLength(length))
      assert.ok((await opened(object, size)).equals(bytes))
    }),
    { numRuns: 40 },
  )
})

test('a file that somebody cut short, whole segments included, does not open', async () => {
  const object = await sealed(randomBytes(3 * SEGMENT_BYTES))
  const segment = SEGMENT_BYTES + 16
  for (const length of [0, 5, 11, 12, 11 + segment, 11 + 2 * segment, object.length - 1]) await assert.rejects(opened(object.subarray(0, length)), damaged, String(length))
})

test('segments that were exchanged, repeated or put into another file do not open', async () => {
  const [one, other] = [await sealed(randomBytes(3 * SEGMENT_BYTES)), await sealed(randomBytes(3 * SEGMENT_BYTES))]
  const part = (object: Buffer, n: number): Buffer => object.subarray(11 + n * (SEGMENT_BYTES + 16), 11 + (n + 1) * (SEGMENT_BYTES + 16))
  const head = one.subarray(0, 11)
  await assert.rejects(opened(Buffer.concat([head, part(one, 1), part(one, 0), part(one, 2)])), damaged)
  await assert.rejects(opened(Buffer.concat([head, part(one, 0), part(one, 0), part(one, 2)])), damaged)
  await assert.rejects(opened(Buffer.concat([head, part(one, 0), part(other, 1), part(one, 2)])), damaged)
  await assert.rejects(opened(Buffer.concat([one, part(other, 2)])), damaged)
})

test('one changed bit anywhere is noticed', async () => {
  const object = await sealed(randomBytes(SEGMENT_BYTES + 100))
  await fc.assert(
    fc.asyncProperty(fc.nat(object.length * 8 - 1), async (bit) => {
      const spoilt = Buffer.from(object)
      spoilt[bit >> 3] = (spoilt[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      await assert.rejects(opened(spoilt), damaged)
    }),
    { numRuns: 60 },
  )
})

async function throughStore(filesUrl: string): Promise<void> {
  const files = openFiles(filesUrl, aside)
  const place = { tenantId: randomUUID(), fileId: randomUUID(), key }
  const bytes = randomBytes(200_000)
  await files.store(place, bytes.length, cut(bytes, 65_000))
  assert.ok((await whole(await files.open(place))).equals(bytes))
  await assert.rejects(async () => whole(await files.open({ ...place, key: randomBytes(32) })), damaged)
  await files.remove(place)
  await files.remove(place)
  await assert.rejects(files.open(place), ObjectMissing)
}

test('a folder keeps sealed objects only, and none that was not written whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'files-'))
  try {
    await throughStore(folder)
    const files = openFiles(folder, aside)
    const place = { tenantId: randomUUID(), fileId: randomUUID(), key }
    const secret = Buffer.from('Шереметьевская Аглая +79161234567 '.repeat(50))
    await files.store(place, secret.length, cut(secret, 100))
    assert.ok(!readFileSync(join(folder, place.tenantId, place.fileId)).includes('79161234567'))
    async function* torn(): AsyncGenerator<Buffer> {
      yield secret
      throw new Error('the line broke')
    }
    await assert.rejects(files.store({ ...place, fileId: randomUUID() }, secret.length * 2, torn()), /the line broke/)
    await assert.rejects(files.store({ ...place, fileId: randomUUID() }, secret.length * 2, cut(secret, 100)), /another length/)
    assert.deepEqual(readdirSync(join(folder, place.tenantId)), [place.fileId])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('an S3 store gets signed requests, is asked again when it stumbles, and refuses a wrong secret', async () => {
  const s3 = await fakeS3()
  try {
    await throughStore(s3.url)
    const files = openFiles(s3.url, aside)
    const place = { tenantId: randomUUID(), fileId: randomUUID(), key }
    await files.store(place, 5, cut(Buffer.from('пять!').subarray(0, 5), 5))
    s3.stumble(2)
    assert.equal((await whole(await files.open(place))).length, 5)
    await assert.rejects(openFiles(s3.url.replace('AKIDEXAMPLE:', 'AKIDEXAMPLE:x'), aside).open(place), /answered 403/)
  } finally {
    await s3.close()
  }
})

test('a store that reads slowly is waited for: what it has not taken is not read ahead', async () => {
  const [piece, pieces] = [randomBytes(SEGMENT_BYTES), 800]
  let [given, taken] = [0, 0]
  let goOn = (): void => {}
  const server = http.createServer((request, response) => {
    goOn = () => request.on('data', (chunk: Buffer) => void (taken += chunk.length)).on('end', () => response.writeHead(200).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    async function* much(): AsyncGenerator<Buffer> {
      for (; given < pieces; given++) yield piece
    }
    const files = openFiles(`http://k:s@127.0.0.1:${(server.address() as AddressInfo).port}/files`, aside)
    const stored = files.store({ tenantId: randomUUID(), fileId: randomUUID(), key }, pieces * piece.length, much())
    // Until it stands still: so much is in the sockets of both sides and in the pipe between them.
    for (let before = -1; given === 0 || before !== given; await new Promise((resolve) => setTimeout(resolve, 200))) before = given
    assert.ok(given * piece.length < 20 * 1024 * 1024, `${given * piece.length} bytes were read ahead of a store that had taken none`)
    goOn()
    await stored
    assert.deepEqual([given, taken], [pieces, sealedLength(pieces * piece.length)])
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('no name leads out of the store', () => {
  assert.throws(() => objectName('../../etc', 'passwd'), TypeError)
})
