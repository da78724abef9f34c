/** Gives each process its own file with its own credentials: the web process never sees the key store's. */
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ownFolder, secretsFolder, writeWhole, type Secrets } from '../secrets/secrets.ts'
import type { Config } from './config.ts'
import type { DatabaseConnection, ProcessName, Runtime, VaultRuntime } from './runtime.ts'

/** Longest path of a unix socket, see unix(7). */
const SOCKET_BYTES = 100

/** DATA_DIR/run, mode 0700: sockets and what the processes are told. Holds nothing that must outlive a start. */
export const runFolder = (dataDir: string): string => ownFolder(path.join(dataDir, 'run'))

/** Where the vault listens; in the temp folder when DATA_DIR is too deep for a socket. */
export function vaultSocketOf(dataDir: string): string {
  const beside = path.join(runFolder(dataDir), 'vault.sock')
  if (process.platform === 'win32') return `\\\\.\\pipe\\infotech-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`
  if (Buffer.byteLength(beside) <= SOCKET_BYTES) return beside
  return path.join(ownFolder(path.join(os.tmpdir(), `infotech-run-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`)), 'vault.sock')
}

/**
 * Writes the four files and answers their names.
 * @param owners connections of the owners; roles and passwords are put in their place.
 */
export function writeRuntimes(config: Config, secrets: Secrets, owners: { main: DatabaseConnection; keys: DatabaseConnection }): Record<ProcessName, string> {
  const { env, dataDir, logLevel, host, port, publicUrl, filesUrl, smtpUrl, smsUrl, imapUrl, smtpListenPort, headsDir, rootKey, metricsToken, trustProxy } = config
  const vaultSocket = vaultSocketOf(dataDir)
  const passwords = secrets.databasePasswords
  const asRole = (owner: DatabaseConnection, user: keyof typeof passwords): DatabaseConnection => ({ ...owner, user, password: passwords[user] })
  const common = { env, dataDir, logLevel, vaultSocket }
  const mail = { publicUrl, filesUrl, smtpUrl, smtpListenPort, headsDir }
  const keystore = asRole(owners.keys, 'infotech_keys')
  const vault: VaultRuntime = { ...common, process: 'vault', database: asRole(owners.main, 'infotech_vault_login'), keystore, headsDir, rootKey, vaultTokens: secrets.vaultTokens }
  const logKeyFile = path.join(secretsFolder(dataDir), 'log.key')
  const runtimes: Runtime[] = [
    { ...common, ...mail, process: 'web', host, port, metricsToken, trustProxy, database: asRole(owners.main, 'infotech_web'), vaultToken: secrets.vaultTokens.web },
    {
      ...common,
      ...mail,
      process: 'worker',
      host,
      demoLeads: env === 'demo' && config.demoLeads,
      imapUrl,
      smsUrl,
      database: asRole(owners.main, 'infotech_worker'),
      vaultToken: secrets.vaultTokens.worker,
      logKeyFile,
    },
    vault,
    { ...common, process: 'seed', publicUrl, peoplePerDealer: config.demoPeople, database: owners.main, vault },
  ]
  const folder = runFolder(dataDir)
  const files = { web: '', worker: '', vault: '', seed: '' }
  for (const runtime of runtimes) {
    files[runtime.process] = path.join(folder, `${runtime.process}.json`)
    writeWhole(files[runtime.process], runtime)
  }
  return files
}

/** Takes the credentials away when nobody needs them any more. */
export function removeRuntimes(files: Record<ProcessName, string>): void {
  for (const file of Object.values(files)) rmSync(file, { force: true })
}
