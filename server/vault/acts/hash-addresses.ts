import { createHmac } from 'node:crypto'
import { deriveKey } from '../crypto/wrap.ts'
import type { KeyStore } from '../keys/key-store.ts'
import type { AddressTokens, Contact } from '../protocol.ts'

export type Addresses = { emails: readonly string[]; phones: readonly string[] }

/** Makes keyed hashes (HMAC-SHA-256, 32 bytes, base64) of canonical addresses, in the order given, under a key of this tenant that is for nothing else. */
export async function addressHasher(store: KeyStore, tenantId: string, use: 'objection' | 'network'): Promise<(addresses: Addresses) => AddressTokens> {
  const key = deriveKey(await store.indexRoot(tenantId), use)
  const hash = (kind: 'email' | 'phone', value: string): string => createHmac('sha256', key).update(`${kind}\0${value}`).digest('base64')
  return ({ emails, phones }) => ({ emails: emails.map((address) => hash('email', address)), phones: phones.map((e164) => hash('phone', e164)) })
}

export const addressesOf = ({ emails, phones }: Contact): Addresses => ({ emails: emails.map(({ address }) => address), phones: phones.map(({ e164 }) => e164) })
