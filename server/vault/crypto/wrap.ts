import { createSecretKey, hash, hkdfSync, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto'
import { bind, DoesNotOpen, openBytes, sealBytes } from './envelope.ts'

export const KEY_BYTES = 32

/** Random, never derived: a derived key could be derived again after it was destroyed. */
export const newKeyBytes = (): Buffer => randomBytes(KEY_BYTES)

const committed = Buffer.from('dek-commit')
/** AES-GCM opens under more than one key if it is built to; the commitment says which key was meant. */
export function commitmentOf(key: Buffer): Buffer {
  const told = Buffer.concat([committed, key])
  const commitment = hash('sha256', told, 'buffer')
  told.fill(0)
  return commitment
}

/** A key under another, bound to whose it is, its name and its epoch. */
export const wrapKey = (under: KeyObject, tenantId: string, name: string, e: number, key: Buffer): Buffer => sealBytes(under, bind('wrap', tenantId, name, e), key)

/** Throws DoesNotOpen when the wrap was changed or moved, or is not of the committed key. */
export function unwrapKey(under: KeyObject, tenantId: string, name: string, e: number, wrapped: Buffer, commitment?: Buffer): Buffer {
  const key = openBytes(under, bind('wrap', tenantId, name, e), wrapped)
  if (key.length !== KEY_BYTES || (commitment && !isSame(commitmentOf(key), commitment))) throw new DoesNotOpen()
  return key
}

/** A key object, after which the bytes it was made of are wiped. */
export function toKey(bytes: Buffer): KeyObject {
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return key
}

export const deriveKey = (root: Buffer, info: string): KeyObject => createSecretKey(Buffer.from(hkdfSync('sha256', root, '', info, KEY_BYTES)))

const isSame = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)
