import { normaliseBodyNumber, normaliseEmail, normalisePhone, normalisePlate, normalisePlateBody, normaliseVin, splitFullName } from '../normalise/index.ts'
import { cleanText } from '../normalise/text.ts'
import { hasLatin, keysAsEnglish, keysAsRussian, latinToCyrillic, looksLikeName } from './translit.ts'

/** A name as it may have been meant, in Cyrillic; `tail` are last digits of a phone said beside it. */
export type NameReading = { kind: 'name'; surname: string; given?: string; patronymic?: string; tail?: string }
/** One way to understand what was typed into the search box. */
export type Reading =
  | { kind: 'phone'; e164: string }
  | { kind: 'phone_tail'; digits: string }
  | { kind: 'email' | 'vin' | 'body_number' | 'plate' | 'plate_body'; value: string }
  | NameReading

export const MAX_QUERY = 200

/** Every plausible reading of a query, likeliest first; empty for an empty, endless or meaningless one. */
export function readQuery(query: string): Reading[] {
  const text = cleanText(query, MAX_QUERY, 'NFC')
  if (text === null) return []
  const readings = [...asPhone(text), ...asEmail(text), ...asVehicle(text), ...asNames(text)]
  const seen = new Set<string>()
  return readings.filter((reading) => !seen.has(JSON.stringify(reading)) && seen.add(JSON.stringify(reading)))
}

function asPhone(text: string): Reading[] {
  const phone = normalisePhone(text)
  if (phone) return [{ kind: 'phone', e164: phone.e164 }]
  const digits = text.replace(/[\s()+.-]/g, '')
  return /^[0-9]{4,10}$/.test(digits) ? [{ kind: 'phone_tail', digits }] : []
}

function asEmail(text: string): Reading[] {
  // The keyboard's @ is a quotation mark on the Russian layout.
  const address = normaliseEmail(text) ?? normaliseEmail(keysAsEnglish(text))
  return address === null ? [] : [{ kind: 'email', value: address }]
}

function asVehicle(text: string): Reading[] {
  if (!/[0-9]/.test(text) || text.includes('@')) return []
  const spellings = [...new Set([text, keysAsRussian(text), keysAsEnglish(text)])]
  const readings: Reading[] = []
  for (const spelling of spellings) {
    const vin = normaliseVin(spelling)
    const plate = normalisePlate(spelling)
    const plateBody = normalisePlateBody(spelling)
    const body = normaliseBodyNumber(spelling)
    if (vin !== null) readings.push({ kind: 'vin', value: vin })
    // An odd plate must have a letter: bare digits are a phone.
    if (plate && (plate.kind !== 'other' || (spelling === text && /\p{L}/u.test(text)))) readings.push({ kind: 'plate', value: plate.plate })
    if (plateBody !== null) readings.push({ kind: 'plate_body', value: plateBody })
    if (body !== null && /[A-Z]/.test(body)) readings.push({ kind: 'body_number', value: body })
  }
  return readings
}

function asNames(text: string): Reading[] {
  const [, name = text, tail] = /^(.*\p{L}.*?) ([0-9]{4})$/u.exec(text) ?? []
  if (/[0-9@]/.test(name)) return []
  const readings = spellingsOf(name).flatMap(ordersOf)
  return tail === undefined ? readings : readings.map((reading) => ({ ...reading, tail }))
}

/** The name as typed, transliterated and with the keyboard layout put right, each only where it looks like a name. */
function spellingsOf(name: string): string[] {
  const looks = (text: string): boolean => text.split(/[\s-]+/).every((word) => looksLikeName(word) || /^[а-яё]\.?$/i.test(word))
  if (hasLatin(name) || /[[\];',.`{}:"<>~]/.test(name)) {
    const repaired = keysAsRussian(name)
    const transliterated = hasLatin(name) && !/[[\];,`{}:"<>~]/.test(name) ? latinToCyrillic(name) : []
    const plain = hasLatin(name) ? [] : [name]
    // English without vowels is Russian on the wrong keyboard.
    const isRepairLikelier = looks(repaired) && !transliterated.some(looks)
    return [...plain, ...(isRepairLikelier ? [repaired, ...transliterated] : [...transliterated, ...(looks(repaired) ? [repaired] : [])])]
  }
  return looks(name) ? [name] : [name, ...latinToCyrillic(keysAsEnglish(name)).filter(looks)]
}

function ordersOf(name: string): NameReading[] {
  const words = name.split(' ').filter((word) => /\p{L}/u.test(word))
  const [first, second] = words
  if (first === undefined) return []
  if (second === undefined) return [{ kind: 'name', surname: first }]
  const split = splitFullName(name)
  const likely =
    split?.surname !== undefined && split.given !== undefined
      ? [{ kind: 'name' as const, surname: split.surname, given: split.given, ...(split.patronymic === undefined ? {} : { patronymic: split.patronymic }) }]
      : []
  if (words.length > 2)
    return [
      ...likely,
      { kind: 'name', surname: first, given: second, patronymic: words.slice(2).join(' ') },
      { kind: 'name', surname: words.slice(0, 2).join(' '), given: words.slice(2).join(' ') },
    ]
  // Two words may be a double surname typed with a space as well.
  return [...likely, { kind: 'name', surname: first, given: second }, { kind: 'name', surname: second, given: first }, { kind: 'name', surname: name }]
}
