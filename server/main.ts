/**
 * The launcher: databases, migrations, demo, web, then the three processes, kept alive until it is told to stop.
 * It loads little, because it lives as long as they do.
 */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig, type Config } from './platform/config/config.ts'
import type { ProcessName } from './platform/config/runtime.ts'
import { removeRuntimes, runFolder, vaultSocketOf, writeRuntimes } from './platform/config/write-runtime.ts'
import { contentOf, isDemo } from './platform/db/demo-mark.ts'
import { accepts, endOf, keepChild } from './platform/embedded/child.ts'
import { openDatabases, type Databases } from './platform/embedded/databases.ts'
import { childEnvironment } from './platform/embedded/environment.ts'
import { freePort } from './platform/embedded/free-port.ts'
import { takeLock, type Lock } from './platform/embedded/lock.ts'
import { buildWeb, isWebStale } from './platform/embedded/web-build.ts'
import { readSecrets } from './platform/secrets/secrets.ts'

const HANDOVER_WAIT_MS = 12_000

export type LaunchOptions = {
  environment: Record<string, string | undefined>
  /** Says what is being done. */
  say: (sentence: string) => void
  /** Aborted: stop everything in order. */
  stopping: AbortSignal
  /** False: somebody else serves the web (npm run dev). */
  web?: boolean
  /** Given a function that starts the three processes anew, once they are up. */
  running?: (restart: () => void) => void
}

/**
 * Brings everything up, keeps it up until `stopping`, and takes it down: web, worker, vault, databases.
 * @throws Error with a sentence per mistake when something does not come up; what was up is down again by then.
 */
export async function launch(options: LaunchOptions): Promise<void> {
  const config = await checkedConfig(options.environment)
  // Where root starts us PostgreSQL is another user, who must be able to walk through.
  mkdirSync(config.dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  const undo: (() => Promise<void> | void)[] = []
  try {
    const lock = await soleLauncher(config, options)
    if (!lock) return
    undo.push(() => lock.release())
    await bringUp(config, options, undo)
    if (!options.stopping.aborted) await new Promise((resolve) => options.stopping.addEventListener('abort', resolve, { once: true }))
  } finally {
    if (undo.length > 1) options.say('Stopping.')
    for (const step of undo.toReversed()) await step()
    if (undo.length > 1) options.say('Everything has stopped.')
  }
}

async function checkedConfig(environment: Record<string, string | undefined>): Promise<Config> {
  const config = readConfig(environment)
  if ('mistakes' in config) throw new Error(`${config.mistakes.join('\n')}\nEvery setting with its meaning: npm run config`)
  if (config.port !== 0) return config
  const port = await freePort(config.host)
  return { ...config, port, publicUrl: environment.PUBLIC_URL ? config.publicUrl : `http://localhost:${port}` }
}

/** Two launchers on one folder would fight over its databases. The one before may still be on its way out. */
async function soleLauncher({ dataDir, publicUrl }: Config, { say, stopping }: LaunchOptions): Promise<Lock | undefined> {
  const file = path.join(runFolder(dataDir), 'launcher.lock')
  let hasSaid = false
  for (const deadline = Date.now() + HANDOVER_WAIT_MS; ; await sleep(300)) {
    const lock = takeLock(file)
    if ('release' in lock) return lock
    if (stopping.aborted) return undefined
    if (await accepts({ host: 'localhost', port: Number(new URL(publicUrl).port || 80) }))
      throw new Error(`It is already running on ${dataDir} (process ${lock.heldBy}): open ${publicUrl}, or stop it first.`)
    if (Date.now() > deadline) throw new Error(`Another start is at work on ${dataDir} (process ${lock.heldBy}). Wait for it, or stop it first.`)
    if (!hasSaid) say(`Process ${lock.heldBy} is still busy with ${dataDir}; waiting for it.`)
    hasSaid = true
  }
}

async function bringUp(config: Config, options: LaunchOptions, undo: (() => Promise<void> | void)[]): Promise<void> {
  const { say, stopping } = options
  if (options.web !== false && (await accepts({ host: config.host, port: config.port })))
    throw new Error(`Port ${config.port} is taken by another program. Choose another: PORT=3001 npm start`)
  const secrets = readSecrets(config.dataDir)
  say(config.databaseUrl ? 'Connecting to the databases.' : 'Starting PostgreSQL and the key store.')
  const databases = await openDatabases(config, secrets.ownerPassword, say)
  undo.push(() => databases.stop())
  if (stopping.aborted) return
  const { prepareDatabases } = await import('./platform/db/prepare.ts')
  const { main, keys } = await prepareDatabases(databases, secrets.databasePasswords, config.env !== 'production')
  if (main.length + keys.length) say(`Migrated the databases (${main.length + keys.length} steps).`)
  if (stopping.aborted) return
  const runtimes = writeRuntimes(config, secrets, databases)
  undo.push(() => removeRuntimes(runtimes))
  await together(stopping, [(signal) => fill(config, databases, runtimes.seed, { say, stopping: signal }), (signal) => build({ ...options, stopping: signal })])
  if (stopping.aborted) return
  await startProcesses(config, runtimes, options, undo)
  if (!stopping.aborted) await greet(config, databases, say)
}

/** Side by side; when one fails the others are stopped before its error goes on. */
async function together(stopping: AbortSignal, acts: ((signal: AbortSignal) => Promise<void>)[]): Promise<void> {
  const failing = new AbortController()
  const signal = AbortSignal.any([stopping, failing.signal])
  const ends = await Promise.allSettled(
    acts.map(async (act) => {
      try {
        await act(signal)
      } catch (error) {
        failing.abort()
        throw error
      }
    }),
  )
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
}

/** In demo mode an empty database gets the demo network; production refuses to start on it. */
async function fill(config: Config, { main }: Databases, runtimeFile: string, { say, stopping }: Pick<LaunchOptions, 'say' | 'stopping'>): Promise<void> {
  if (config.env === 'production') {
    if (await isDemo(main))
      throw new Error('This database holds the demo, whose password everybody knows: production does not start on it. Give it a database of its own (DATA_DIR or DATABASE_URL).')
    return
  }
  const content = await contentOf(main)
  if (content === 'whole' || (content === 'begun' && !(await isDemo(main)))) return
  say('Filling in the demo network; about a minute, once.')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(import.meta.dirname, 'seed.ts')], {
    env: childEnvironment('seed', { INFOTECH_RUNTIME: runtimeFile }),
    stdio: ['ignore', 'inherit', 'inherit'],
    signal: stopping,
  })
  const code = await endOf(child)
  if (code !== 0 && !stopping.aborted) throw new Error('The demo could not be filled in; what is said above tells why. The next start begins it anew.')
}

