import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSpool } from '../server/platform/files/spool.ts'

const folder = mkdtempSync(join(tmpdir(), 'infotech-aside-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

/** Where a test puts bytes aside; gone with its process. */
export const aside = openSpool(folder)
