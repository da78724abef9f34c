/** PostgreSQL refuses to run as root, so root hands it to a user that may do nothing else. No user is made. */
import { accessSync, chownSync, constants, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

export type Identity = { uid: number; gid: number }

/**
 * Whom the database runs as: nobody special (undefined) for an ordinary user; for root the user APP_DB_USER, `postgres` or `nobody`, whichever is first in /etc/passwd.
 * @throws Error with a sentence when root finds none of them.
 */
export function unprivilegedIdentity(): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of [process.env.APP_DB_USER, 'postgres', 'nobody']) {
    const line = name ? lines.find((each) => each.startsWith(`${name}:`)) : undefined
    const [, , uid, gid] = line?.split(':') ?? []
    if (uid && gid && uid !== '0') return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error('Running as root, and there is no user to hand PostgreSQL to (postgres, nobody). Set APP_DB_USER to an ordinary user of this machine.')
}

/** Makes a folder of mode 0700 that belongs to the identity. */
export function ownFolder(folder: string, who: Identity | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (who) chownSync(folder, who.uid, who.gid)
}

/** Whether the identity may walk to this path (which may not exist yet): a folder of mode 0700 on the way, as /root is, hides everything below it. */
export function mayReach(target: string, who: Identity | undefined): boolean {
  const absolute = path.resolve(target)
  for (let folder = path.dirname(absolute); ; folder = path.dirname(folder)) {
    if (existsSync(folder) && !maySearch(folder, who)) return false
    if (folder === path.dirname(folder)) return true
  }
}

function maySearch(folder: string, who: Identity | undefined): boolean {
  if (!who) {
    try {
      accessSync(folder, constants.X_OK)
      return true
    } catch {
      return false
    }
  }
  const { mode, uid, gid } = statSync(folder)
  if (uid === who.uid) return (mode & 0o100) !== 0
  if (gid === who.gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}
