/** What a third of the people have said about advertising by e-mail: most said yes, some took it back, and their "no" is kept by the address as well. */
import { createHash } from 'node:crypto'
import type { Random } from '../server/demo/index.ts'
import type { Rows } from '../server/demo/rows.ts'
import type { BenchCompany } from './company.ts'

/** An address whose "no" is kept: as a keyed hash in the product's database, as a plain one in the floor's. */
export type Objection = { id: string; email: string; at: Date }
/** What stands in for the product's keyed hash of an address where nobody has a key. */
export const plainHash = (email: string): Buffer => createHash('sha256').update(email).digest()
export type ConsentRows = Required<Pick<Rows, 'grounds' | 'consentEvents'>>

const ASKED_EVERY = 3
const WITHDRAWN_SHARE = 0.15
const DAY_MS = 86_400_000
/** As the texts say. */
const VALID_MS = 1096 * DAY_MS

type Asked = { personId: string; email: string | undefined; i: number; at: Date }

export function addConsents(rows: ConsentRows, objections: Objection[], company: BenchCompany, random: Random, { personId, email, i, at }: Asked): void {
  if (i % ASKED_EVERY !== 0) return
  const { tenantId, texts, marketingActivityId } = company
  const validUntil = new Date(at.getTime() + VALID_MS)
  const said = { tenantId, personId, how: 'site', byId: null } as const
  const dataEventId = random.uuid(at)
  rows.consentEvents.push(
    { ...said, id: dataEventId, textId: texts.data, kind: 'advertising_data', state: 'given', at, validUntil },
    { ...said, id: random.uuid(at), textId: texts.email, kind: 'advertising_email', state: 'given', at, validUntil },
  )
  rows.grounds.push({
    tenantId,
    id: random.uuid(at),
    personId,
    activityId: marketingActivityId,
    basis: 'consent',
    evidence: { consentEventId: dataEventId },
    since: at,
    until: validUntil,
  })
  if (!random.chance(WITHDRAWN_SHARE)) return
  const later = new Date(at.getTime() + DAY_MS)
  rows.consentEvents.push({ ...said, id: random.uuid(later), textId: texts.email, kind: 'advertising_email', state: 'withdrawn', at: later, validUntil: null })
  if (email !== undefined) objections.push({ id: random.uuid(later), email, at: later })
}
