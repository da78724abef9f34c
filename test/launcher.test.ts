import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import { clusterHome } from '../server/platform/embedded/binaries.ts'
import { clusterFolders } from '../server/platform/embedded/databases.ts'
import { freePort } from '../server/platform/embedded/free-port.ts'

/** A first start fills in the demo and may build the web. */
const START_WAIT_MS = 240_000
const STOP_WAIT_MS = 60_000

let folder: string
let port: number
const started: ChildProcess[] = []
before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'infotech-launcher-'))
  if (process.getuid?.() === 0) chmodSync(folder, 0o711)
  port = await freePort()
})
after(async () => {
  for (const child of started) if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
  for (const deadline = Date.now() + STOP_WAIT_MS; Date.now() < deadline && processesOf(folder).length > 0;) await sleep(200)
  rmSync(folder, { recursive: true, force: true })
})

type Launcher = { child: ChildProcess; said: () => string; ended: Promise<number | null> }

/** npm start, as somebody has it who sets this much. */
function start(environment: Record<string, string> = {}): Launcher {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'tools/start.ts'], {
    cwd: repositoryFolder,
    env: { PATH: process.env.PATH, DATA_DIR: folder, PORT: String(port), SMTP_LISTEN_PORT: '0', DEMO_PEOPLE: '100', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  return { child, said: () => said, ended: new Promise((resolve) => child.once('close', resolve)) }
}

async function untilRunning({ child, said }: Launcher): Promise<void> {
  for (const deadline = Date.now() + START_WAIT_MS; !said().includes('Ctrl-C stops it.'); await sleep(100))
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`it did not start:\n${said()}`)
}

/** Ids of processes that were started for this folder: its name is in what they were started with. */
function processesOf(home: string): number[] {
  const names = [home, ...Object.values(clusterFolders(home)).map(clusterHome)]
  const isOurs = (pid: string): boolean => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8') + readFileSync(`/proc/${pid}/environ`, 'utf8')
      return names.some((name) => words.includes(name))
    } catch {
      return false
    }
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid) && isOurs(name))
    .map(Number)
}

const ask = (address: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`http://localhost:${port}/api${address}`, { ...init, headers: { 'x-requested-with': 'infotech', 'content-type': 'application/json', ...init.headers } })
const peopleOf = async (cookie: string): Promise<string[]> =>
  ((await (await ask('/persons?limit=100', { headers: { cookie } })).json()) as { rows: { id: string }[] }).rows.map(({ id }) => id).toSorted()

let cookie = ''
let people: string[] = []

test('the first start makes the demo, and Anna signs in with the password that was printed', async () => {
  const launcher = start()
  await untilRunning(launcher)
  assert.match(launcher.said(), new RegExp(`Infotech is running: http://localhost:${port}`))
  const [, password = ''] = /\b(Pokazat-[\w!-]+)/.exec(launcher.said()) ?? []
  const reply = await ask('/sign-in', { method: 'POST', body: JSON.stringify({ email: 'anna@zvezda.example', password }) })
  assert.equal(reply.status, 200, await reply.text())
  cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  people = await peopleOf(cookie)
  assert.ok(people.length > 50)
})

test('after kill -9 of the launcher the next start recovers by itself and has the same data', async () => {
  const before = processesOf(folder)
  started.at(-1)?.kill('SIGKILL')
  const launcher = start()
  await untilRunning(launcher)
  assert.ok(!launcher.said().includes('Filling in the demo'), launcher.said())
  assert.deepEqual(await peopleOf(cookie), people, 'Anna is still signed in and sees whom she saw')
  const now = processesOf(folder)
  assert.deepEqual(
    before.filter((pid) => now.includes(pid)),
    [],
    'nothing of the first start runs on',
  )
})

test('a second start on the same folder is told that it runs already', async () => {
  const launcher = start()
  assert.equal(await launcher.ended, 1)
  assert.match(launcher.said(), /is already running on .* \(process \d+\)/)
})

test('told to stop, everything stops and no process is left', async () => {
  const running = started.find((child) => child.exitCode === null && child.signalCode === null)
  const ended = new Promise((resolve) => running?.once('close', resolve))
  running?.kill('SIGTERM')
  assert.equal(await ended, 0)
  assert.deepEqual(processesOf(folder), [])
})

test('production does not start on the demo, nor with a password that everybody knows', async () => {
  const production = { INFOTECH_ENV: 'production', PUBLIC_URL: 'https://crm.dealer.example' }
  const onDemo = start(production)
  assert.equal(await onDemo.ended, 1)
  assert.match(onDemo.said(), /This database holds the demo, whose password everybody knows: production does not start on it\./)
  const known = start({ ...production, DATABASE_URL: 'postgres://infotech:demo@localhost/infotech' })
  assert.equal(await known.ended, 1)
  assert.match(known.said(), /DATABASE_URL holds the password "demo", which is everybody's: production refuses it\./)
  assert.deepEqual(processesOf(folder), [])
})
