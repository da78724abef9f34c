/**
 * npm run restore:check                           rehearses it in an installation of its own, made for this and thrown away: nothing of yours is touched
 * npm run restore:check -- postgres://…/scratch   checks a backup of yours, restored into that scratch database by its owner, against the living key store
 * Shows that an older backup of the main database does not bring a destroyed person back. Says each step; exit code 0 when nothing comes back, 1 when
 * something does, 2 when it could not be checked.
 */
import { parseDatabaseUrl } from '../server/platform/config/database-url.ts'
import { RestoreFailed, type Say } from './restore/say.ts'
import { checkBackup } from './restore/check-backup.ts'
import { rehearse } from './restore/rehearse.ts'

let steps = 0
const say: Say = (sentence) => console.log(`${String(++steps).padStart(2)}. ${sentence}`)
const [url] = process.argv.slice(2)

try {
  await (url === undefined ? rehearse(say) : checkBackup(parseDatabaseUrl(url), say))
  console.log('Nobody came back.')
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = error instanceof RestoreFailed ? 1 : 2
}
