import type { LogHead } from '../../contract/audit/log.ts'
import { headHash, parseHead } from './note.ts'
import type { Head } from './note.ts'
import { consistencyProof, verifyConsistency } from './proof.ts'
import { spanReader } from './tree-store.ts'
import type { ReadRows } from './tree-store.ts'

/**
 * Whether each head fits what lies in the database: its note says what its columns say, it names the head before it, and the tree of today
 * continues the tree it signs (RFC 6962 §2.1.2). Signatures and published copies are for whoever is outside: `npm run log:verify`.
 * @param heads newest first, as `listHeads` gives them, without gaps; the last may have no head before it in the list
 * @param before the head before the last one; null when the last is the very first
 */
export async function checkHeads(read: ReadRows, tenantId: string, heads: readonly LogHead[], before: LogHead | null): Promise<boolean[]> {
  const checked: boolean[] = []
  for (const [place, head] of heads.entries()) {
    const older = heads[place + 1] ?? before
    const said = parseHead(head.note)
    checked.push(said !== null && saysItsColumns(said, tenantId, head) && names(said, older) && (await continues(read, tenantId, head, older)))
  }
  return checked
}

const saysItsColumns = (said: Head, tenantId: string, head: LogHead): boolean =>
  said.tenantId === tenantId && said.generation === head.generation && said.size === head.size && said.root.toString('base64') === head.root && said.at.toISOString() === head.at

/** The first head of a later tree names the last of the tree before, which `older` is as well. */
const names = (said: Head, older: LogHead | null): boolean => (older === null ? said.previous === null : said.previous !== null && said.previous.equals(headHash(older.note)))

async function continues(read: ReadRows, tenantId: string, head: LogHead, older: LogHead | null): Promise<boolean> {
  if (older?.generation !== head.generation || older.size < 1) return true
  try {
    const proof = await consistencyProof(spanReader(read, tenantId, head.generation), older.size, head.size)
    return verifyConsistency(older.size, head.size, proof, Buffer.from(older.root, 'base64'), Buffer.from(head.root, 'base64'))
  } catch {
    // Hashes of the tree are missing.
    return false
  }
}
