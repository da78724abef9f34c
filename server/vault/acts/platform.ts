import { createHmac } from 'node:crypto'
import type { Peer } from '../asking.ts'
import { bind, DoesNotOpen, openBytes, sealBytes } from '../crypto/envelope.ts'
import { deriveKey } from '../crypto/wrap.ts'
import { PLATFORM, type KeyStore } from '../keys/key-store.ts'
import { VaultRefusal } from '../refusal.ts'

/** Keyed hash of a sign-in e-mail, trimmed and in lower case: 32 bytes, the same in every tenant. */
export async function loginToken(store: KeyStore, email: string): Promise<Buffer> {
  return createHmac('sha256', deriveKey(await store.indexRoot(PLATFORM), 'login'))
    .update(email.normalize('NFKC').trim().toLowerCase())
    .digest()
}

/** What is sealed under the platform's key, by the beginning of its context, and through which process it may be opened again. */
const openers: readonly (readonly [context: string, peers: readonly Peer[]])[] = [
  ['totp:', ['web']],
  ['reply:', ['web']],
  ['site-form/', ['web']],
  ['unsubscribe', ['web']],
  ['invitation:', ['worker']],
  ['portal-code:', ['web', 'worker']],
  ['farewell:', ['worker']],
  ['network push ', ['worker']],
]

/** Refuses a context that nobody uses: whoever has taken over a process must not have a key for purposes of their own, nor open what only the other one needs. */
export function refuseContext(context: string, opening: Peer | null): void {
  const known = openers.find(([beginning]) => context.startsWith(beginning))
  if (!known || (opening !== null && !known[1].includes(opening))) throw new VaultRefusal('forbidden')
}

/** Seals a secret of an account or a setting under the platform's key; `context` says whose and what it is. */
export async function protect(store: KeyStore, context: string, bytes: Buffer): Promise<Buffer> {
  return sealBytes(deriveKey(await store.indexRoot(PLATFORM), 'protect'), bind('protect', context), bytes)
}

/** Contexts whose sealed bytes a stranger brings back in an address or a form: that they do not open is no fault of ours. */
const brought = ['site-form/', 'unsubscribe'] as const

/** @throws VaultRefusal not_found for what a stranger brought and we never sealed for this; DoesNotOpen for what we kept ourselves and is changed, or belongs to another context. */
export async function unprotect(store: KeyStore, context: string, sealed: Buffer): Promise<Buffer> {
  const key = deriveKey(await store.indexRoot(PLATFORM), 'protect')
  try {
    return openBytes(key, bind('protect', context), sealed)
  } catch (error) {
    if (error instanceof DoesNotOpen && brought.some((beginning) => context.startsWith(beginning))) throw new VaultRefusal('not_found')
    throw error
  }
}
