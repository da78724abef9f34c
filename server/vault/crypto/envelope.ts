import { createCipheriv, createDecipheriv, randomFillSync, type KeyObject } from 'node:crypto'

/** Suite 1: AES-256-GCM (NIST SP 800-38D), 96-bit random nonce, 128-bit tag. Another suite is another first byte. */
const SUITE = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = 1 + NONCE_BYTES
/** Sealed JSON grows in these steps, so that its length does not tell the length of a name. */
const STEP_BYTES = 64

/** Where a sealed value belongs. All of it is authenticated, so a value moved elsewhere does not open. */
export type Place = { tenantId: string; personId: string; class: string; recordId: string; version: number; keyId: string }

/** Thrown for any value that does not open: changed, moved, cut, or sealed under another key. Says nothing more on purpose. */
export class DoesNotOpen extends Error {
  constructor() {
    super('a sealed value does not open')
  }
}

const drawn = Buffer.alloc(NONCE_BYTES * 1024)
let next = drawn.length
/** Nonces come 1,024 at a time: one draw costs as much as sealing a value. */
function nonce(): Buffer {
  if (next === drawn.length) {
    randomFillSync(drawn)
    next = 0
  }
  return drawn.subarray(next, (next += NONCE_BYTES))
}

/** Netstrings: every part carries its length, so no two places give the same bytes. */
export const bind = (...parts: readonly (string | number)[]): Buffer => Buffer.from([SUITE, ...parts].map((part) => `${String(part).length}:${part}`).join(''))

/** `suite(1) | nonce(12) | ciphertext | tag(16)` */
export function sealBytes(key: KeyObject, aad: Buffer, plain: Buffer): Buffer {
  const iv = nonce()
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES }).setAAD(aad)
  const sealed = Buffer.allocUnsafe(HEAD_BYTES + plain.length + TAG_BYTES)
  sealed[0] = SUITE
  iv.copy(sealed, 1)
  cipher.update(plain).copy(sealed, HEAD_BYTES)
  cipher.final()
  cipher.getAuthTag().copy(sealed, HEAD_BYTES + plain.length)
  return sealed
}

/** Throws DoesNotOpen. */
export function openBytes(key: KeyObject, aad: Buffer, sealed: Buffer): Buffer {
  const end = sealed.length - TAG_BYTES
  if (end < HEAD_BYTES || sealed[0] !== SUITE) throw new DoesNotOpen()
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, HEAD_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(aad).setAuthTag(sealed.subarray(end))
  const plain = decipher.update(sealed.subarray(HEAD_BYTES, end))
  try {
    decipher.final()
  } catch {
    throw new DoesNotOpen()
  }
  return plain
}

const bindPlace = (place: Place): Buffer => bind(place.tenantId, place.personId, place.class, place.recordId, place.version, place.keyId)

/** Seals a JSON value, padded with spaces (which JSON ignores) to a step of 64 bytes. */
export function sealJson(key: KeyObject, place: Place, value: unknown): Buffer {
  const text = JSON.stringify(value)
  const length = Buffer.byteLength(text)
  const plain = Buffer.alloc(Math.ceil(length / STEP_BYTES) * STEP_BYTES, 0x20)
  plain.write(text)
  return sealBytes(key, bindPlace(place), plain)
}

/** Throws DoesNotOpen. */
export const openJson = (key: KeyObject, place: Place, sealed: Buffer): unknown => JSON.parse(openBytes(key, bindPlace(place), sealed).toString('utf8'))

/** Seals bytes as they are, behind their length and padded to a step of 64. */
export function sealBlob(key: KeyObject, place: Place, bytes: Buffer): Buffer {
  const plain = Buffer.alloc(Math.ceil((bytes.length + 4) / STEP_BYTES) * STEP_BYTES)
  plain.writeUInt32BE(bytes.length)
  bytes.copy(plain, 4)
  return sealBytes(key, bindPlace(place), plain)
}

/** Throws DoesNotOpen. */
export function openBlob(key: KeyObject, place: Place, sealed: Buffer): Buffer {
  const plain = openBytes(key, bindPlace(place), sealed)
  return plain.subarray(4, 4 + plain.readUInt32BE())
}
