/**
 * What the launcher tells a child process: a JSON file of mode 0600 named by INFOTECH_RUNTIME. Each process gets its own file, with its own credentials only.
 */
import { readFileSync } from 'node:fs'
import type pg from 'pg'

export type ProcessName = 'web' | 'worker' | 'vault' | 'seed'

/** How to reach PostgreSQL: plain values, so that they travel as JSON. Fits `pg.PoolConfig`. */
export type DatabaseConnection = { host: string; port: number; database: string; user: string; password: string; ssl?: boolean | { rejectUnauthorized: boolean } } & pg.PoolConfig

type Common = {
  env: 'demo' | 'production'
  dataDir: string
  logLevel: 'debug' | 'info' | 'warn' | 'error'
  /** Where the vault listens. */
  vaultSocket: string
  /** As this process's own role. */
  database: DatabaseConnection
}
export type WebRuntime = Common & {
  process: 'web'
  host: string
  port: number
  /** How people reach us: scheme, host, port; no slash at the end. */
  publicUrl: string
  vaultToken: string
  filesUrl: string
  smtpUrl: string | null
  headsDir: string
  smtpListenPort: number
  metricsToken: string | null
  trustProxy: string | null
  /** What one session or integration key may ask in a minute, where it is not what web.ts says. */
  perMinute?: number
}
export type WorkerRuntime = Common & {
  process: 'worker'
  /** On which address of this machine mail is received. */
  host: string
  publicUrl: string
  vaultToken: string
  filesUrl: string
  smtpUrl: string | null
  smsUrl: string | null
  /** Leads come to the demo's dealers by themselves; never in production. */
  demoLeads: boolean
  imapUrl: string | null
  smtpListenPort: number
  headsDir: string
  /** The Ed25519 key that signs heads of the log; made by the sealer when it is not there. */
  logKeyFile: string
}
export type VaultRuntime = Common & {
  process: 'vault'
  keystore: DatabaseConnection
  /** Outside both databases: the number of destructions is left here. */
  headsDir: string
  /** A file's path, or `openbao+https://host:port/transit/keys/name`. */
  rootKey: string
  /** Which token speaks for which process. */
  vaultTokens: { web: string; worker: string }
}
/** Of the short process that fills an empty demo before the others start: the owner's connection, and what the vault has. */
export type SeedRuntime = Common & { process: 'seed'; publicUrl: string; peoplePerDealer: number; vault: VaultRuntime }
export type Runtime = WebRuntime | WorkerRuntime | VaultRuntime | SeedRuntime

/**
 * Reads what the launcher has left for this process.
 * @throws Error with a sentence when the process was not started by the launcher, or is another one.
 */
export function readRuntime(name: 'web'): WebRuntime
export function readRuntime(name: 'worker'): WorkerRuntime
export function readRuntime(name: 'vault'): VaultRuntime
export function readRuntime(name: 'seed'): SeedRuntime
export function readRuntime(name: ProcessName): Runtime {
  const file = process.env.INFOTECH_RUNTIME
  if (!file) throw new Error(`${name} is started by server/main.ts: INFOTECH_RUNTIME is not set.`)
  const runtime = JSON.parse(readFileSync(file, 'utf8')) as Runtime
  if (runtime.process !== name) throw new Error(`INFOTECH_RUNTIME (${file}) is for ${runtime.process}, not for ${name}.`)
  return runtime
}
