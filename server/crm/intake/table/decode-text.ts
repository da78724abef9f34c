import { isAscii, isUtf8 } from 'node:buffer'
import { TableProblem } from './types.ts'

const BLOCK_BYTES = 64 * 1024

/**
 * Text out of bytes of an unknown encoding: by a byte order mark, by the look of UTF-16, else UTF-8 when the first letters that are not ASCII are valid in it,
 * else windows-1251 (what Russian Excel saves). ASCII goes through until the question arises. Throws TableProblem: encoding, binary.
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null
  let kept: Uint8Array = new Uint8Array(0)
  let isFirst = true
  for await (const block of inBlocks(chunks)) {
    decoder ??= isFirst ? decoderByMark(block) : null
    isFirst = false
    if (decoder) {
      yield checked(decode(decoder, block, true))
      continue
    }
    const bytes: Uint8Array = kept.byteLength > 0 ? Buffer.concat([kept, block]) : block
    const whole = wholeLetters(bytes)
    if (isAscii(bytes.subarray(0, whole))) {
      kept = bytes.slice(whole)
      yield checked(Buffer.from(bytes.subarray(0, whole)).toString('latin1'))
      continue
    }
    decoder = new TextDecoder(isUtf8(bytes.subarray(0, whole)) ? 'utf-8' : 'windows-1251', { fatal: true })
    kept = new Uint8Array(0)
    yield checked(decode(decoder, bytes, true))
  }
  decoder ??= new TextDecoder(isUtf8(kept) ? 'utf-8' : 'windows-1251', { fatal: true })
  yield checked(decode(decoder, kept, false))
}

function decode(decoder: TextDecoder, bytes: Uint8Array, stream: boolean): string {
  try {
    return decoder.decode(bytes, { stream })
  } catch {
    throw new TableProblem('encoding')
  }
}

function checked(text: string): string {
  if (text.includes('\0')) throw new TableProblem('binary')
  return text
}

/** Small chunks are joined, so that a decision is never made on one byte. */
async function* inBlocks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    waiting.push(chunk)
    size += chunk.byteLength
    if (size < BLOCK_BYTES) continue
    yield Buffer.concat(waiting)
    waiting = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(waiting)
}

function decoderByMark(bytes: Uint8Array): TextDecoder | null {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder('utf-8', { fatal: true })
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', { fatal: true })
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be', { fatal: true })
  // The upper byte of Latin and Cyrillic letters is 0 or 4, and no one-byte text holds those.
  const odd = shareOfUpperBytes(bytes, 1)
  const even = shareOfUpperBytes(bytes, 0)
  if (odd > 0.9 && even < 0.5) return new TextDecoder('utf-16le', { fatal: true })
  if (even > 0.9 && odd < 0.5) return new TextDecoder('utf-16be', { fatal: true })
  return null
}

function shareOfUpperBytes(bytes: Uint8Array, from: 0 | 1): number {
  const length = Math.min(bytes.byteLength, 4096)
  let count = 0
  for (let index = from; index < length; index += 2) if (bytes[index] === 0 || bytes[index] === 4) count += 1
  return length < 4 ? 0 : count / Math.floor(length / 2)
}

/** How many bytes there are before a UTF-8 letter that is cut off at the end. */
function wholeLetters(bytes: Uint8Array): number {
  const end = bytes.byteLength
  for (let back = 1; back <= 3 && back <= end; back += 1) {
    const byte = bytes[end - back] ?? 0
    if (byte < 0x80) return end
    if (byte < 0xc0) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return length > back ? end - back : end
  }
  return end
}
