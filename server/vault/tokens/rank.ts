import type { Contact } from '../protocol.ts'
import { normaliseEmail } from '../normalise/index.ts'
import { fold } from '../normalise/text.ts'
import { indexed } from './contact-tokens.ts'
import { type NameReading, type Reading, readQuery } from './read-query.ts'
import { skeleton, withoutGender } from './skeleton.ts'

const NO = Number.POSITIVE_INFINITY

/**
 * Puts opened candidates in order, nearest first, and drops those whose tokens only happened to meet. Surnames by Damerau–Levenshtein distance and
 * skeleton; a given name or patronymic that was asked for must agree where the person has one (whole, beginning, initial or one slip).
 * For a VIN or plate a contact proves nothing, so nobody is dropped. Pure; the order of equals is kept.
 */
export function rank<T extends { personId: string; contact: Contact }>(query: string, candidates: readonly T[]): T[] {
  const readings = readQuery(query)
  return candidates
    .map((candidate) => ({ candidate, distance: Math.min(NO, ...readings.map((reading, at) => distanceOf(reading, candidate.contact) + at / 100)) }))
    .filter(({ distance }) => distance < NO)
    .sort((a, b) => a.distance - b.distance)
    .map(({ candidate }) => candidate)
}

function distanceOf(reading: Reading, contact: Contact): number {
  switch (reading.kind) {
    case 'phone':
      return contact.phones.some(({ e164 }) => e164.slice(-10) === reading.e164.slice(-10)) ? 0 : NO
    case 'phone_tail':
      return endsWith(contact, reading.digits) ? 0 : NO
    case 'email':
      return contact.emails.some(({ address }) => normaliseEmail(address) === reading.value) ? 0 : NO
    case 'vin':
    case 'body_number':
    case 'plate':
    case 'plate_body':
      return 5
    case 'name':
      return nameDistance(reading, contact)
  }
}

const endsWith = (contact: Contact, digits: string): boolean => contact.phones.some(({ e164 }) => e164.endsWith(digits))

function nameDistance({ surname, given, patronymic, tail }: NameReading, contact: Contact): number {
  if (tail !== undefined && !endsWith(contact, tail)) return NO
  return surnameDistance(surname, contact.surname) + otherDistance(given, contact.given) + otherDistance(patronymic, contact.patronymic)
}

function surnameDistance(asked: string, kept: string | undefined): number {
  const person = indexed(kept)
  if (!person) return NO
  const wanted = fold(asked)
  if (wanted === person.folded) return 0
  if (withoutGender(wanted) === withoutGender(person.folded)) return 0.5
  if (person.halves.includes(withoutGender(wanted))) return 1
  if (wanted.length > 2 && person.folded.startsWith(wanted)) return 1.5
  if (skeleton(asked) === person.bones) return 2
  if (wanted.length < 4) return NO
  const slips = Math.min(slipsBetween(wanted, person.folded), slipsBetween(withoutGender(wanted), withoutGender(person.folded)))
  if (slips <= 1) return 3
  return slipsBetween(skeleton(asked), person.bones) <= 1 ? 2 + slips : NO
}

/** A given name or patronymic: what was not asked for does not matter, what is not known counts a little. */
function otherDistance(asked: string | undefined, kept: string | undefined): number {
  const wanted = indexed(asked)
  if (!wanted) return 0
  const person = indexed(kept)
  if (!person) return 1
  if (wanted.folded === person.folded) return 0
  if (wanted.bones === person.bones) return 0.1
  if (person.folded.startsWith(wanted.folded)) return 0.2
  if (person.folded.length === 1 && wanted.folded.startsWith(person.folded)) return 0.3
  return wanted.folded.length > 3 && Math.min(slipsBetween(wanted.folded, person.folded), slipsBetween(wanted.bones, person.bones)) <= 1 ? 1 : NO
}

/** Damerau–Levenshtein distance (optimal string alignment: insert, delete, replace, swap of neighbours), in letters. Of names, so of short strings. */
export function slipsBetween(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : NO
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1), swapped))
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}
