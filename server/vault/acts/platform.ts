import { createHmac } from 'node:crypto'
import { bind, openBytes, sealBytes } from '../crypto/envelope.ts'
import { deriveKey } from '../crypto/wrap.ts'
import { PLATFORM, type KeyStore } from '../keys/key-store.ts'

/** Keyed hash of a sign-in e-mail, trimmed and in lower case: 32 bytes, the same in every tenant. */
export async function loginToken(store: KeyStore, email: string): Promise<Buffer> {
  return createHmac('sha256', deriveKey(await store.indexRoot(PLATFORM), 'login'))
    .update(email.normalize('NFKC').trim().toLowerCase())
    .digest()
}

/** Seals a secret of an account or a setting under the platform's key; `context` says whose and what it is. */
export async function protect(store: KeyStore, context: string, bytes: Buffer): Promise<Buffer> {
  return sealBytes(deriveKey(await store.indexRoot(PLATFORM), 'protect'), bind('protect', context), bytes)
}

/** @throws DoesNotOpen when changed, or when it belongs to another context. */
export async function unprotect(store: KeyStore, context: string, sealed: Buffer): Promise<Buffer> {
  return openBytes(deriveKey(await store.indexRoot(PLATFORM), 'protect'), bind('protect', context), sealed)
}
