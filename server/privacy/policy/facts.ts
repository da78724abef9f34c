import { createHash } from 'node:crypto'
import { consentKinds, type ConsentKind } from '../../../contract/consent/consent.ts'
import type { TenantKind } from '../../../contract/identity/tenant.ts'
import type { Purpose } from '../../../contract/purposes.ts'
import { trackers, type Tracker } from '../../../contract/site/trackers.ts'

export type Language = 'ru' | 'en'
export type Party = { name: string; address: string }
export type PolicyActivity = {
  code: string
  name: string
  purposes: readonly Purpose[]
  bases: readonly string[]
  classes: readonly string[]
  retentionDays: number
  retentionFrom: string
  legalRef: string
  destruction: string
}
export type PolicyText = { kind: ConsentKind; version: number; id: string; validDays: number }

/** Everything a policy tells of, and nothing else: what the registers, the site and the consent texts say at one moment. */
export type PolicyFacts = {
  operator: { kind: TenantKind; name: string; inn: string; kpp: string | null; ogrn: string; address: string }
  /** Of the function that answers for personal data, of no one by name (152-ФЗ art. 22.1). */
  contact: string | null
  /** The word of the company's site in addresses. */
  site: string | null
  activities: readonly PolicyActivity[]
  trackers: readonly Tracker[]
  /** The newest of each kind. */
  texts: readonly PolicyText[]
  /** Who processes on the operator's instruction (152-ФЗ art. 6 ч.3). */
  processors: readonly Party[]
}

/** What is read from tables, in whatever order and with whatever else was read; the trackers are the product's own list. */
export type Gathered = Omit<PolicyFacts, 'trackers'>

/** Facts in one order and without anything besides, so that the same registers always give the same text and the same hash. */
export function policyFacts({ operator, contact, site, activities, texts, processors }: Gathered): PolicyFacts {
  const { kind, name, inn, kpp, ogrn, address } = operator
  return {
    operator: { kind, name, inn, kpp, ogrn, address },
    contact,
    site,
    activities: activities.map(activityOf).toSorted((one, other) => (one.code < other.code ? -1 : 1)),
    // A company without a site sets nothing in anybody's browser.
    trackers: site === null ? [] : trackers,
    texts: newest(texts),
    processors: processors.map((party) => ({ name: party.name, address: party.address })),
  }
}

const activityOf = (line: PolicyActivity): PolicyActivity => ({
  code: line.code,
  name: line.name,
  purposes: [...line.purposes],
  bases: [...line.bases],
  classes: [...line.classes],
  retentionDays: line.retentionDays,
  retentionFrom: line.retentionFrom,
  legalRef: line.legalRef,
  destruction: line.destruction,
})

const newest = (texts: readonly PolicyText[]): PolicyText[] =>
  consentKinds.flatMap((kind) => {
    const last = texts.filter((text) => text.kind === kind).reduce<PolicyText | null>((held, text) => (held && held.version > text.version ? held : text), null)
    return last ? [{ kind, version: last.version, id: last.id, validDays: last.validDays }] : []
  })

/** SHA-256 of the facts as JSON; `policyFacts` has put them into one order. */
export const hashOfFacts = (facts: PolicyFacts): Buffer => createHash('sha256').update(JSON.stringify(facts), 'utf8').digest()
