import { openHead } from './note.ts'
import type { Head, PublicKey } from './note.ts'
import { consistencyProof, verifyConsistency } from './proof.ts'
import { headsAbove, spanReader } from './tree-store.ts'
import type { HeadRow, ReadRows } from './tree-store.ts'

/** Everything that shows that a newer head's log begins with the older one's, event for event: both signed notes, and hashes in base64 (RFC 6962 §2.1.2). */
export type ConsistencyBundle = { from: string; to: string; proof: string[] }

/** Null when one of these heads was never signed. */
export async function proveConsistency(
  read: ReadRows,
  tenantId: string,
  { generation, from, to }: { generation: number; from: number; to: number },
): Promise<ConsistencyBundle | null> {
  const headOf = async (size: number): Promise<HeadRow | undefined> => (await headsAbove(read, tenantId, generation, size - 1, 1)).find((head) => head.size === size)
  const [older, newer] = [await headOf(from), await headOf(to)]
  if (!older || !newer || from < 1 || from > to) return null
  const proof = await consistencyProof(spanReader(read, tenantId, generation), from, to)
  return { from: older.note, to: newer.note, proof: proof.map((hash) => hash.toString('base64')) }
}

/** Checks a bundle with nothing but the log's public key. Null when notes, signatures and proof do not belong together; else the newer head. */
export function checkConsistency({ from, to, proof }: ConsistencyBundle, publicKey: PublicKey): Head | null {
  const [older, newer] = [openHead(from, publicKey), openHead(to, publicKey)]
  if (!older || !newer || older.tenantId !== newer.tenantId || older.generation !== newer.generation) return null
  const hashes = proof.map((hash) => Buffer.from(hash, 'base64'))
  return verifyConsistency(older.size, newer.size, hashes, older.root, newer.root) ? newer : null
}
