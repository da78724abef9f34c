/**
 * Numbers of companies and cars that look right and belong to nobody we know of.
 * ИНН: order ФНС ЕД-7-14/559 annex; ОГРН: order Минфин 165н. Inspection code 00 in the fifth and sixth (ОГРН) or third and fourth (ИНН) place
 * is the regional head office, which registers no companies, so the invented numbers stand apart from real ones.
 */
const weights = [2, 4, 10, 3, 5, 9, 4, 6, 8] as const

/** @param region two digits @param serial 1–99999. Ten digits with the check digit at the end. */
export function innOf(region: string, serial: number): string {
  const nine = `${region}00${String(serial).padStart(5, '0')}`
  const sum = weights.reduce((total, weight, i) => total + weight * Number(nine[i]), 0)
  return `${nine}${(sum % 11) % 10}`
}

/** КПП has no check digit: inspection, reason 01 (place of the company), number. */
export const kppOf = (region: string): string => `${region}0001001`

/** @param year two digits. Thirteen digits: sign 1, year, region, head office, serial, check digit (first twelve mod 11, mod 10). */
export function ogrnOf(region: string, year: string, serial: number): string {
  const twelve = `1${year}${region}00${String(serial).padStart(5, '0')}`
  return `${twelve}${(Number(twelve) % 11) % 10}`
}

const vinWeights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2] as const
const vinLetters: Record<string, number> = {
  A: 1,
  B: 2,
  C: 3,
  D: 4,
  E: 5,
  F: 6,
  G: 7,
  H: 8,
  J: 1,
  K: 2,
  L: 3,
  M: 4,
  N: 5,
  P: 7,
  R: 9,
  S: 2,
  T: 3,
  U: 4,
  V: 5,
  W: 6,
  X: 7,
  Y: 8,
  Z: 9,
}
const yearLetters = 'ABCDEFGHJKLMNPRSTVWXY123456789'

/** The brand's own mark: X0 lies in the codes of Russia (ISO 3780) and X0V is, as far as we know, nobody's. */
export const WMI = 'X0V'

/**
 * A VIN of our invented factory (ISO 3779) with a fitting check digit in place nine.
 * @param line one letter of the factory line; with the serial (1–999999) it makes the number unique @param descriptor five characters of the model
 */
export function vinOf(descriptor: string, year: number, line: string, serial: number): string {
  const tail = `${yearLetters[(year - 2010) % 30] ?? 'A'}${line}${String(serial).padStart(6, '0')}`
  const bare = `${WMI}${descriptor}0${tail}`
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (vinWeights[i] ?? 0) * (vinLetters[bare[i] ?? ''] ?? Number(bare[i]))
  const check = sum % 11
  return `${WMI}${descriptor}${check === 10 ? 'X' : check}${tail}`
}
