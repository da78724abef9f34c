import type { DatabaseConnection } from './runtime.ts'

/**
 * `postgres://user:password@host:5432/database?sslmode=require` as values that travel as JSON.
 * sslmode (libpq): disable, require (encrypted, certificate not checked), verify-full (checked); without it a remote host is asked for verify-full.
 */
export function parseDatabaseUrl(text: string): DatabaseConnection {
  const url = new URL(text)
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname)
  const isLocal = host.startsWith('/') || ['localhost', '127.0.0.1', '[::1]', ''].includes(host)
  const mode = url.searchParams.get('sslmode') ?? (isLocal ? 'disable' : 'verify-full')
  return {
    host: host || 'localhost',
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)) || decodeURIComponent(url.username),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    ...(mode === 'disable' ? {} : { ssl: { rejectUnauthorized: mode.startsWith('verify') } }),
  }
}
