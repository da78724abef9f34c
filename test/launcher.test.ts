import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import { settings } from '../server/platform/config/settings.ts'
import { clusterHome } from '../server/platform/embedded/binaries.ts'
import { clusterFolders } from '../server/platform/embedded/databases.ts'
import { freePort } from '../server/platform/embedded/free-port.ts'
import { eventually } from './eventually.ts'

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

/** npm start, as somebody has it who sets this much: by the one door of every command. */
const start = (environment: Record<string, string> = {}): Launcher => run(['start'], environment)

/** A group of its own, as a terminal gives to what is started in it: Ctrl-C goes to all of it. */
function run(command: string[], environment: Record<string, string> = {}): Launcher {
  const child = spawn(process.execPath, ['tools/run.mjs', ...command], {
    cwd: repositoryFolder,
    env: { PATH: process.env.PATH, DATA_DIR: folder, PORT: String(port), SMTP_LISTEN_PORT: '0', DEMO_PEOPLE: '100', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
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

/** What a process was started with. */
const wordsOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8')

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

for (const [whom, isKilled] of [
  ['the launcher', (words: string) => words.includes('tools/start.ts')],
  ['the door of all commands', (words: string) => words.includes('run.mjs')],
] as const)
  test(`after kill -9 of ${whom} the next start recovers by itself and has the same data`, async () => {
    const before = processesOf(folder)
    const killed = before.filter((pid) => isKilled(wordsOf(pid)))
    assert.equal(killed.length, 1)
    for (const pid of killed) process.kill(pid, 'SIGKILL')
    const launcher = start()
    await untilRunning(launcher)
    assert.ok(!launcher.said().includes('Filling in the demo'), launcher.said())
    assert.deepEqual(await peopleOf(cookie), people, 'Anna is still signed in and sees whom she saw')
    const now = processesOf(folder)
    assert.deepEqual(
      before.filter((pid) => now.includes(pid)),
      [],
      'nothing of the start before runs on',
    )
  })

test('a second start on the same folder is told that it runs already', async () => {
  const launcher = start()
  assert.equal(await launcher.ended, 1)
  assert.match(launcher.said(), /is already running on .* \(process \d+\)/)
})

const running = (): ChildProcess => started.find((child) => child.exitCode === null && child.signalCode === null) ?? assert.fail('nothing runs')
const endOf = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.once('close', resolve))

test('told to stop, what is being asked is answered, everything stops and no process is left', async () => {
  const asked = await askByHalves('/sign-in', { email: 'anna@zvezda.example', password: 'not hers, but checked' })
  const [child, ended] = [running(), endOf(running())]
  child.kill('SIGTERM')
  await untilRefused()
  assert.equal(child.exitCode, null, 'it waits for whoever is asking')
  assert.match(await asked.finish(), /^HTTP\/1\.1 401 [^]*"error":"wrong_credentials"/)
  assert.equal(await ended, 0)
  assert.deepEqual(processesOf(folder), [])
})

test('Ctrl-C in the terminal stops everything, and once more changes nothing', async () => {
  await untilRunning(start())
  const [child, ended] = [running(), endOf(running())]
  process.kill(-(child.pid ?? 0), 'SIGINT')
  await sleep(300)
  if (child.exitCode === null) process.kill(-(child.pid ?? 0), 'SIGINT')
  assert.equal(await ended, 0)
  assert.deepEqual(processesOf(folder), [])
})

test('npm run config tells the settings and what is wrong among them, npm run db makes what is written down, and both refuse by name', async () => {
  const told = run(['config', '--en'], { DATABASE_URL: 'postgres://infotech:a-long-secret@localhost/infotech' })
  assert.equal(await told.ended, 0, told.said())
  for (const { name } of settings) assert.ok(told.said().includes(`${name}\n`), name)
  assert.match(told.said(), /PORT\n.*\n.*now: \d+/)
  assert.ok(!told.said().includes('a-long-secret'))
  const wrong = run(['config'], { PORT: 'eighty' })
  assert.equal(await wrong.ended, 1)
  assert.match(wrong.said(), /PORT[^\n]*eighty/)
  const made = run(['db'])
  assert.deepEqual([await made.ended, made.said().trim()], [0, 'Nothing has changed.'])
  const embedded = run(['db', 'migrate'])
  assert.deepEqual([await embedded.ended, embedded.said().trim()], [1, 'Set DATABASE_URL and KEYSTORE_URL: the embedded databases are migrated by npm start.'])
  const unknown = run(['db', 'drop', 'everything'])
  assert.equal(await unknown.ended, 1)
  assert.match(unknown.said(), /There is no npm run db drop everything;/)
  const door = run(['destroy'])
  assert.equal(await door.ended, 1)
  assert.match(door.said(), /There is no command destroy\. There are: start, dev,/)
})

/** The head of a request is there and the server has said to go on; the rest comes when `finish` is called. */
async function askByHalves(address: string, input: unknown): Promise<{ finish: () => Promise<string> }> {
  const body = JSON.stringify(input)
  const socket = connect(port, 'localhost')
  let heard = ''
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text))
  const ended = new Promise<void>((resolve, reject) => socket.once('close', () => resolve()).once('error', reject))
  const head = [`POST /api${address} HTTP/1.1`, 'host: localhost', 'x-requested-with: infotech', 'content-type: application/json', `content-length: ${Buffer.byteLength(body)}`]
  socket.write(`${[...head, 'connection: close', 'expect: 100-continue'].join('\r\n')}\r\n\r\n`)
  await eventually(async () => heard.startsWith('HTTP/1.1 100'), 'the word to go on')
  heard = ''
  return {
    finish: async () => {
      socket.write(body)
      await ended
      return heard.trimStart()
    },
  }
}

/** Nobody new is let in any more. */
const untilRefused = (): Promise<boolean> =>
  eventually(
    () =>
      new Promise<boolean>((resolve) => {
        const socket = connect(port, 'localhost')
        socket.once('connect', () => (socket.destroy(), resolve(false))).once('error', () => resolve(true))
      }),
  )

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
