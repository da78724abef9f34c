import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { liveBytes } from '../../../test/live-bytes.ts'
import { SEGMENT_BYTES } from './seal-stream.ts'
import { openSpool, TooLong, type Spool } from './spool.ts'

let folder: string
let spool: Spool
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'spool-'))
  spool = openSpool(join(folder, 'waiting'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

const names = (): string[] => readdirSync(join(folder, 'waiting'))
async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

test('whatever comes in is read back as it came, as often as asked and any part of it, and has no name meanwhile', async () => {
  const lengths = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 3 * SEGMENT_BYTES, 3 * SEGMENT_BYTES + 5))
  const stretch = fc.tuple(fc.nat(4 * SEGMENT_BYTES), fc.nat(2 * SEGMENT_BYTES))
  await fc.assert(
    fc.asyncProperty(lengths, fc.integer({ min: 50, max: 200_000 }), fc.array(stretch, { minLength: 1, maxLength: 5 }), async (length, size, parts) => {
      const bytes = randomBytes(length)
      const upload = await spool(cut(bytes, size), length)
      try {
        assert.deepEqual([upload.bytes, upload.sha256], [length, createHash('sha256').update(bytes).digest()])
        for (const [start, many] of parts) assert.ok(bytes.subarray(start, start + many).equals(await upload.part(start, many)), `${many} bytes from ${start}`)
        for (const _ of [1, 2]) assert.ok(bytes.equals(await whole(upload.read())))
        assert.deepEqual(names(), [])
      } finally {
        await upload.close()
      }
      if (length > 0) await assert.rejects(whole(upload.read()), { code: 'EBADF' })
    }),
    { numRuns: 40 },
  )
})

test('one byte too many, or a line that breaks, and nothing is left', async () => {
  await assert.rejects(spool(cut(randomBytes(1_001), 100), 1_000), TooLong)
  async function* torn(): AsyncGenerator<Buffer> {
    yield randomBytes(200_000)
    throw new Error('the line broke')
  }
  await assert.rejects(spool(torn(), 1_000_000), /the line broke/)
  assert.deepEqual(names(), [])
})

test('fifty megabytes come in and are read again without ever being held', async () => {
  const [chunk, chunks] = [randomBytes(64 * 1024), 800]
  const base = await liveBytes()
  let most = 0
  const look = async (n: number): Promise<void> => {
    if (n % 100 === 0) most = Math.max(most, (await liveBytes()) - base)
  }
  async function* much(): AsyncGenerator<Buffer> {
    for (let n = 0; n < chunks; n++) {
      await look(n)
      yield chunk
    }
  }
  const upload = await spool(much(), 50 * 1024 * 1024)
  let read = 0
  for await (const piece of upload.read()) {
    await look(read / chunk.length)
    read += piece.byteLength
  }
  await upload.close()
  assert.equal(read, chunks * chunk.length)
  assert.ok(most < 1024 * 1024, `${most} bytes were held`)
})
