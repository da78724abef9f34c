import type { Contact, Facts } from '../protocol.ts'
import { lastFour, lastTen, normaliseBodyNumber, normaliseEmail, normalisePhone, normalisePlate, normaliseVin } from '../normalise/index.ts'
import { cleanText, fold } from '../normalise/text.ts'
import { type IndexKey, padded, token, type TokenKind, variantOf } from './index-key.ts'
import { deletions, skeleton, withoutGender } from './skeleton.ts'
import { MAX_PREFIX, MIN_PREFIX, variantCount } from './smoothing.ts'
import { latinToCyrillic } from './translit.ts'

/**
 * A name takes at most 22 tokens however long or double it is (1 exact, 2 halves, 4 prefixes, 12 of the skeleton, 3 compounds), a phone 4 and an
 * e-mail 1: 32 hold a whole person with two phones and two e-mails. Who has more shows no more than that.
 */
export const CONTACT_TOKENS = 32
/** VIN, body number, plate and plate without region: exactly what one car can have. */
export const VEHICLE_TOKENS = 4

const MAX_NAME = 200

/** One name in the form tokens are made from: Cyrillic, folded. Null when there is nothing to index. */
export function indexed(name: string | undefined): { folded: string; bones: string; halves: string[] } | null {
  const clean = name === undefined ? null : cleanText(name, MAX_NAME, 'NFC')
  const cyrillic = clean === null ? undefined : latinToCyrillic(clean)[0]
  if (cyrillic === undefined || fold(cyrillic) === '') return null
  const halves = cyrillic
    .split(/[\s-]+/)
    .map(fold)
    .filter((half) => half.length > 1)
  return { folded: fold(cyrillic), bones: skeleton(cyrillic), halves: halves.length > 1 ? halves.slice(0, 2).map(withoutGender) : [] }
}

/**
 * Search tokens of a contact: 32 (or the next multiple) int8 values, sorted, the same for the same input. Given names and patronymics are only in
 * compounds: four hundred values by themselves would be read off their frequencies. Prefixes of two letters are left out: some thirty of them hold
 * half of all people, so they leak most and find least. What does not normalise is not indexed.
 */
export function contactTokens(key: IndexKey, personId: string, contact: Contact): bigint[] {
  const variant = variantOf(key, personId)
  const tokens = new Set<bigint>()
  const put = (kind: TokenKind, value: string): void => void tokens.add(token(key, kind, value, variant % variantCount(kind, value)))
  const surname = indexed(contact.surname)
  if (surname) putSurname(put, surname, indexed(contact.given)?.bones)
  for (const { e164 } of contact.phones) putPhone(put, e164, surname?.bones.charAt(0))
  for (const { address } of contact.emails) {
    const canonical = normaliseEmail(address)
    if (canonical !== null) put('email', canonical)
  }
  return padded(key, personId, tokens, CONTACT_TOKENS)
}

type Put = (kind: TokenKind, value: string) => void

function putSurname(put: Put, { folded, bones, halves }: { folded: string; bones: string; halves: string[] }, given: string | undefined): void {
  const exact = withoutGender(folded)
  put('name', exact)
  for (const half of halves) put('name', half)
  for (let length = MIN_PREFIX; length <= Math.min(MAX_PREFIX, folded.length); length++) put('prefix', folded.slice(0, length))
  for (const value of deletions(bones)) put('deletion', value)
  if (!given) return
  put('name_initial', `${exact}|${given.charAt(0)}`)
  put('name_given', `${exact}|${given}`)
  put('skeleton_initial', `${bones}|${given.charAt(0)}`)
}

function putPhone(put: Put, typed: string, initial: string | undefined): void {
  const e164 = normalisePhone(typed)?.e164
  if (e164 === undefined) return
  put('phone', e164)
  put('phone_ten', lastTen(e164))
  put('phone_tail', lastFour(e164))
  if (initial) put('tail_initial', `${lastFour(e164)}|${initial}`)
}

/**
 * Search tokens of one vehicle record: 4 int8 values, sorted. `recordId` keeps the filling of one person's cars apart. Two records with the same
 * VIN or plate share those tokens: insert them with `on conflict do nothing`.
 */
export function vehicleTokens(key: IndexKey, personId: string, recordId: string, vehicle: Facts['vehicle']): bigint[] {
  const tokens = new Set<bigint>()
  const vin = vehicle.vin === undefined ? null : normaliseVin(vehicle.vin)
  const body = vehicle.bodyNumber === undefined ? null : normaliseBodyNumber(vehicle.bodyNumber)
  const plate = vehicle.plate === undefined ? null : normalisePlate(vehicle.plate)
  if (vin !== null) tokens.add(token(key, 'vin', vin))
  if (body !== null) tokens.add(token(key, 'body_number', body))
  if (plate !== null) {
    tokens.add(token(key, 'plate', plate.plate))
    tokens.add(token(key, 'plate_body', plate.body))
  }
  return padded(key, `${personId}\0${recordId}`, tokens, VEHICLE_TOKENS)
}

/** Exact tokens for «is this person already here»: what contactTokens and vehicleTokens make of a phone, an e-mail and a VIN. Null: not readable. */
export const exactToken = {
  phone: (key: IndexKey, typed: string): bigint | null => exact(key, 'phone', normalisePhone(typed)?.e164 ?? null),
  email: (key: IndexKey, typed: string): bigint | null => exact(key, 'email', normaliseEmail(typed)),
  vin: (key: IndexKey, typed: string): bigint | null => exact(key, 'vin', normaliseVin(typed)),
} as const

const exact = (key: IndexKey, kind: TokenKind, value: string | null): bigint | null => (value === null ? null : token(key, kind, value))
