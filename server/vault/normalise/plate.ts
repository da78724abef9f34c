import { cleanText } from './text.ts'

/** Kinds of ГОСТ Р 50577-2018 by the shape of the plate; `other` is kept as typed and deserves a warning. */
export type PlateKind = 'car' | 'public_transport' | 'trailer' | 'motorcycle' | 'transit' | 'police' | 'diplomatic' | 'other'
/** `plate` canonical in Cyrillic without spaces; `body` the plate without its region; `region` two or three digits, empty for `other`. */
export type Plate = { plate: string; kind: PlateKind; body: string; region: string }

const MAX_TYPED = 40
const latin = 'ABEKMHOPCTYX'
const cyrillic = 'АВЕКМНОРСТУХ'
const twins = new Map(Array.from(latin, (letter, at) => [letter, cyrillic.charAt(at)]))
const L = '[АВЕКМНОРСТУХ]'
/** Three-digit regions begin with 1, 2, 7 or 9; no region is 00. */
const R = '([1279][0-9]{2}|(?!00)[0-9]{2})'
const digits = (count: number): string => `(?!0{${count}})[0-9]{${count}}`

// The order decides where two shapes meet (LL999 177 and LL9991 77): passenger transport is the commoner.
const shapes: readonly (readonly [PlateKind, RegExp])[] = [
  ['car', new RegExp(`^(${L}${digits(3)}${L}{2})${R}$`)],
  ['transit', new RegExp(`^(${L}{2}${digits(3)}${L})${R}$`)],
  ['public_transport', new RegExp(`^(${L}{2}${digits(3)})${R}$`)],
  ['trailer', new RegExp(`^(${L}{2}${digits(4)})${R}$`)],
  ['motorcycle', new RegExp(`^(${digits(4)}${L}{2})${R}$`)],
  ['police', new RegExp(`^(${L}${digits(4)}|${digits(3)}${L}|${digits(4)}${L})([0-9]{2})$`)],
  ['diplomatic', new RegExp(`^([0-9]{3}(?:CD[0-9]|D[0-9]{3}|Т[0-9]{3}))${R}$`)],
]

/** Cyrillic capitals, look-alikes of Latin folded, no separators, `RUS` taken off. Null beyond 40 characters. */
export function foldPlateLetters(typed: string): string | null {
  const clean = cleanText(typed, MAX_TYPED, 'NFKC')
  if (!clean) return null
  const bare = clean
    .toUpperCase()
    .replace(/[\s.\-–—_/|]+/g, '')
    .replace(/(?:RUS)+$/, '')
  // CD and D of diplomats are Latin on the plate itself.
  if (/^[0-9]{3}(?:CD[0-9]|D[0-9]{3})[0-9]{2,3}$/.test(bare)) return bare
  return bare.replace(/[ABEKMHOPCTYX]/g, (letter) => twins.get(letter) ?? letter)
}

/**
 * Reads a registration plate: Latin twins to Cyrillic, region split off. On a car's plate a letter О among digits (and a zero among letters)
 * is read by its place. Null when there is nothing plate-like (fewer than 4 or more than 12 letters and digits, or no digit).
 */
export function normalisePlate(typed: string): Plate | null {
  const folded = foldPlateLetters(typed)
  if (folded === null) return null
  return byShape(folded) ?? byShape(zeroesByPlace(folded)) ?? asOther(folded)
}

function byShape(plate: string): Plate | null {
  for (const [kind, shape] of shapes) {
    const [, body, region] = shape.exec(plate) ?? []
    if (body !== undefined && region !== undefined) return { plate, kind, body, region }
  }
  return null
}

function zeroesByPlace(plate: string): string {
  if (plate.length < 8 || plate.length > 9) return plate
  const isLetterPlace = (at: number): boolean => at === 0 || at === 4 || at === 5
  return Array.from(plate, (sign, at) => (isLetterPlace(at) ? sign.replace('0', 'О') : sign.replace('О', '0'))).join('')
}

const asOther = (plate: string): Plate | null => (/^(?=.*[0-9])[\p{Lu}0-9]{4,12}$/u.test(plate) ? { plate, kind: 'other', body: plate, region: '' } : null)

/** A plate said without its region (`А123ВС`), canonical; null when it is not one. */
export function normalisePlateBody(typed: string): string | null {
  const folded = foldPlateLetters(typed)
  return folded !== null && new RegExp(`^${L}${digits(3)}${L}{2}$`).test(folded) ? folded : null
}
