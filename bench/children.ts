/** Processes of a run: started, asked over IPC, measured through /proc, ended with the run. */
import { fork, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export type BenchChild = { process: ChildProcess; pid: number; /** The next message that has this member. */ message: <T>(member: string) => Promise<T>; stop: () => Promise<void> }
const STOP_WAIT_MS = 10_000

/** @param options of node itself. */
export function startChild(file: string, environment: Record<string, string> = {}, options: string[] = []): BenchChild {
  const child = fork(file, {
    execArgv: ['--disable-warning=ExperimentalWarning', ...options],
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  let hasEnded = false
  child.once('exit', () => (hasEnded = true))
  return {
    process: child,
    pid: child.pid ?? 0,
    message: <T>(member: string) =>
      new Promise<T>((resolve, reject) => {
        const ended = (): void => reject(new Error(`${file} has ended before it answered`))
        const hear = (message: unknown): void => {
          if (typeof message !== 'object' || message === null || !(member in message)) return
          child.off('exit', ended).off('message', hear)
          resolve(message as T)
        }
        child.once('exit', ended).on('message', hear)
      }),
    stop: () =>
      new Promise((resolve) => {
        if (hasEnded) return resolve()
        const hurry = setTimeout(() => child.kill('SIGKILL'), STOP_WAIT_MS)
        child.once('exit', () => {
          clearTimeout(hurry)
          resolve()
        })
        child.kill('SIGTERM')
      }),
  }
}

/** utime and stime of proc(5) come in clock ticks, a hundred a second on every Linux that Node runs on. */
const MS_PER_TICK = 10

/** Processor time of a process so far, with those of its children when asked (PostgreSQL's backends). Milliseconds. */
export function cpuMs(pid: number, withChildren = false): number {
  const own = ticksOf(pid)
  const others = withChildren ? childrenOf(pid).map(ticksOf) : []
  return [own, ...others].reduce((sum, ticks) => sum + ticks, 0) * MS_PER_TICK
}

function ticksOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(fields[11]) + Number(fields[12])
  } catch {
    return 0
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent
      } catch {
        return false
      }
    })
}

/** Memory of a process in megabytes, its share of what several have in common (the program itself) counted by parts, so that a sum over processes is true: proc(5), Pss. 0 when it is gone. */
export function memoryMb(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}
