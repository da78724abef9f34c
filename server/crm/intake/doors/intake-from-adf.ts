import { createHmac } from 'node:crypto'
import type { LeadIntake } from '../../../../contract/crm/lead.ts'
import { normaliseEmail, normaliseName, normalisePhone } from '../../../vault/index.ts'
import type { AdfContact, AdfPhone, AdfProspect, AdfVehicle } from '../adf/types.ts'
import { cleanText } from './clean-text.ts'

const COMMENT_MAX = 4_000
const REF_MAX = 200
const MAX_OF_A_KIND = 5
const TYPED_MAX = 700

export type FromAdf = { intake: Pick<LeadIntake, 'interest' | 'contact'> & Partial<LeadIntake>; notices: string[] }

/**
 * A prospect in the words of LeadIntake. What cannot be read as a name, a phone or an e-mail is not lost: it goes into the comment, as written,
 * and a notice says so; so does every car that is wanted, and every own one after the first. `key` hashes references that are too long. ADF 1.0 knows
 * no consent, and none is made of what a sender adds of its own (docs/decisions/0018).
 */
export function intakeFromAdf(prospect: AdfProspect, key: Uint8Array): FromAdf {
  const notices = new Set<string>()
  const left: string[] = []
  const contact = contactOf(prospect.customer.contact, left, notices)
  const [own, ...otherOwn] = prospect.vehicles.filter(({ isOwn }) => isOwn)
  const allWanted = prospect.vehicles.filter(({ isOwn }) => !isOwn)
  const [wanted] = allWanted
  if (allWanted.length > 1) notices.add('several_wanted')
  if (otherOwn.length > 0) notices.add('several_own')
  const said = [prospect.customer.comments, ...prospect.vehicles.flatMap(({ comments, priceComments }) => [comments, priceComments]), prospect.customer.timeframe?.description]
  const comment = cleanText([...allWanted.map(lineOf), ...otherOwn.map(lineOf), ...said, ...left].filter(Boolean).join('\n'), COMMENT_MAX)
  const model = cleanText(wanted?.model ?? '', 100)
  return {
    notices: [...notices],
    intake: {
      externalRef: prospect.externalRef.length <= REF_MAX ? prospect.externalRef : createHmac('sha256', key).update(prospect.externalRef).digest('hex'),
      interest: interestOf(wanted, own),
      contact,
      ...(model ? { model } : {}),
      ...(comment ? { comment } : {}),
      ...(own ? { ownCar: carOf(own) } : {}),
      ...(prospect.requestedAt ? { requestedAt: prospect.requestedAt.toISOString() } : {}),
    },
  }
}

function interestOf(wanted: AdfVehicle | undefined, own: AdfVehicle | undefined): LeadIntake['interest'] {
  if (!wanted) return own ? 'trade_in' : 'callback'
  if (wanted.interest === 'test_drive') return 'test_drive'
  return wanted.condition === 'used' ? 'used_car' : 'new_car'
}

/** A car as whoever calls reads it: the very one that was looked at is found by its VIN or its number in the stock. */
const lineOf = ({ year, make, model, trim, vin, stock }: AdfVehicle): string =>
  [[make, model, trim, year].filter(Boolean).join(' '), vin && `VIN ${vin}`, stock && `№ ${stock}`].filter(Boolean).join(', ')

function carOf({ vin, make, model, year }: AdfVehicle): NonNullable<LeadIntake['ownCar']> {
  const made = Number(year)
  const name = cleanText([make, model].filter(Boolean).join(' '), 100)
  return { ...(vin ? { vin: cleanText(vin, 40) } : {}), ...(name ? { model: name } : {}), ...(Number.isInteger(made) && made >= 1900 && made <= 2100 ? { year: made } : {}) }
}

function contactOf({ name, phones, emails, address }: AdfContact, left: string[], notices: Set<string>): LeadIntake['contact'] {
  const keep = (text: string, notice: string): void => {
    left.push(text)
    notices.add(notice)
  }
  const part = (text: string | null): string | undefined => {
    if (!text) return undefined
    if (normaliseName(text) && text.length <= 100) return text
    keep(text, 'name_unreadable')
    return undefined
  }
  const readable = <T extends { typed: string }>(items: T[], reads: (typed: string) => unknown, notice: string): string[] => {
    for (const { typed } of items) if (!reads(typed)) keep(typed, notice)
    return items
      .map(({ typed }) => typed)
      .filter(reads)
      .slice(0, MAX_OF_A_KIND)
  }
  if (name.isGuess) notices.add('name_guessed')
  if (name.company) left.push(name.company)
  const [surname, given, patronymic] = [part(name.surname), part(name.given), part(name.patronymic)]
  const place = address ? [address.postalCode, address.country, address.region, address.city, address.street, address.apartment].filter(Boolean).join(', ') : ''
  return {
    ...(surname ? { surname } : {}),
    ...(given ? { given } : {}),
    ...(patronymic ? { patronymic } : {}),
    ...(name.full && name.full.length <= TYPED_MAX ? { typedName: name.full } : {}),
    ...(place ? { address: cleanText(place, 500) } : {}),
    phones: readable(callable(phones), (typed) => typed.length <= 40 && normalisePhone(typed), 'phone_unreadable'),
    emails: readable(preferredFirst(emails), (typed) => typed.length <= 254 && normaliseEmail(typed), 'email_unreadable'),
  }
}

const preferredFirst = <T extends { isPreferred: boolean }>(items: T[]): T[] => items.toSorted((a, b) => Number(b.isPreferred) - Number(a.isPreferred))

/** A fax is called only when there is nothing else. */
function callable(phones: AdfPhone[]): AdfPhone[] {
  const spoken = phones.filter(({ kind }) => kind === 'voice' || kind === 'cellphone')
  return preferredFirst(spoken.length > 0 ? spoken : phones)
}
