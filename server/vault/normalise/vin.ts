import { isVin, vinCheckDigitFits } from '../../../contract/checks.ts'
import { cleanText } from './text.ts'

/**
 * - `vin`: canonical, null when it cannot be one;
 * - `suggestion`: a VIN it becomes when I, O and Q are read as 1, 0 and 0 (ISO 3779 has none of them): for a person to confirm, never taken by itself;
 * - `why`: what is wrong; `check_digit` is a warning beside a valid `vin`.
 */
export type VinReading = { vin: string | null; suggestion: string | null; why: 'length' | 'letters' | 'check_digit' | null }

const MAX_TYPED = 60
const cyrillic = 'АВЕКМНОРСТУХ'
const latin = 'ABEKMHOPCTYX'
const twins = new Map(Array.from(cyrillic, (letter, at) => [letter, latin.charAt(at)]))

/** Upper case, Cyrillic look-alikes as Latin, separators gone. Null beyond 60 characters. */
export function foldVinLetters(typed: string): string | null {
  const clean = cleanText(typed, MAX_TYPED, 'NFKC')
  if (!clean) return null
  return clean
    .toUpperCase()
    .replace(/[\s.\-–—*:/]+/g, '')
    .replace(/[АВЕКМНОРСТУХ]/g, (letter) => twins.get(letter) ?? letter)
}

/** Reads a VIN (ISO 3779, ГОСТ 33990-2016) as typed, with what to tell the person who typed it. */
export function readVin(typed: string): VinReading {
  const folded = foldVinLetters(typed)?.replace(/^VIN/, '')
  if (folded?.length !== 17) return { vin: null, suggestion: null, why: 'length' }
  if (isVin(folded)) return { vin: folded, suggestion: null, why: vinCheckDigitFits(folded) ? null : 'check_digit' }
  const suggestion = folded.replaceAll('I', '1').replace(/[OQ]/g, '0')
  return { vin: null, suggestion: isVin(suggestion) ? suggestion : null, why: 'letters' }
}

/** The canonical VIN or null; the check digit is not asked. */
export const normaliseVin = (typed: string): string | null => readVin(typed).vin

/** A body (chassis) number of a car without VIN, as on old Japanese cars: 5 to 20 capitals, digits and one dash. Null for anything else. */
export function normaliseBodyNumber(typed: string): string | null {
  const clean = cleanText(typed, MAX_TYPED, 'NFKC')
  if (!clean) return null
  const folded = clean
    .toUpperCase()
    .replace(/[–—−]/g, '-')
    .replace(/\s*-\s*/g, '-')
    .replace(/\s+/g, '')
    .replace(/[АВЕКМНОРСТУХ]/g, (letter) => twins.get(letter) ?? letter)
  return /^(?=.*[0-9]{3})(?=.{5,20}$)[A-Z0-9]+(?:-[A-Z0-9]+)?$/.test(folded) ? folded : null
}
