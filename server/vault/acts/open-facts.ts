import type { KeyObject } from 'node:crypto'
import type { VaultContext } from '../context.ts'
import { openJson } from '../crypto/envelope.ts'
import type { Row } from '../db.ts'
import type { FactClass, Facts } from '../protocol.ts'

/** What a statement reads of `facts f` for a row to be opened. */
export const factColumns = 'f.person_id, f.class, f.record_id, f.version, f.key_id, f.payload'
type FactRow = { person_id: string; class: FactClass; record_id: string; version: number; key_id: string; payload: Buffer }

/** The facts of a row, sealed to the place where it stands; undefined when its key is gone: the person is destroyed, and the row is about to follow. @throws DoesNotOpen */
export function openFact(tenantId: string, row: Row, keys: ReadonlyMap<string, KeyObject>): Facts[FactClass] | undefined {
  const { person_id: personId, class: factClass, record_id: recordId, version, key_id: keyId, payload } = row as FactRow
  const key = keys.get(keyId)
  return key && (openJson(key, { tenantId, personId, class: factClass, recordId, version, keyId }, payload) as Facts[FactClass])
}

/** The contacts of these rows by person, each opened once, for what is computed of them here. Whose key is gone is left out. */
export async function openContacts({ dataKeys }: Pick<VaultContext, 'dataKeys'>, tenantId: string, rows: readonly Row[]): Promise<Map<string, Facts['contact']>> {
  const keys = await dataKeys.load(
    tenantId,
    rows.map((row) => row.key_id as string),
  )
  const contacts = new Map<string, Facts['contact']>()
  for (const row of rows) {
    const personId = row.person_id as string
    const contact = contacts.has(personId) ? undefined : openFact(tenantId, row, keys)
    if (contact) contacts.set(personId, contact as Facts['contact'])
  }
  return contacts
}
