/** What an earlier run may have left: a postmaster that still works, one that is dead and not yet buried, or only its pid file. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const REAP_WAIT_MS = 10_000
const STOP_WAIT_MS = 15_000

/** Whether a process with this id exists, zombies included. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Dead, but its parent has not read its exit code yet; kill(pid, 0) still succeeds, which makes postgres refuse to start. Linux only: elsewhere false. */
export function isZombie(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.startsWith('Z') ?? false
  } catch {
    return false
  }
}

function commandOf(pid: number): string {
  try {
    if (existsSync('/proc/self')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

/** Waits up to `waitMs` until the condition holds; answers whether it does. */
export async function until(condition: () => boolean, waitMs: number): Promise<boolean> {
  for (const deadline = Date.now() + waitMs; Date.now() < deadline; await sleep(25)) if (condition()) return true
  return condition()
}

/** The postmaster that runs on this data folder, or undefined. A pid that now belongs to another program does not count. */
export function runningPostmaster(dataFolder: string): number | undefined {
  const file = path.join(dataFolder, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  return pid > 0 && isAlive(pid) && !isZombie(pid) && commandOf(pid).includes(dataFolder) ? pid : undefined
}

/** Leaves the data folder with no postmaster on it, so that a new one may start: whoever was killed with -9 has left no one to look after theirs. */
export async function stopOrphan(dataFolder: string, log: (sentence: string) => void): Promise<void> {
  const file = path.join(dataFolder, 'postmaster.pid')
  if (!existsSync(file)) return
  const recorded = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (isZombie(recorded) && !(await until(() => !isZombie(recorded), REAP_WAIT_MS))) {
    log(`PostgreSQL ${recorded} is dead and nobody has buried it: removing its lock file.`)
    rmSync(file, { force: true })
    return
  }
  const pid = runningPostmaster(dataFolder)
  if (!pid) return
  log(`Stopping PostgreSQL ${pid}, left by an earlier run.`)
  process.kill(pid, 'SIGINT')
  if (await until(() => !isAlive(pid) || isZombie(pid), STOP_WAIT_MS)) return
  process.kill(pid, 'SIGQUIT')
  await until(() => !isAlive(pid) || isZombie(pid), STOP_WAIT_MS)
}
