import { createHmac } from 'node:crypto'
import { deriveKey } from '../crypto/wrap.ts'
import type { KeyStore } from '../keys/key-store.ts'
import type { TurnKeysRequest } from '../protocol.ts'

/**
 * One number (int8, decimal) for each phone and e-mail, sorted, each once: by them requests of one client wait for each other. The first eight
 * bytes of HMAC-SHA-256 under a key that serves nothing else, so a lock that is seen neither names a phone nor fits a search token.
 */
export async function turnKeys(store: KeyStore, tenantId: string, { phones, emails }: TurnKeysRequest): Promise<string[]> {
  const key = deriveKey(await store.indexRoot(tenantId), 'turn')
  const numberOf = (kind: 'email' | 'phone', value: string): string => createHmac('sha256', key).update(`${kind}\0${value}`).digest().readBigInt64BE(0).toString()
  return [...new Set([...phones.map((e164) => numberOf('phone', e164)), ...emails.map((address) => numberOf('email', address))])].sort()
}
