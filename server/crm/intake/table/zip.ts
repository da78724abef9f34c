import { Readable, pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { TableProblem, tableLimits } from './types.ts'

/** Sizes below this are let through at any ratio: a small sheet of equal cells shrinks a lot. */
const RATIO_FROM_BYTES = 4 * 1024 * 1024
const STORED = 0
const DEFLATED = 8
/** The record that ends an archive, and the longest comment that may stand behind it. */
const END_BYTES = 22
const MAX_COMMENT_BYTES = 0xffff
const PIECE_BYTES = 64 * 1024

export type Zip = {
  has: (name: string) => boolean
  /** Inflated bytes of an entry in chunks. Throws TableProblem: zip_damaged, zip_bomb. */
  read: (name: string) => AsyncGenerator<Uint8Array>
}
type Entry = { name: string; method: number; crc: number; packedBytes: number; bytes: number; at: number }

/** Bytes that can be asked for in any order. `part` gives fewer at the end. */
export type Archive = { bytes: number; part: (start: number, length: number) => Promise<Uint8Array> }

/**
 * A zip archive, read by its central directory alone (APPNOTE.TXT §4.3), piece by piece. Refused before anything is inflated: more than 1000 entries, 200 MiB in all,
 * a ratio over 200, entries that overlap or repeat a name, encryption, several disks, zip64. While inflating, the real bytes are held to the declared size and CRC.
 * Throws TableProblem: zip_damaged, zip_unsupported, zip_bomb.
 */
export async function openZip(archive: Archive): Promise<Zip> {
  const entries = new Map<string, Entry>()
  for (const entry of await readDirectory(archive)) {
    if (entries.has(entry.name)) throw new TableProblem('zip_damaged')
    entries.set(entry.name, entry)
  }
  refuseBomb([...entries.values()])
  return {
    has: (name) => entries.has(name),
    read: (name) => {
      const entry = entries.get(name)
      if (!entry) throw new TableProblem('not_xlsx')
      return inflate(archive, entry)
    },
  }
}

/** A stretch that must be there. */
async function bytesAt(archive: Archive, start: number, length: number): Promise<Buffer> {
  const part = await archive.part(start, length)
  if (part.byteLength !== length) throw new TableProblem('zip_damaged')
  return Buffer.from(part.buffer, part.byteOffset, part.byteLength)
}

async function readDirectory(archive: Archive): Promise<Entry[]> {
  const from = Math.max(0, archive.bytes - END_BYTES - MAX_COMMENT_BYTES)
  const tail = await bytesAt(archive, from, archive.bytes - from)
  const found = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (found === -1 || found + END_BYTES > tail.length) throw new TableProblem('zip_damaged')
  const count = tail.readUInt16LE(found + 10)
  const at = tail.readUInt32LE(found + 16)
  if (tail.readUInt16LE(found + 4) !== 0 || count === 0xffff || at === 0xffffffff) throw new TableProblem('zip_unsupported')
  if (count > tableLimits.zipEntries) throw new TableProblem('zip_bomb')
  const end = from + found
  const listed = await readList(archive, { at, end, count })
  const entries: Entry[] = []
  for (const { header, ...entry } of listed) entries.push({ ...entry, at: await dataStart(archive, header, end) })
  return entries
}

/** What the directory says, before it is looked up where the data of each begin (behind its local `header`). */
type Listed = Omit<Entry, 'at'> & { header: number }

async function readList(archive: Archive, directory: { at: number; end: number; count: number }): Promise<Listed[]> {
  const listed: Listed[] = []
  for (let { at } = directory; listed.length < directory.count;) {
    if (at + 46 > directory.end) throw new TableProblem('zip_damaged')
    const bytes = await bytesAt(archive, at, 46)
    if (bytes.readUInt32LE(0) !== 0x02014b50) throw new TableProblem('zip_damaged')
    const [nameBytes, extraBytes, commentBytes] = [bytes.readUInt16LE(28), bytes.readUInt16LE(30), bytes.readUInt16LE(32)]
    const method = bytes.readUInt16LE(10)
    if ((bytes.readUInt16LE(8) & 1) !== 0 || (method !== STORED && method !== DEFLATED)) throw new TableProblem('zip_unsupported')
    const name = (await bytesAt(archive, at + 46, nameBytes)).toString('utf8').replaceAll('\\', '/')
    listed.push({ name, method, crc: bytes.readUInt32LE(16), packedBytes: bytes.readUInt32LE(20), bytes: bytes.readUInt32LE(24), header: bytes.readUInt32LE(42) })
    at += 46 + nameBytes + extraBytes + commentBytes
  }
  return listed
}

async function dataStart(archive: Archive, header: number, end: number): Promise<number> {
  if (header + 30 > end) throw new TableProblem('zip_damaged')
  const bytes = await bytesAt(archive, header, 30)
  if (bytes.readUInt32LE(0) !== 0x04034b50) throw new TableProblem('zip_damaged')
  return header + 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28)
}

function refuseBomb(entries: Entry[]): void {
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  const isSqueezed = entries.some((entry) => entry.bytes > RATIO_FROM_BYTES && entry.bytes > entry.packedBytes * tableLimits.zipRatio)
  if (total > tableLimits.inflatedBytes || isSqueezed) throw new TableProblem('zip_bomb')
  // One piece of data under many names is how small archives become large ones.
  const inOrder = entries.toSorted((a, b) => a.at - b.at)
  if (inOrder.some((entry, index) => entry.at + entry.packedBytes > (inOrder[index + 1]?.at ?? Number.POSITIVE_INFINITY))) throw new TableProblem('zip_bomb')
}

async function* inflate(archive: Archive, entry: Entry): AsyncGenerator<Uint8Array> {
  if (entry.at + entry.packedBytes > archive.bytes) throw new TableProblem('zip_damaged')
  let size = 0
  let crc = 0
  for await (const chunk of entry.method === STORED ? packed(archive, entry) : inflated(packed(archive, entry))) {
    size += chunk.byteLength
    if (size > entry.bytes) throw new TableProblem('zip_bomb')
    crc = crc32(chunk, crc)
    yield chunk
  }
  if (size !== entry.bytes || crc !== entry.crc) throw new TableProblem('zip_damaged')
}

async function* packed(archive: Archive, { at, packedBytes }: Entry): AsyncGenerator<Buffer> {
  for (let done = 0; done < packedBytes; done += PIECE_BYTES) yield await bytesAt(archive, at + done, Math.min(PIECE_BYTES, packedBytes - done))
}

async function* inflated(pieces: AsyncGenerator<Buffer>): AsyncGenerator<Uint8Array> {
  const inflater = createInflateRaw()
  // The callback hears of a failure that the loop below also throws.
  pipeline(Readable.from(pieces), inflater, () => undefined)
  try {
    for await (const chunk of inflater as AsyncIterable<Buffer>) yield chunk
  } catch {
    throw new TableProblem('zip_damaged')
  } finally {
    inflater.destroy()
  }
}
