import type { Bilingual, PersonalData } from '../../../contract/personal-data.ts'
import type { Purpose } from '../../../contract/purposes.ts'
import type { Disclosure, PersonSource } from '../../people/index.ts'
import type { Contact, Facts } from '../../vault/index.ts'

export type Language = 'ru' | 'en'
export type Value = string | number | boolean | Date | null
/** Rows of one table of a module as its declaration reads them. */
export type Told = { declared: PersonalData; rows: ({ id: string } & Record<string, Value>)[] }
export type StaffText = { recordId: string; at: Date; table: string; text: string }

/** All that is held about one person, opened for the answer to them: it lives for this one act. */
export type Held = {
  madeAt: Date
  since: Date
  destroyAfter: Date | null
  operator: { name: string; address: string; inn: string; ogrn: string }
  processor: { name: string; address: string } | null
  /** The position of who is responsible for the processing (art. 22.1). */
  officer: string | null
  policy: { version: number; since: Date } | null
  contact: Contact | null
  cars: (Facts['vehicle'] & { id: string })[]
  documents: Facts['document'][]
  /** Sealed words by the record they belong to. */
  texts: ReadonlyMap<string, string>
  grounds: {
    activity: string
    purposes: Purpose[]
    basis: string
    legalRef: string
    retentionDays: number
    retentionFrom: string
    since: Date
    until: Date | null
    endedAt: Date | null
  }[]
  sources: PersonSource[]
  disclosures: Disclosure[]
  looks: { at: Date; who: 'machine' | 'yourself' | 'integration' | { position: string }; what: Bilingual; purpose: Purpose | null }[]
  areLooksCut: boolean
  told: Told[]
}

/** The answer itself: what is sealed as JSON, and what the PDF is laid out from. */
export type Table = { title: string; columns: Record<string, string>; rows: Record<string, string>[] }
export type Item = { code: string; title: string; text: string[]; list?: string[]; facts?: [string, string][]; tables: Table[] }
export type Pack = {
  format: 'infotech-answer'
  version: 1
  language: Language
  madeAt: string
  request: { number: number; receivedOn: string }
  items: Item[]
}
