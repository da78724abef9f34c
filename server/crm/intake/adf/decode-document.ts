import { Refused } from './refused.ts'

export const ADF_BYTES_LIMIT = 256 * 1024

/** Names of XML declarations that real senders write, to labels of TextDecoder. */
const encodings: Record<string, string> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'windows-1251': 'windows-1251',
  cp1251: 'windows-1251',
  'koi8-r': 'koi8-r',
  'iso-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
}

/**
 * The text of a document of at most 256 KiB: by its byte order mark, else by its XML declaration, else UTF-8.
 * Throws Refused: too_large, empty, nul, invalid_utf8, encoding_unsupported.
 */
export function decodeDocument(input: string | Uint8Array): string {
  const size = typeof input === 'string' ? Buffer.byteLength(input) : input.byteLength
  if (size > ADF_BYTES_LIMIT) throw new Refused('too_large', 'document')
  // trimStart also takes the byte order mark away; nothing may stand before an XML declaration, and mail leaves blank lines there.
  const text = (typeof input === 'string' ? input : decodeBytes(input)).trimStart()
  if (text === '') throw new Refused('empty', 'document')
  if (text.includes('\0')) throw new Refused('nul', 'document')
  return text
}

function decodeBytes(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode(bytes, 'utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode(bytes, 'utf-16be')
  if (bytes.includes(0)) throw new Refused('nul', 'document')
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return decode(bytes, 'utf-8')
  const head = Buffer.from(bytes.subarray(0, 400)).toString('latin1')
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(head)?.[1]?.toLowerCase() ?? 'utf-8'
  const encoding = Object.hasOwn(encodings, declared) ? encodings[declared] : undefined
  if (!encoding) throw new Refused('encoding_unsupported', 'line 1')
  return decode(bytes, encoding)
}

function decode(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new Refused('invalid_utf8', 'document')
  }
}
