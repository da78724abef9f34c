import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { cleanText } from './text.ts'

/** `e164` with the plus (ITU-T E.164); `extension` digits as dialled after the answer; `country` ISO 3166-1, `ZZ` when the code belongs to none. */
export type Phone = { e164: string; extension?: string; country: string }

const MAX_TYPED = 100
const extensionAtEnd = /(?:доб(?:авочный)?|вн(?:утр(?:енний)?)?|ext(?:ension)?|x|х|#|,+|;ext=)[.:]? ?([0-9]{1,6})$/
const labelAtStart = /^(?:(?:тел(?:ефон)?|моб(?:ильный)?|сот(?:овый)?|раб(?:очий)?|tel|phone|mob(?:ile)?|whatsapp|viber|т|м)[.: ]*)+/

/**
 * Reads a phone as people type it: `8…`, `7…`, `+7…`, ten digits, `8 10 …` and `00…` abroad, any brackets and dashes, an extension at the end.
 * Numbers of the shared code +7 that begin with 6 or 7 are Kazakhstan's. Length is judged, allotment is not: number ranges change.
 * Null when it is no single whole number (local numbers without a code, two numbers in one field, more than 100 characters).
 */
export function normalisePhone(typed: string): Phone | null {
  const clean = cleanText(typed, MAX_TYPED, 'NFKC')?.toLowerCase().replace(labelAtStart, '')
  if (!clean) return null
  const extension = extensionAtEnd.exec(clean)?.[1]
  const body = extension === undefined ? clean : clean.replace(extensionAtEnd, '')
  const dialled = body.replace(/[\s().\-‐‑‒–—−/]+/g, '')
  if (!/^\+?[0-9]{5,17}$/.test(dialled)) return null
  const number = inRussia(dialled) ?? abroad(dialled)
  return number && (extension === undefined ? number : { ...number, extension })
}

function inRussia(dialled: string): Phone | null {
  // +8 9… is a common slip for 8 9…: no country has the code 89.
  const national = /^(?:\+7|7|8|\+8(?=9)|007)?([3-9][0-9]{9})$/.exec(dialled)?.[1]
  if (national === undefined) return null
  return { e164: `+7${national}`, country: /^[67]/.test(national) ? 'KZ' : 'RU' }
}

function abroad(dialled: string): Phone | null {
  const written = dialled.replace(/^(?:00|810)(?=[1-9])/, '+')
  // Without a plus only a long number that is really allotted is believed: seven digits are a local number, not Saint Helena's.
  const isExplicit = written.startsWith('+')
  if (!isExplicit && written.length < 11) return null
  const parsed = parsePhoneNumberFromString(isExplicit ? written : `+${written}`)
  if (!parsed || parsed.countryCallingCode === '7' || !(isExplicit ? parsed.isPossible() : parsed.isValid())) return null
  return { e164: parsed.number, country: parsed.country ?? 'ZZ' }
}

/** The last ten digits: what stays the same however the country code was written. */
export const lastTen = (e164: string): string => e164.replace(/[^0-9]/g, '').slice(-10)
/** The last four digits: what people remember and lists show. */
export const lastFour = (e164: string): string => e164.replace(/[^0-9]/g, '').slice(-4)
