/** All that a running installation holds, searched for somebody's words; and its log, checked by the command that everybody has. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import type { VaultRuntime } from '../../server/platform/config/runtime.ts'
import { clusterHome } from '../../server/platform/embedded/binaries.ts'
import { clusterFolders } from '../../server/platform/embedded/databases.ts'
import { dumpTables, found, needlesOf, readFolder } from '../canary.ts'
import { superusers } from '../installation.ts'
import { expect } from './cast.ts'

const folder = (): string => {
  const named = process.env.E2E_FOLDER
  if (!named) throw new Error('E2E_FOLDER names the folder of the installation')
  return named
}
const data = (): string => path.join(folder(), 'data')

/** As typed, and as a telephone may be written. */
export const writingsOf = ({ surname, email, phone }: { surname: string; email: string; phone: string }): string[] => {
  const digits = phone.replaceAll(/\D/g, '').slice(-10)
  const [code, rest] = [digits.slice(0, 3), `${digits.slice(3, 6)}-${digits.slice(6, 8)}-${digits.slice(8)}`]
  // Without the ending, so that every case of the name is met.
  return [surname.slice(0, -2), email.split('@')[0] ?? email, digits, `${code} ${rest}`, `${code}) ${rest}`]
}

type Found = { places: string[]; letters: number; rows: number; files: number }

/**
 * Where such words stand: in any row of either database, in any file of the installation, in what its processes said. The demo mailbox is the outside world:
 * there they must be, which shows that the search finds what is there.
 */
export async function search(words: readonly string[]): Promise<Found> {
  const all = needlesOf(words)
  const [places, letters] = [new Set<string>(), new Set<string>()]
  const inspect = (where: string, bytes: Buffer): void => {
    for (const needle of found(bytes, all))
      if (where.includes('demo-mailbox/')) letters.add(where)
      else places.add(`${where}: ${needle}`)
  }
  const vault = JSON.parse(readFileSync(path.join(data(), 'run/vault.json'), 'utf8')) as VaultRuntime
  const folders = clusterFolders(data())
  const homes = { main: clusterHome(folders.main), keys: clusterHome(folders.keys) }
  const databases = superusers({ main: vault.database, keys: vault.keystore }, homes)
  const rows = (await dumpTables(databases.main, inspect)) + (await dumpTables(databases.keys, inspect))
  const files = [...new Set([folder(), homes.main, homes.keys])].reduce((sum, each) => sum + readFolder(each, inspect), 0)
  return { places: [...places], letters: letters.size, rows, files }
}

/** `npm run log:verify`, while the installation runs. */
export async function expectLogIntact(): Promise<void> {
  const tool = path.join(import.meta.dirname, '../../tools/log-verify.ts')
  const { stdout } = await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', tool], { env: { ...process.env, DATA_DIR: data() } })
  expect(stdout).toMatch(/^Intact: /m)
}
