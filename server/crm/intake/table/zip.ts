import { Readable, pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { TableProblem, tableLimits } from './types.ts'

/** Sizes below this are let through at any ratio: a small sheet of equal cells shrinks a lot. */
const RATIO_FROM_BYTES = 4 * 1024 * 1024
const STORED = 0
const DEFLATED = 8

export type Zip = {
  has: (name: string) => boolean
  /** Inflated bytes of an entry in chunks. Throws TableProblem: zip_damaged, zip_bomb. */
  read: (name: string) => AsyncGenerator<Uint8Array>
}
type Entry = { name: string; method: number; crc: number; packedBytes: number; bytes: number; at: number }

/**
 * A zip archive in memory, read by its central directory alone (APPNOTE.TXT §4.3). Refused before anything is inflated: more than 1000 entries, 200 MiB in all,
 * a ratio over 200, entries that overlap or repeat a name, encryption, several disks, zip64. While inflating, the real bytes are held to the declared size and CRC.
 * Throws TableProblem: zip_damaged, zip_unsupported, zip_bomb.
 */
export function openZip(bytes: Buffer): Zip {
  const entries = new Map<string, Entry>()
  for (const entry of readDirectory(bytes)) {
    if (entries.has(entry.name)) throw new TableProblem('zip_damaged')
    entries.set(entry.name, entry)
  }
  refuseBomb([...entries.values()])
  return {
    has: (name) => entries.has(name),
    read: (name) => {
      const entry = entries.get(name)
      if (!entry) throw new TableProblem('not_xlsx')
      return inflate(bytes, entry)
    },
  }
}

function* readDirectory(bytes: Buffer): Generator<Entry> {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end === -1 || end + 22 > bytes.length) throw new TableProblem('zip_damaged')
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  if (bytes.readUInt16LE(end + 4) !== 0 || count === 0xffff || at === 0xffffffff) throw new TableProblem('zip_unsupported')
  if (count > tableLimits.zipEntries) throw new TableProblem('zip_bomb')
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== 0x02014b50) throw new TableProblem('zip_damaged')
    const [nameBytes, extraBytes, commentBytes] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)]
    const flags = bytes.readUInt16LE(at + 8)
    const method = bytes.readUInt16LE(at + 10)
    if ((flags & 1) !== 0 || (method !== STORED && method !== DEFLATED)) throw new TableProblem('zip_unsupported')
    const name = bytes.toString('utf8', at + 46, at + 46 + nameBytes).replaceAll('\\', '/')
    yield {
      name,
      method,
      crc: bytes.readUInt32LE(at + 16),
      packedBytes: bytes.readUInt32LE(at + 20),
      bytes: bytes.readUInt32LE(at + 24),
      at: dataStart(bytes, bytes.readUInt32LE(at + 42), end),
    }
    at += 46 + nameBytes + extraBytes + commentBytes
  }
}

function dataStart(bytes: Buffer, header: number, end: number): number {
  if (header + 30 > end || bytes.readUInt32LE(header) !== 0x04034b50) throw new TableProblem('zip_damaged')
  return header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28)
}

function refuseBomb(entries: Entry[]): void {
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  const isSqueezed = entries.some((entry) => entry.bytes > RATIO_FROM_BYTES && entry.bytes > entry.packedBytes * tableLimits.zipRatio)
  if (total > tableLimits.inflatedBytes || isSqueezed) throw new TableProblem('zip_bomb')
  // One piece of data under many names is how small archives become large ones.
  const inOrder = entries.toSorted((a, b) => a.at - b.at)
  if (inOrder.some((entry, index) => entry.at + entry.packedBytes > (inOrder[index + 1]?.at ?? Number.POSITIVE_INFINITY))) throw new TableProblem('zip_bomb')
}

async function* inflate(bytes: Buffer, entry: Entry): AsyncGenerator<Uint8Array> {
  const packed = bytes.subarray(entry.at, entry.at + entry.packedBytes)
  if (packed.length !== entry.packedBytes) throw new TableProblem('zip_damaged')
  let size = 0
  let crc = 0
  for await (const chunk of entry.method === STORED ? [packed] : inflated(packed)) {
    size += chunk.byteLength
    if (size > entry.bytes) throw new TableProblem('zip_bomb')
    crc = crc32(chunk, crc)
    yield chunk
  }
  if (size !== entry.bytes || crc !== entry.crc) throw new TableProblem('zip_damaged')
}

async function* inflated(packed: Buffer): AsyncGenerator<Uint8Array> {
  const inflater = createInflateRaw()
  // The callback hears of a failure that the loop below also throws.
  pipeline(Readable.from([packed]), inflater, () => undefined)
  try {
    for await (const chunk of inflater as AsyncIterable<Buffer>) yield chunk
  } catch {
    throw new TableProblem('zip_damaged')
  } finally {
    inflater.destroy()
  }
}
