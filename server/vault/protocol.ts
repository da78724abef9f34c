/**
 * What the vault can be asked, over a unix socket: frames of 4 bytes length (big endian) and JSON.
 * Bytes travel as base64. The caller proves which process it is once per connection; every request then names for whom it asks.
 */
import { factClassNames } from '../../contract/people/person.ts'
import type { Purpose } from '../../contract/purposes.ts'

/** For whom: raw tokens, so that whoever reads the database alone cannot ask. The vault hashes and looks them up itself. */
export type Asker =
  | { kind: 'session'; token: string }
  | { kind: 'key'; token: string }
  /** Only on connections of the worker process. `task` is a task of contract/jobs.ts. */
  | { kind: 'job'; task: string; jobId: string }
  /** A visitor of the tenant's open site: may take in and seal, never open. `evenClosed`: at the door by which one says no to what was sent before. */
  | { kind: 'site'; evenClosed?: true }
  /** The person themself: a session of the portal, which names who they are. */
  | { kind: 'subject'; token: string }

export const factClasses = factClassNames
export type FactClass = (typeof factClasses)[number]

export type Contact = {
  surname?: string | undefined
  given?: string | undefined
  patronymic?: string | undefined
  /** The whole name as it was typed, where that differs. */
  typedName?: string | undefined
  /** `e164` is canonical, `typed` what was said. */
  phones: { e164: string; typed: string }[]
  emails: { address: string; typed: string }[]
  birthDate?: string | undefined
  sex?: 'm' | 'f' | undefined
  address?: string | undefined
}
export type Facts = {
  contact: Contact
  document: { licenceCheckedOn?: string; licenceValidTo?: string; licenceTail?: string }
  /** `typedVin`, `typedPlate`: as they were typed, where that differs. */
  vehicle: { vin?: string | undefined; plate?: string | undefined; bodyNumber?: string | undefined; typedVin?: string | undefined; typedPlate?: string | undefined }
  communication: { text: string }
}
/** A contact as lists show it: surname and initials, last four digits. */
export type MaskedContact = { name: string; phone: string | null; email: string | null }
/** A car as cards show it: last four of the VIN, the plate without its middle digits. */
export type MaskedCar = { recordId: string; vinTail: string | null; plateMasked: string | null }

export type SealItem = { [C in FactClass]: { personId: string; class: C; recordId: string; version: number; facts: Facts[C] } }[FactClass]
/** `tokens` (decimal int8) are padded to a constant count per class; empty for classes that are not searched. `tokenKind` 1 contact, 2 vehicle. */
export type Sealed = { personId: string; class: FactClass; recordId: string; version: number; keyId: string; payload: Buffer; tokenKind: 1 | 2; tokens: string[] }

export type RevealRequest = {
  purpose: Purpose
  personIds: string[]
  classes: FactClass[]
  /** Only these of class communication; all when left out. */
  recordIds?: string[]
  /** Masked contacts for lists: logged as person.listed, counted against a limit of their own (quota.ts). */
  masked: boolean
  /** Of staff, for employment: no address leaves, whoever asks; logged as staff.named. */
  namesOnly?: true
  /** The endpoint: goes into the event as its door. */
  door: string
}
export type RevealedFact = { [C in FactClass]: { class: C; recordId: string; version: number; facts: Facts[C] } }[FactClass]
export type RevealedPerson =
  /** `cars` of masked requests that ask for class vehicle; else empty. */
  { personId: string; state: 'open'; masked: MaskedContact; cars: MaskedCar[]; facts: RevealedFact[] } | { personId: string; state: 'restricted' | 'no_ground' | 'not_found' }

export type SearchRequest = { purpose: Purpose; query: string; limit: number; door: string }
export type SearchHit = { personId: string; masked: MaskedContact; because: 'phone' | 'phone_tail' | 'email' | 'vin' | 'plate' | 'name' | 'name_prefix' | 'name_typo' }

/** Per item the people who have that phone, e-mail or VIN. Ids only: nothing is opened, restricted people are found too. */
export type MatchRequest = { items: { phones: string[]; emails: string[]; vins: string[] }[]; door: string }

