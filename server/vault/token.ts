import { createHash, randomBytes } from 'node:crypto'

/** A session that nobody used for this long is over (OWASP ASVS 5.0 §7.3.1). */
export const SESSION_IDLE_MS = 2 * 60 * 60 * 1000
/** The page of the person themself: often opened on a device of others. */
export const PORTAL_IDLE_MS = 30 * 60 * 1000

const TENANT_BYTES = 16
const TOKEN_BYTES = 48

/** A bearer secret that knows its tenant: base64url of the tenant's 16 bytes and 32 random ones (64 characters). */
export const newToken = (tenantId: string): string => Buffer.concat([uuidBytes(tenantId), randomBytes(TOKEN_BYTES - TENANT_BYTES)]).toString('base64url')

/** The tenant inside a token; null when it is no token of ours. Says nothing about whether the token is good. */
export function tokenTenant(token: string): string | null {
  const bytes = decode(token)
  if (!bytes) return null
  const hex = bytes.toString('hex', 0, TENANT_BYTES)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** What the database keeps: SHA-256 of the whole decoded token. A fast hash is right because the secret has 256 random bits. Throws for no token of ours. */
export function hashToken(token: string): Buffer {
  const bytes = decode(token)
  if (!bytes) throw new Error('not a token')
  return createHash('sha256').update(bytes).digest()
}

function decode(token: string): Buffer | null {
  if (!/^[\w-]{64}$/.test(token)) return null
  return Buffer.from(token, 'base64url')
}

function uuidBytes(id: string): Buffer {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  if (bytes.length !== TENANT_BYTES) throw new Error('not a uuid')
  return bytes
}
