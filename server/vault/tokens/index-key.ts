import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'

export const tokenKinds = [
  'phone',
  'phone_ten',
  'phone_tail',
  'tail_initial',
  'email',
  'vin',
  'body_number',
  'plate',
  'plate_body',
  'name',
  'prefix',
  'deletion',
  'name_initial',
  'name_given',
  'skeleton_initial',
  'person',
  'padding',
] as const
export type TokenKind = (typeof tokenKinds)[number]

/** One HMAC key per kind of token. Held by the vault alone: whoever has it can try every phone number (10^9) in minutes. */
export type IndexKey = Readonly<Record<TokenKind, KeyObject>>

const ROOT_BYTES = 32

/** Derives a tenant's index keys from its 32-byte index root by HKDF-SHA-256 (RFC 5869). Throws RangeError on a root of another length. */
export function deriveIndexKey(root: Uint8Array): IndexKey {
  if (root.length !== ROOT_BYTES) throw new RangeError('the index root has 32 bytes')
  const keyOf = (kind: TokenKind): KeyObject => createSecretKey(Buffer.from(hkdfSync('sha256', root, '', `infotech/index/1/${kind}`, 32)))
  return Object.fromEntries(tokenKinds.map((kind) => [kind, keyOf(kind)])) as Record<TokenKind, KeyObject>
}

/**
 * The first eight bytes of HMAC-SHA-256 (RFC 2104) over `value NUL variant`, as PostgreSQL's signed bigint.
 * A fast hash is right here because the key is secret; collisions among a tenant's millions of tokens are ruled out by `rank`.
 */
export const token = (key: IndexKey, kind: TokenKind, value: string, variant = 0): bigint =>
  createHmac('sha256', key[kind]).update(`${value}\0${variant}`).digest().readBigInt64BE(0)

/** Which of 64 variants this person's tokens take: one number for all of them, so that nested variants cannot be linked. */
export const variantOf = (key: IndexKey, personId: string): number => createHmac('sha256', key.person).update(personId).digest().readUInt8(0) % MAX_VARIANTS
export const MAX_VARIANTS = 64

/**
 * Tokens filled up to the next multiple of `count` and sorted, so that neither number nor order tells what they are. The filling is keyed by
 * `seed` (person, record) and not drawn anew: two dumps of one person must not show which rows stayed and which were only filling.
 */
export function padded(key: IndexKey, seed: string, tokens: Set<bigint>, count: number): bigint[] {
  const target = Math.max(1, Math.ceil(tokens.size / count)) * count
  for (let block = 0; tokens.size < target; block++) {
    const bytes = createHmac('sha512', key.padding).update(`${seed}\0${block}`).digest()
    for (let at = 0; at < bytes.length && tokens.size < target; at += 8) tokens.add(bytes.readBigInt64BE(at))
  }
  return [...tokens].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}
