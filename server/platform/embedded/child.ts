/** A process of ours that is started again whenever it ends, until it is told to stop. */
import { spawn, type ChildProcess } from 'node:child_process'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { childEnvironment } from './environment.ts'

const BACK_OFF_MS = { first: 250, most: 10_000, forgottenAfter: 60_000 }
const STOP_WAIT_MS = 10_000
const READY_WAIT_MS = 60_000
/** How often a process may die before it was ready once, until we say that it does not start. */
const TRIES = 4

export type ChildOptions = {
  name: string
  /** Absolute path of the .ts file. */
  file: string
  env: Record<string, string>
  log: (sentence: string) => void
}
export type Child = {
  pid(): number | undefined
  /** @throws Error with a sentence when the process keeps ending, or does not answer in a minute. */
  ready(answers: () => Promise<boolean>, stopping: AbortSignal): Promise<void>
  /** Ends it so that it starts anew at once: its code has changed. */
  restart(): void
  /** SIGTERM, and SIGKILL after ten seconds. */
  stop(): Promise<void>
}

/**
 * How Node is started for every process of ours. With a heap that may grow to many gigabytes V8 lets rubbish lie until there is four times what lives; told
 * of a smaller one it keeps a third less under load and costs no time that `npm run bench` can see. Nor does a young generation of 16 MB.
 */
export const NODE_FLAGS: readonly string[] = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=16', '--max-old-space-size=768']

const WATCH = path.join(import.meta.dirname, 'parent-watch.ts')

/** Starts one of our processes; `output`: where its words go, else where ours do. */
export function spawnOurs({ name, file, env, output = 'inherit' }: Pick<ChildOptions, 'name' | 'file' | 'env'> & { output?: 'inherit' | number }): ChildProcess {
  // Its own process group: Ctrl-C in a terminal must reach the launcher alone, who stops everything in order.
  return spawn(process.execPath, [...NODE_FLAGS, '--import', WATCH, file], {
    env: childEnvironment(name, env),
    stdio: ['ignore', output, output, 'ipc'],
    detached: true,
  })
}

/** Starts a process and keeps it. */
export function keepChild({ name, file, env, log }: ChildOptions): Child {
  let process_: ChildProcess | undefined
  let isStopping = false
  let wasReady = false
  let deaths = 0
  let [timer, backOffMs]: [NodeJS.Timeout | undefined, number] = [undefined, BACK_OFF_MS.first]

  function start(): void {
    const startedAt = Date.now()
    const child = spawnOurs({ name, file, env })
    process_ = child
    child.on('error', (error) => log(`${name} does not start: ${error.message}`))
    child.once('exit', (code, signal) => {
      process_ = undefined
      deaths++
      if (isStopping || (!wasReady && deaths >= TRIES)) return
      if (Date.now() - startedAt > BACK_OFF_MS.forgottenAfter) backOffMs = BACK_OFF_MS.first
      log(`${name} has ended (${signal ?? `code ${code}`}); starting it again in ${backOffMs} ms.`)
      timer = setTimeout(start, backOffMs)
      backOffMs = Math.min(backOffMs * 2, BACK_OFF_MS.most)
    })
  }

  async function ready(answers: () => Promise<boolean>, stopping: AbortSignal): Promise<void> {
    for (const deadline = Date.now() + READY_WAIT_MS; !stopping.aborted; await sleep(50)) {
      if (!process_ && deaths >= TRIES) throw new Error(`${name} does not start: it has ended ${deaths} times. What it says above tells why.`)
      if (process_ && (await answers())) {
        wasReady = true
        return
      }
      if (Date.now() > deadline) throw new Error(`${name} does not answer after ${READY_WAIT_MS / 1000} s.`)
    }
  }

  async function stop(): Promise<void> {
    isStopping = true
    clearTimeout(timer)
    const child = process_
    if (!child) return
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill('SIGTERM')
    const hurry = setTimeout(() => child.kill('SIGKILL'), STOP_WAIT_MS)
    await ended
    clearTimeout(hurry)
  }

  function restart(): void {
    backOffMs = BACK_OFF_MS.first
    deaths = 0
    process_?.kill('SIGTERM')
  }

  start()
  return { pid: () => process_?.pid, ready, restart, stop }
}

/** Whether somebody accepts connections there: a unix socket's path, or a TCP address. */
export function accepts(target: string | { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = typeof target === 'string' ? net.connect(target) : net.connect(target.port, ['0.0.0.0', '::'].includes(target.host) ? 'localhost' : target.host)
    const answer = (does: boolean) => {
      socket.destroy()
      resolve(does)
    }
    socket
      .once('connect', () => answer(true))
      .once('error', () => answer(false))
      .setTimeout(2000, () => answer(false))
  })
}

/** The exit code of a process: null when a signal ended it, -1 when it could not be started. An aborted process is waited for as well. */
export function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.on('error', () => (child.pid === undefined ? resolve(-1) : undefined))
    child.once('exit', resolve)
  })
}
