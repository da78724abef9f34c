/** The whole installation as a newcomer starts it: `npm start` on an empty folder, with its launcher and everything that lives as long as it does. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import { freePort } from '../server/platform/embedded/free-port.ts'
import { memoryMb } from './children.ts'

export type WholeResult = {
  firstStartS: number
  /** Of the first start: until the demo network was written. */ fillS: number
  secondStartS: number
  people: number
  /** Of our own processes at rest, by name; the databases are told apart from them. */ restMb: Record<string, number>
  databasesMb: number
}

const CALM_MS = 15_000
const READY_WAIT_MS = 300_000

export async function measureWhole(people: number): Promise<WholeResult> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'infotech-bench-whole-'))
  try {
    const first = await start(folder, people)
    await first.stop()
    const second = await start(folder, people)
    await sleep(CALM_MS)
    const processes = treeOf(second.pid)
    await second.stop()
    const ours = processes.filter(({ name }) => !name.startsWith('postgres'))
    const restMb: Record<string, number> = {}
    for (const { name, mb } of ours) restMb[name] = (restMb[name] ?? 0) + mb
    const databasesMb = processes.filter(({ name }) => name.startsWith('postgres')).reduce((sum, { mb }) => sum + mb, 0)
    return { firstStartS: first.tookS, fillS: first.fillS, secondStartS: second.tookS, people: people * 3, restMb, databasesMb }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function start(folder: string, people: number): Promise<{ pid: number; tookS: number; fillS: number; stop: () => Promise<void> }> {
  const port = await freePort()
  const startedAt = performance.now()
  const child = spawn(process.execPath, [path.join(repositoryFolder, 'tools/run.mjs'), 'start'], {
    env: { ...process.env, DATA_DIR: folder, PORT: String(port), SMTP_LISTEN_PORT: '0', DEMO_PEOPLE: String(people) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let [fillFrom, fillTo] = [0, 0]
  child.stdout.setEncoding('utf8').on('data', (said: string) => {
    if (said.includes('Filling in')) fillFrom = performance.now()
    if (said.includes('Starting the vault')) fillTo = performance.now()
  })
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
  }
  for (const deadline = Date.now() + READY_WAIT_MS; ; await sleep(100)) {
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) break
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop()
      throw new Error('npm start did not become ready')
    }
  }
  return { pid: child.pid ?? 0, tookS: (performance.now() - startedAt) / 1000, fillS: fillFrom ? (fillTo - fillFrom) / 1000 : 0, stop }
}

type Running = { name: string; mb: number }

/** A process and all that it has started, by the file each runs. */
function treeOf(pid: number): Running[] {
  const parents = new Map<number, number[]>()
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const parent = Number(/^PPid:\s+(\d+)/m.exec(read(`/proc/${name}/status`))?.[1] ?? 0)
    parents.set(parent, [...(parents.get(parent) ?? []), Number(name)])
  }
  const all: number[] = []
  for (const open = [pid]; open.length > 0;) {
    const next = open.shift() ?? 0
    all.push(next)
    open.push(...(parents.get(next) ?? []))
  }
  return all.map((each) => ({ name: nameOf(read(`/proc/${each}/cmdline`)), mb: memoryMb(each) }))
}

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
const nameOf = (commandLine: string): string => {
  const file = /\/(?:server|tools)\/([\w-]+)\.(?:ts|mjs)/.exec(commandLine)?.[1]
  return file ?? (/postgres/.test(commandLine) ? 'postgres' : path.basename(commandLine.split('\0')[0] ?? '') || 'ended')
}