async function build({ say, stopping, web }: LaunchOptions): Promise<void> {
  if (web === false || !isWebStale()) return
  say('Building the web; some ten seconds, again only when it changes.')
  await buildWeb(stopping)
}

/** Code compiled at an earlier start needs no compiler in memory: some twenty megabytes less in each process, and a faster start. */
const compileCacheOf = (dataDir: string): string => path.join(dataDir, 'cache', 'compiled')

async function startProcesses(config: Config, runtimes: Record<ProcessName, string>, options: LaunchOptions, undo: (() => Promise<void> | void)[]): Promise<void> {
  const { say, stopping, running } = options
  const start = (name: 'vault' | 'worker' | 'web') => {
    const child = keepChild({
      name,
      file: path.join(import.meta.dirname, `${name}.ts`),
      env: { INFOTECH_RUNTIME: runtimes[name], NODE_COMPILE_CACHE: compileCacheOf(config.dataDir) },
      log: say,
    })
    undo.push(() => child.stop())
    return child
  }
  say('Starting the vault, the worker and the web server.')
  const vault = start('vault')
  await vault.ready(() => accepts(vaultSocketOf(config.dataDir)), stopping)
  if (stopping.aborted) return
  const worker = start('worker')
  const web = start('web')
  await Promise.all([web.ready(() => accepts({ host: config.host, port: config.port }), stopping), worker.ready(async () => true, stopping)])
  running?.(() => [vault, worker, web].forEach((child) => child.restart()))
}

async function greet({ env, publicUrl, smtpListenPort, port, dataDir }: Config, { main }: Databases, say: (sentence: string) => void): Promise<void> {
  say(`\nInfotech is running: ${publicUrl}`)
  if (publicUrl !== `http://localhost:${port}`) say(`  on this machine:  http://localhost:${port}`)
  if (smtpListenPort) say(`  mail is received on port ${smtpListenPort}`)
  say(`  everything is kept in ${dataDir}`)
  if (env === 'production' && (await contentOf(main)) === 'empty')
    say('\nNo company is here yet. Found the first one, with its administrator, from another terminal: npm run found')
  if (env === 'demo') {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(import.meta.dirname, 'greet.ts')], {
      env: childEnvironment('greet'),
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    await endOf(child)
  }
  say('\nCtrl-C stops it.')
}
