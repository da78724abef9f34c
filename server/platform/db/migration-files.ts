/** The migrations as files: forward only, each names in its first line the hash of the one before, so that history cannot be rewritten unnoticed. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export type MigrationFile = { name: string; text: string; hash: string }

const FIRST_LINE = /^-- previous: (none|pending|[0-9a-f]{64})\r?\n/

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** The migrations of a folder in order of name; empty when there is no folder. `hash` is SHA-256 of the text in hex. */
export function readMigrations(folder: string): MigrationFile[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
  return names.map((name) => {
    const text = readFileSync(path.join(folder, name), 'utf8')
    return { name, text, hash: sha256(text) }
  })
}

/**
 * Checks that every file names the one before.
 * @param pendingAllowed whether `-- previous: pending` passes: while a migration is being written, never in production.
 * @throws Error with a sentence naming the file.
 */
export function verifyChain(files: MigrationFile[], pendingAllowed: boolean): void {
  let previous = 'none'
  for (const { name, text, hash } of files) {
    const named = FIRST_LINE.exec(text)?.[1]
    if (!named) throw new Error(`Migration ${name} does not begin with "-- previous: <hash>". Run npm run db stamp.`)
    const passes = named === previous || (named === 'pending' && pendingAllowed)
    if (!passes) throw new Error(`Migration ${name} names ${named} as the one before, but that is ${previous}: a file was changed, removed or put in between.`)
    previous = hash
  }
}

/** Writes the right hash into the first line of every file; for migrations that are not released yet. Answers the names of the files it changed. */
export function stampMigrations(folder: string): string[] {
  const changed: string[] = []
  let previous = 'none'
  for (const { name, text } of readMigrations(folder)) {
    const body = text.replace(FIRST_LINE, '')
    const stamped = `-- previous: ${previous}\n${body}`
    if (stamped !== text) {
      writeFileSync(path.join(folder, name), stamped)
      changed.push(name)
    }
    previous = sha256(stamped)
  }
  return changed
}
