/** Builds the browser's part when it is not there or older than what it is made of. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { endOf } from './child.ts'
import { childEnvironment } from './environment.ts'
import { repositoryFolder } from '../config/repository.ts'

const SOURCES = ['web', 'contract', 'i18n', 'package-lock.json']
const built = path.join(repositoryFolder, 'dist/web')

/** Whether dist/web is missing or something it is made of is newer. */
export function isWebStale(): boolean {
  const page = path.join(built, 'index.html')
  if (!existsSync(page)) return true
  const builtAt = statSync(page).mtimeMs
  return SOURCES.some((source) => newest(path.join(repositoryFolder, source)) > builtAt)
}

function newest(target: string): number {
  if (!existsSync(target)) return 0
  const { mtimeMs, isDirectory } = withKind(target)
  if (!isDirectory) return mtimeMs
  // A folder's own time tells of files that were taken away.
  return Math.max(mtimeMs, ...readdirSync(target).map((name) => newest(path.join(target, name))))
}

function withKind(target: string): { mtimeMs: number; isDirectory: boolean } {
  const stats = statSync(target)
  return { mtimeMs: stats.mtimeMs, isDirectory: stats.isDirectory() }
}

/**
 * Runs Vite in a process of its own, aside, and puts the result in place: a build that was killed leaves the old one whole.
 * @throws Error with Vite's own words when it fails.
 */
export async function buildWeb(stopping: AbortSignal): Promise<void> {
  const aside = path.join(repositoryFolder, 'dist/web.new')
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(path.dirname(aside), { recursive: true })
  const vite = path.join(repositoryFolder, 'node_modules/vite/bin/vite.js')
  const child = spawn(process.execPath, [vite, 'build', 'web', '--outDir', aside, '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: repositoryFolder,
    env: childEnvironment('build'),
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: stopping,
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const code = await endOf(child)
  if (stopping.aborted) return
  if (code !== 0) throw new Error(`The web could not be built:\n${stripVTControlCharacters(said)}`)
  rmSync(built, { recursive: true, force: true })
  renameSync(aside, built)
}
