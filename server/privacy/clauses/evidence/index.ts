import type { ClauseEvidence } from '../../../../contract/privacy/clause.ts'
import { consentEvidence } from './consents.ts'
import { readEvidence, type Evidence, type EvidenceReader } from './evidence.ts'
import { logEvidence } from './log.ts'
import { peopleEvidence } from './people.ts'
import { registerEvidence } from './register.ts'
import { requestEvidence } from './requests.ts'

export { isGood } from './evidence.ts'
const all = { ...peopleEvidence, ...registerEvidence, ...logEvidence, ...consentEvidence, ...requestEvidence }
export type EvidenceCode = keyof typeof all
export const evidenceCodes = Object.keys(all) as EvidenceCode[]
export const evidenceOf = (code: EvidenceCode): Evidence => all[code]
/** What the database says of this at this moment. */
export const evidenceNow = (reader: EvidenceReader, code: EvidenceCode): Promise<ClauseEvidence> => readEvidence(reader, code, all[code])
