import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Upload } from '../../../contract/upload.ts'
import { openSegments, SEGMENT_BYTES, sealStream } from './seal-stream.ts'

/** An upload that has come whole; `sha256` is of its own bytes. Whoever took it closes it, and then it is gone. */
export type Spooled = Upload & { sha256: Buffer; close: () => Promise<void> }
export type Spool = (body: AsyncIterable<Uint8Array>, maxBytes: number) => Promise<Spooled>

/** More came than may. */
export class TooLong extends Error {
  override readonly name = 'TooLong'
  constructor() {
    super('more bytes came than may')
  }
}

/**
 * Takes bodies in as they come, sealed piece by piece, into files that have no name: opened, unlinked, and gone with their handle, also when the process
 * is killed. The key of each lives in this process only, so what the disk still holds of it afterwards is noise. No more than a few segments are in memory.
 * Throws TooLong, and whatever the body throws; then nothing is left.
 */
export const openSpool =
  (folder: string): Spool =>
  async (body, maxBytes) => {
    const handle = await nameless(folder)
    try {
      const [key, hash] = [randomBytes(32), createHash('sha256')]
      const counted = { bytes: 0 }
      for await (const piece of sealStream(key, measured(body, { counted, hash, maxBytes }))) await handle.appendFile(piece)
      return { ...readerOf(handle, key, counted.bytes), sha256: hash.digest() }
    } catch (error) {
      await handle.close()
      throw error
    }
  }

async function nameless(folder: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, randomUUID())
  const handle = await open(file, 'wx+', 0o600)
  try {
    await rm(file)
  } catch (error) {
    await handle.close()
    throw error
  }
  return handle
}

type Measure = { counted: { bytes: number }; hash: { update: (bytes: Uint8Array) => unknown }; maxBytes: number }
async function* measured(body: AsyncIterable<Uint8Array>, { counted, hash, maxBytes }: Measure): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    counted.bytes += chunk.byteLength
    if (counted.bytes > maxBytes) throw new TooLong()
    hash.update(chunk)
    yield chunk
  }
}

function readerOf(handle: FileHandle, key: Buffer, bytes: number): Omit<Spooled, 'sha256'> {
  const segmentOf = openSegments(key, bytes, async (at, length) => {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, at)
    return buffer.subarray(0, bytesRead)
  })
  // A table of contents is read in many small steps: the segment they lie in is opened once.
  let last: { n: number; opened: Promise<Buffer> } | null = null
  const segment = (n: number): Promise<Buffer> => {
    if (last?.n !== n) last = { n, opened: segmentOf(n) }
    return last.opened
  }
  async function* stretch(start: number, end: number): AsyncGenerator<Buffer> {
    for (let n = Math.floor(start / SEGMENT_BYTES); n * SEGMENT_BYTES < end; n++) {
      const from = n * SEGMENT_BYTES
      yield (await segment(n)).subarray(Math.max(0, start - from), end - from)
    }
  }
  return {
    bytes,
    read: () => stretch(0, bytes),
    close: () => {
      last = null
      return handle.close()
    },
    part: async (start, length) => {
      const pieces: Buffer[] = []
      for await (const piece of stretch(start, Math.min(bytes, start + length))) pieces.push(piece)
      return Buffer.concat(pieces)
    },
  }
}
