/** C2SP signed-note (c2sp.org/signed-note) and tlog-checkpoint (c2sp.org/tlog-checkpoint). */
import { createPublicKey, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { HASH_BYTES, sha256 } from './merkle.ts'

/** What a signed head says. `size` counts leaves, `root` and `previous` are 32 bytes, `at` has whole milliseconds. */
export type Head = {
  tenantId: string
  /** 1 for a tenant's first tree; the origin of later ones ends in "/2", "/3", … */
  generation: number
  size: number
  root: Buffer
  at: Date
  /** SHA-256 of the note of the head before this one; null for the very first. */
  previous: Buffer | null
  /** How many keys had been destroyed by then, when the sealer was told: a shortened shred list shows. */
  shreds: number | null
}

/** Signs bytes under a name and gives the 64 bytes of Ed25519. */
export type Signer = { keyId(name: string): Buffer; sign(text: string): Buffer }
export type PublicKey = { bytes: Buffer; key: KeyObject }

const ED25519 = 0x01
const KEY_ID_BYTES = 4

/** The log's identity, also the name of its key in the note. */
export const originOf = (tenantId: string, generation: number): string => `infotech/${tenantId}${generation === 1 ? '' : `/${generation}`}`

/** signed-note: SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), first four bytes. */
export const keyIdOf = (name: string, publicKey: Buffer): Buffer => sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), publicKey])).subarray(0, KEY_ID_BYTES)

/** Public key as other C2SP tools take it: name+hash+base64. */
export const verifierKey = (name: string, publicKey: Buffer): string =>
  `${name}+${keyIdOf(name, publicKey).toString('hex')}+${Buffer.concat([Buffer.of(ED25519), publicKey]).toString('base64')}`

/** @param bytes the 32 bytes of an Ed25519 public key (RFC 8032 §5.1.5) */
export function publicKeyFrom(bytes: Buffer): PublicKey {
  return { bytes, key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }, format: 'jwk' }) }
}

/** Hash by which the next head names this one. */
export const headHash = (note: string): Buffer => sha256(Buffer.from(note))

/** Signed note of a head: origin, size, root, then our lines, an empty line, the signature. */
export function signHead(head: Head, signer: Signer): string {
  const name = originOf(head.tenantId, head.generation)
  const lines = [name, String(head.size), head.root.toString('base64'), `time ${head.at.toISOString()}`, `previous ${head.previous?.toString('base64') ?? 'none'}`]
  if (head.shreds !== null) lines.push(`shreds ${head.shreds}`)
  const text = `${lines.join('\n')}\n`
  return `${text}\n— ${name} ${Buffer.concat([signer.keyId(name), signer.sign(text)]).toString('base64')}\n`
}

/** Is there a good signature of this name and key on the note? Unknown signatures (witnesses) are passed over. */
export function isSignedBy(note: string, name: string, publicKey: PublicKey): boolean {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) return false
  const text = Buffer.from(note.slice(0, end + 1))
  const id = keyIdOf(name, publicKey.bytes)
  return note
    .slice(end + 2, -1)
    .split('\n')
    .some((line) => {
      if (!line.startsWith(`— ${name} `)) return false
      const bytes = Buffer.from(line.slice(`— ${name} `.length), 'base64')
      return bytes.subarray(0, KEY_ID_BYTES).equals(id) && verify(null, text, publicKey.key, bytes.subarray(KEY_ID_BYTES))
    })
}

const headForm = /^infotech\/([0-9a-f-]{36})(?:\/([1-9]\d*))?\n(0|[1-9]\d*)\n([A-Za-z0-9+/]{43}=)\ntime (\S+)\nprevious (none|[A-Za-z0-9+/]{43}=)\n(?:shreds (\d+)\n)?\n— /

/** Reads a head without checking its signature; null when this is no head of ours. */
export function parseHead(note: string): Head | null {
  const [, tenantId, generation, size, root, time, previous, shreds] = headForm.exec(note) ?? []
  if (!tenantId || !size || !root || !time || !previous) return null
  const at = new Date(time)
  if (Number.isNaN(at.getTime()) || !Number.isSafeInteger(Number(size))) return null
  return {
    tenantId,
    generation: Number(generation ?? 1),
    size: Number(size),
    root: hashFrom(root),
    at,
    previous: previous === 'none' ? null : hashFrom(previous),
    shreds: shreds === undefined ? null : Number(shreds),
  }
}

/** Reads a head and checks its signature; null unless both are good. */
export function openHead(note: string, publicKey: PublicKey): Head | null {
  const head = parseHead(note)
  return head && isSignedBy(note, originOf(head.tenantId, head.generation), publicKey) ? head : null
}

const hashFrom = (base64: string): Buffer => Buffer.from(base64, 'base64').subarray(0, HASH_BYTES)
