/** One holder at a time, across processes, with nothing left behind by the dead: a file that names the holder's pid and when that process began. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { isAlive, isZombie } from './orphan.ts'

export type Lock = { release(): void }

/** When a process began, in clock ticks since boot (proc(5), field 22), so that a new process with an old number is not taken for the old one. Empty elsewhere than on Linux. */
function beginningOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

function holderOf(text: string): number | undefined {
  const [pid, began] = text.trim().split(' ')
  const holder = Number(pid)
  return holder > 0 && isAlive(holder) && !isZombie(holder) && beginningOf(holder) === (began ?? '') ? holder : undefined
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/**
 * Takes the lock, or tells who has it.
 * @param file its folder must exist.
 */
export function takeLock(file: string): Lock | { heldBy: number } {
  const mine = `${file}.${process.pid}`
  const text = `${process.pid} ${beginningOf(process.pid)}\n`
  writeFileSync(mine, text, { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      try {
        // A link is made whole or not at all, and fails when the name is taken.
        linkSync(mine, file)
        return { release: () => (read(file) === text ? rmSync(file, { force: true }) : undefined) }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const found = read(file)
      const holder = holderOf(found)
      if (holder) return { heldBy: holder }
      discard(file, mine, found)
    }
    throw new Error(`The lock ${file} cannot be taken: others keep taking and losing it.`)
  } finally {
    rmSync(mine, { force: true })
  }
}

/** Puts a dead holder's file away; when somebody alive took the lock at that very moment, gives them theirs back. */
function discard(file: string, mine: string, dead: string): void {
  const aside = `${mine}.dead`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  if (read(aside) !== dead) {
    try {
      linkSync(aside, file)
    } catch {
      // A third one has taken it meanwhile; the second will find that out when it reads the file.
    }
  }
  rmSync(aside, { force: true })
}
