/** The secrets of this installation: drawn once, kept in DATA_DIR/secrets, readable by the one who starts us only. */
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { RolePasswords } from '../db/prepare.ts'

export type Secrets = {
  /** Of the role that owns the embedded databases. */
  ownerPassword: string
  databasePasswords: RolePasswords
  /** With which web and worker prove to the vault which process they are. */
  vaultTokens: { web: string; worker: string }
}

/** Where they lie, mode 0700; other modules keep their key files beside. */
export const secretsFolder = (dataDir: string): string => ownFolder(path.join(dataDir, 'secrets'))

/** Makes the folder when it is not there; either way nobody else may look into it from now on. */
export function ownFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  return folder
}

/**
 * Reads them, drawing those that are not there yet.
 * @throws Error with a sentence when others may read the file, or it is damaged.
 */
export function readSecrets(dataDir: string): Secrets {
  const file = path.join(secretsFolder(dataDir), 'passwords.json')
  if (!existsSync(file)) writeWhole(file, draw())
  const { mode } = statSync(file)
  if (process.platform !== 'win32' && mode & 0o077)
    throw new Error(`${file} may be read by others (mode ${(mode & 0o777).toString(8)}). Run chmod 600 on it, and change its passwords by removing it.`)
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Secrets
  } catch (error) {
    throw new Error(`${file} is damaged. Remove it: new passwords are drawn at the next start, nothing else depends on them.`, { cause: error })
  }
}

function draw(): Secrets {
  const secret = () => randomBytes(24).toString('base64url')
  return {
    ownerPassword: secret(),
    databasePasswords: { infotech_web: secret(), infotech_worker: secret(), infotech_vault_login: secret(), infotech_keys: secret() },
    vaultTokens: { web: secret(), worker: secret() },
  }
}

/** Renamed into place, so that a crash leaves no half of a file. */
export function writeWhole(file: string, value: unknown): void {
  writeFileSync(`${file}.new`, JSON.stringify(value, null, 2), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
