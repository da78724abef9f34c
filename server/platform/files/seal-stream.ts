import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/**
 * A sealed file: `ITF1`, 7 random bytes, then segments of 64 KiB under AES-256-GCM with their tags. The nonce of a segment is those 7 bytes,
 * its number (4 bytes) and 1 for the last one (STREAM: Hoang, Reyhanitabar, Rogaway, Vizár 2015, §7.2): a segment that was cut off, moved,
 * repeated or changed does not open. The key belongs to one file, so the file's place needs no associated data.
 */
const MAGIC = Buffer.from('ITF1')
const PREFIX_BYTES = 7
const TAG_BYTES = 16
export const SEGMENT_BYTES = 64 * 1024
const HEADER_BYTES = MAGIC.length + PREFIX_BYTES
/** The counter's four bytes are never exhausted: 2^32 segments are 256 TiB. */
const MAX_SEGMENTS = 2 ** 32

/** The file was cut, changed or belongs to another key. Says no more, so that nobody learns from it. */
export class FileDamaged extends Error {
  override readonly name = 'FileDamaged'
  constructor() {
    super('the file does not open')
  }
}

/** How long the sealed form of so many bytes is. */
export const sealedLength = (bytes: number): number => HEADER_BYTES + bytes + TAG_BYTES * Math.max(1, Math.ceil(bytes / SEGMENT_BYTES))

const nonceOf = (prefix: Buffer, segment: number, isLast: boolean): Buffer => {
  if (segment >= MAX_SEGMENTS) throw new RangeError('the file is too long')
  const nonce = Buffer.alloc(PREFIX_BYTES + 5)
  prefix.copy(nonce)
  nonce.writeUInt32BE(segment, PREFIX_BYTES)
  nonce[PREFIX_BYTES + 4] = isLast ? 1 : 0
  return nonce
}

/** Seals as it comes; `key` is 32 bytes. Holds two segments at most. */
export async function* sealStream(key: Buffer, plain: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const prefix = randomBytes(PREFIX_BYTES)
  yield Buffer.concat([MAGIC, prefix])
  let segment = 0
  const seal = (bytes: Buffer, isLast: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(prefix, segment++, isLast), { authTagLength: TAG_BYTES })
    return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  }
  let held: Buffer | null = null
  for await (const whole of inSegments(plain, SEGMENT_BYTES)) {
    if (held) yield seal(held, false)
    held = whole
  }
  yield seal(held ?? Buffer.alloc(0), true)
}

/** Opens as it comes. A segment is given out only after its tag fits; the end only after the last one's. @throws FileDamaged */
export async function* openStream(key: Buffer, sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let prefix: Buffer | null = null
  let segment = 0
  const open = (bytes: Buffer, isLast: boolean): Buffer => {
    if (!prefix) throw new FileDamaged()
    return openSegment(key, nonceOf(prefix, segment++, isLast), bytes)
  }
  let held: Buffer | null = null
  for await (const piece of inSegments(sealed, SEGMENT_BYTES + TAG_BYTES, HEADER_BYTES)) {
    if (!prefix) {
      prefix = prefixOf(piece)
      continue
    }
    if (held) yield open(held, false)
    held = piece
  }
  if (!held) throw new FileDamaged()
  const last = open(held, true)
  if (last.length > 0) yield last
}

/** Opens the segments of a sealed file in any order. `bytes`: its plain length; `read` gives its sealed bytes. The function throws FileDamaged. */
export function openSegments(key: Buffer, bytes: number, read: (at: number, length: number) => Promise<Buffer>): (segment: number) => Promise<Buffer> {
  const [last, whole] = [Math.max(1, Math.ceil(bytes / SEGMENT_BYTES)) - 1, SEGMENT_BYTES + TAG_BYTES]
  let prefix: Buffer | null = null
  return async (segment) => {
    prefix ??= prefixOf(await read(0, HEADER_BYTES))
    const length = segment === last ? bytes - last * SEGMENT_BYTES + TAG_BYTES : whole
    return openSegment(key, nonceOf(prefix, segment, segment === last), await read(HEADER_BYTES + segment * whole, length))
  }
}

function prefixOf(header: Buffer): Buffer {
  if (header.length !== HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) throw new FileDamaged()
  return header.subarray(MAGIC.length)
}

function openSegment(key: Buffer, nonce: Buffer, bytes: Buffer): Buffer {
  if (bytes.length < TAG_BYTES) throw new FileDamaged()
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()])
  } catch {
    throw new FileDamaged()
  }
}

/** Cuts a stream into pieces of `size` bytes; the first one is `first` bytes, the last what is left (never empty). */
async function* inSegments(stream: AsyncIterable<Uint8Array>, size: number, first = size): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = []
  let held = 0
  let wanted = first
  for await (const chunk of stream) {
    waiting.push(chunk)
    held += chunk.byteLength
    if (held < wanted) continue
    let all = Buffer.concat(waiting, held)
    while (all.length >= wanted) {
      yield all.subarray(0, wanted)
      all = all.subarray(wanted)
      wanted = size
    }
    waiting = all.length > 0 ? [all] : []
    held = all.length
  }
  if (held > 0) yield Buffer.concat(waiting, held)
}