/** Of one person's e-mails: everyone who has one of them, the person among them. Ids only. */
export type HoldersRequest = { personId: string; door: string }
/** Of one person, or of addresses as typed; what cannot be read is left out. */
export type AddressTokensRequest = { personId?: string; emails?: string[]; phones?: string[]; door: string }
export type AddressTokensOfRequest = { personIds: string[]; door: string }
/** Of one person, under the key of a network: the company itself when it is a distributor, or a distributor it trades for. */
export type NetworkTokensRequest = { personId: string; networkTenantId: string; door: string }
/** Canonical addresses of everyone whose requests are about to be taken in. */
export type TurnKeysRequest = { phones: string[]; emails: string[] }
/** base64 of 32 bytes each. */
export type AddressTokens = { emails: string[]; phones: string[] }

/** The vault as everyone else sees it. Every method throws VaultRefusal (code of contract/errors.ts) or VaultUnavailable. */
export interface Vault {
  seal(asker: Asker, tenantId: string, items: SealItem[]): Promise<Sealed[]>
  reveal(asker: Asker, tenantId: string, request: RevealRequest): Promise<RevealedPerson[]>
  search(asker: Asker, tenantId: string, request: SearchRequest): Promise<SearchHit[]>
  match(asker: Asker, tenantId: string, request: MatchRequest): Promise<string[][]>
  /** Whose mailboxes these are besides the person's: a letter to them is read by all of those. */
  holders(asker: Asker, tenantId: string, request: HoldersRequest): Promise<string[]>
  /** Keyed numbers (int8, decimal, sorted) to lock on, so that two first requests of one client do not both find nobody. Tells nothing of who is known. */
  turnKeys(tenantId: string, request: TurnKeysRequest): Promise<string[]>
  /** Keyed hashes that objections are kept by; they outlive the person. */
  addressTokens(asker: Asker, tenantId: string, request: AddressTokensRequest): Promise<AddressTokens>
  /** The same of many people at once; whoever the asker may not see is left out. */
  addressTokensOf(asker: Asker, tenantId: string, request: AddressTokensOfRequest): Promise<(AddressTokens & { personId: string })[]>
  /** Keyed hashes (base64 of 32 bytes) by which a network recognises one human at two dealers. Only for jobs. */
  networkTokens(asker: Asker, tenantId: string, request: NetworkTokensRequest): Promise<string[]>
  /** Bytes that belong to no person yet (an original message). The record's key is its own. */
  sealRecord(asker: Asker, tenantId: string, recordId: string, bytes: Buffer): Promise<{ keyId: string; payload: Buffer }>
  /** Opens a row of intake_messages; logged as message.opened before the answer. */
  openRecord(asker: Asker, tenantId: string, request: { purpose: Purpose; recordId: string; door: string }): Promise<Buffer>
  /** A fresh key for a file, derived from a data key of the tenant: the caller streams the file itself and keeps `keyId` in `files`. */
  fileKey(asker: Asker, tenantId: string, fileId: string): Promise<{ keyId: string; key: Buffer }>
  openFileKey(asker: Asker, tenantId: string, request: { purpose: Purpose; fileId: string; door: string }): Promise<Buffer>
  /**
   * Destroys the keys of these people, messages or files for ever (appends to the key store's shred list). Call before the rows are deleted,
   * as the last thing that may be refused: keys do not come back with a rollback. Search tokens die with their rows.
   */
  destroy(asker: Asker, tenantId: string, subjectIds: string[], reason: string): Promise<{ keys: number }>
  /** Keyed hash of a sign-in e-mail (trimmed, lower case). Global, not of a tenant. */
  loginToken(email: string): Promise<Buffer>
  /** Secrets of accounts (TOTP) and of settings: sealed under a platform key, bound to `context`. */
  protect(context: string, bytes: Buffer): Promise<Buffer>
  unprotect(context: string, sealed: Buffer): Promise<Buffer>
}
