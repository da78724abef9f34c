/** Check digits of Russian and vehicle identifiers. Nothing is imported, so browser and server share the very same lines. */

const weighted = (digits: string, weights: readonly number[]): number => weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0)

const innWeights10 = [2, 4, 10, 3, 5, 9, 4, 6, 8]
const innWeights11 = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]
const innWeights12 = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]

const innDigitFits = (inn: string, weights: readonly number[]): boolean => (weighted(inn, weights) % 11) % 10 === Number(inn[weights.length])

/** ИНН: 10 digits of an organisation or 12 of a person (order ФНС ЕД-7-14/559@); digits only, both check digits verified. */
export function isInn(inn: string): boolean {
  if (/^[0-9]{10}$/.test(inn)) return innDigitFits(inn, innWeights10)
  return /^[0-9]{12}$/.test(inn) && innDigitFits(inn, innWeights11) && innDigitFits(inn, innWeights12)
}

/** КПП: nine characters, the fifth and sixth may be Latin capitals (order ФНС ММВ-7-6/435@); it has no check digit. */
export const isKpp = (kpp: string): boolean => /^[0-9]{4}[0-9A-Z]{2}[0-9]{3}$/.test(kpp)

/** ОГРН of 13 digits (mod 11) or ОГРНИП of 15 (mod 13), last digit verified (order Минфин 165н). */
export function isOgrn(ogrn: string): boolean {
  if (!/^(?:[0-9]{13}|[0-9]{15})$/.test(ogrn)) return false
  // Fifteen digits stay below 2^53, so plain numbers are exact.
  const rest = Number(ogrn.slice(0, -1)) % (ogrn.length - 2)
  return rest % 10 === Number(ogrn.at(-1))
}

const vinValues = new Map<string, number>()
for (const [letters, first] of [
  ['ABCDEFGH', 1],
  ['JKLMN', 1],
  ['P', 7],
  ['R', 9],
  ['STUVWXYZ', 2],
  ['0123456789', 0],
] as const) {
  Array.from(letters, (letter, at) => vinValues.set(letter, first + at))
}
const vinWeights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]

/** ISO 3779: 17 capitals and digits without I, O and Q. */
export const isVin = (vin: string): boolean => /^[A-HJ-NPR-Z0-9]{17}$/.test(vin)

/**
 * Whether position 9 fits the check digit of 49 CFR 565.15. Only a warning: the digit binds in North America and China,
 * while European, Japanese and Russian numbers often put something else there. False for what is no VIN at all.
 */
export function vinCheckDigitFits(vin: string): boolean {
  if (!isVin(vin)) return false
  const rest = vinWeights.reduce((sum, weight, at) => sum + weight * (vinValues.get(vin.charAt(at)) ?? 0), 0) % 11
  return vin.charAt(8) === (rest === 10 ? 'X' : String(rest))
}
