/**
 * A PostgreSQL of our own: made on first use, started, found again after a crash of either side, stopped.
 * It listens on a unix socket only (on Windows, which has none for Node, on 127.0.0.1), so no port can clash.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chownSync, closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseConnection } from '../config/runtime.ts'
import { clusterHome, findBinaries, type Binaries } from './binaries.ts'
import { childEnvironment } from './environment.ts'
import { stopOrphan, until } from './orphan.ts'
import { freePort } from './free-port.ts'
import { ownFolder, unprivilegedIdentity, type Identity } from './unprivileged.ts'

const START_WAIT_MS = 60_000
const STOP_WAIT_MS = 20_000
/** Names the socket only; steady, so that connections made before a crash find the server again after it. */
const SOCKET_PORT = 5432
/** Longest path of a unix socket, with room for its name (sun_path of unix(7) is 108 bytes, 104 on macOS). */
const SOCKET_FOLDER_BYTES = 80

export type EmbeddedPostgres = {
  /** As the superuser, to database `postgres`. The same after every restart. */
  connection: DatabaseConnection
  pid: number
  /** Settles when the postmaster has ended, for whatever reason. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** Fast shutdown: open transactions are rolled back; after 20 s without mercy. */
  stop(): Promise<void>
}
export type EmbeddedOptions = {
  /** Holds pgdata, the socket, the log and the superuser's password. */
  folder: string
  log?: (sentence: string) => void
  /** False only for tests: data does not outlive a crash of the machine. */
  durable?: boolean
  settings?: Record<string, string>
}

/**
 * Starts the cluster of a folder, making it when there is none.
 * @throws Error with a sentence and the end of the server's own log when it does not come up.
 */
export async function startPostgres({ folder, log = () => {}, durable = true, settings = {} }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const who = unprivilegedIdentity()
  const binaries = await findBinaries(who)
  const home = clusterHome(folder)
  const data = path.join(home, 'pgdata')
  ownFolder(home, who)
  const password = superuserPassword(home)
  if (!existsSync(path.join(data, 'PG_VERSION'))) initialise(binaries, home, password, who, log)
  await stopOrphan(data, log)
  const sockets = socketFolder(home, who)
  const port = process.platform === 'win32' ? await freePort() : SOCKET_PORT
  const connection: DatabaseConnection = { host: process.platform === 'win32' ? '127.0.0.1' : sockets, port, database: 'postgres', user: 'postgres', password }
  const all = { ...serverSettings(sockets, durable), ...settings }
  for (let attempt = 1; ; attempt++) {
    const server = launch(binaries, home, data, port, all, who)
    if (await comesUp(server, connection)) return { connection, ...server, stop: () => stop(server, binaries, data) }
    // Backends of a killed postmaster may hold its shared memory for a moment longer.
    if (attempt >= 5) throw new Error(`PostgreSQL did not start. The end of ${path.join(home, 'postgres.log')}:\n${tail(path.join(home, 'postgres.log'))}`)
    await sleep(attempt * 500)
  }
}

type Server = { child: ChildProcess; pid: number; ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>; hasEnded(): boolean }

function environment(): NodeJS.ProcessEnv {
  // Fixed: without it the encoding would be taken from whoever starts us.
  return process.platform === 'win32' ? childEnvironment('postgres', { LC_ALL: 'C', TZ: 'UTC' }) : { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
}

function superuserPassword(home: string): string {
  const file = path.join(home, 'superuser.password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' })
  return readFileSync(file, 'utf8')
}

/** Made aside and renamed: an initdb that was killed never leaves half a cluster. */
function initialise({ initdb }: Binaries, home: string, password: string, who: Identity | undefined, log: (sentence: string) => void): void {
  log('Making a PostgreSQL cluster.')
  const aside = path.join(home, 'pgdata.init')
  const passwordFile = path.join(home, 'init.password')
  rmSync(aside, { recursive: true, force: true })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (who) chownSync(passwordFile, who.uid, who.gid)
  const cluster = ['-D', aside, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--no-instructions']
  const words = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=ru-RU', '--locale=C']
  const made = spawnSync(initdb, [...cluster, ...words], { ...who, cwd: home, env: environment(), encoding: 'utf8' })
  rmSync(passwordFile, { force: true })
  if (made.status !== 0) throw new Error(`PostgreSQL could not make its cluster in ${home}: ${made.stderr || String(made.error)}`)
  renameSync(aside, path.join(home, 'pgdata'))
}

function socketFolder(home: string, who: Identity | undefined): string {
  const beside = path.join(home, 'run')
  const id = createHash('sha256').update(home).digest('hex').slice(0, 16)
  const folder = Buffer.byteLength(beside) <= SOCKET_FOLDER_BYTES ? beside : path.join(os.tmpdir(), `infotech-${id}`)
  ownFolder(folder, who)
  return folder
}

function serverSettings(sockets: string, durable: boolean): Record<string, string> {
  const reach = process.platform === 'win32' ? { listen_addresses: '127.0.0.1' } : { listen_addresses: '', unix_socket_directories: sockets }
  const fast = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', wal_level: 'minimal', max_wal_senders: '0', autovacuum_naptime: '5min' }
  return {
    ...reach,
    shared_buffers: '128MB',
    max_connections: '100',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] ',
    log_error_verbosity: 'terse',
    ...(durable ? {} : fast),
  }
}

function launch({ postgres }: Binaries, home: string, data: string, port: number, settings: Record<string, string>, who: Identity | undefined): Server {
  const log = openSync(path.join(home, 'postgres.log'), 'a', 0o600)
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // Its own process group: Ctrl-C in a terminal must reach us alone, who stop the processes in their order.
  const child = spawn(postgres, ['-D', data, '-p', String(port), ...given], { ...who, cwd: home, env: environment(), stdio: ['ignore', log, log], detached: true })
  closeSync(log)
  let hasEnded = false
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    const end = (code: number | null, signal: NodeJS.Signals | null) => {
      hasEnded = true
      resolve({ code, signal })
    }
    child.once('exit', end)
    child.once('error', () => end(-1, null))
  })
  return { child, pid: child.pid ?? 0, ended, hasEnded: () => hasEnded }
}

async function comesUp(server: Server, connection: DatabaseConnection): Promise<boolean> {
  const { default: pg } = await import('pg')
  for (const deadline = Date.now() + START_WAIT_MS; Date.now() < deadline && !server.hasEnded(); await sleep(25)) {
    const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5000 })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return true
    } catch {
      await client.end().catch(() => {})
    }
  }
  if (!server.hasEnded()) server.child.kill('SIGQUIT')
  return false
}

async function stop(server: Server, { pgCtl }: Binaries, data: string): Promise<void> {
  if (server.hasEnded()) return
  // Windows has no signals: pg_ctl speaks to the server in its own way.
  if (process.platform === 'win32') spawnSync(pgCtl, ['stop', '-D', data, '-m', 'fast', '-w'], { stdio: 'ignore' })
  else server.child.kill('SIGINT')
  if (!(await until(() => server.hasEnded(), STOP_WAIT_MS))) server.child.kill('SIGQUIT')
  await server.ended
}

function tail(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(-12).join('\n') : ''
}
