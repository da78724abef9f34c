import { createHash, createHmac } from 'node:crypto'
import type { AdfContact, AdfId, AdfParty, AdfVehicle } from './types.ts'

const LENGTH_LIMIT = 400

/** What a reference is made of; `requestDate` as written, for a resent message repeats its letters. */
export type ReferenceParts = { ids: AdfId[]; provider: AdfParty | null; vendor: AdfParty | null; requestDate: string; contact: AdfContact; vehicles: AdfVehicle[] }

/**
 * The same for every delivery of one lead: provider, source and number when the sender gives a number; otherwise SHA-256 in hex (HMAC with a key) of vendor,
 * request date, contact and vehicles. A "number" that is a phone or an address, or too long, is hashed as well: references are stored in the clear.
 */
export function externalRefOf(parts: ReferenceParts, key: Uint8Array | undefined): string {
  const id = parts.ids[0]
  const provider = fold(parts.provider?.name ?? parts.provider?.ids[0]?.value ?? '')
  if (!id)
    return digest(['content', fold(parts.vendor?.name ?? parts.vendor?.ids[0]?.value ?? ''), parts.requestDate, contactKey(parts.contact), parts.vehicles.map(vehicleKey)], key)
  const named = [provider, fold(id.source ?? ''), id.value]
  const ref = `adf:${named.map(escapePart).join(':')}`
  return ref.length > LENGTH_LIMIT || isPersonal(id.value) ? digest(['id', ...named], key) : ref
}

function digest(value: unknown, key: Uint8Array | undefined): string {
  const text = JSON.stringify(value)
  return (key ? createHmac('sha256', key) : createHash('sha256')).update(text).digest('hex')
}

function isPersonal(value: string): boolean {
  return value.includes('@') || /^\+?(?:[78]?9\d{9})$/.test(value.replace(/[\s()-]/g, ''))
}

/** Keeps the parts apart whatever they hold. */
function escapePart(part: string): string {
  return part.replace(/[%:]/g, (char) => (char === '%' ? '%25' : '%3A'))
}

function fold(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ')
}

function contactKey({ name, emails, phones }: AdfContact): unknown {
  const names = [name.surname, name.given, name.patronymic, name.company].map((part) => fold(part ?? ''))
  return [names, emails.map(({ typed }) => fold(typed)), phones.map(({ typed }) => typed.replace(/\D/g, ''))]
}

function vehicleKey({ interest, year, make, model, vin, stock, trim }: AdfVehicle): unknown {
  return [interest, ...[year, make, model, vin, stock, trim].map((part) => fold(part ?? ''))]
}
